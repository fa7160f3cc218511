"""Wording of coming to terms: what the claimant reads of each event, and what only staff do."""

from collections.abc import Mapping

AGREEMENT_TEXTS: Mapping[str, Mapping[str, str]] = {
    "ClaimMade": {"en": "You told us what you ask for.", "zh-CN": "已收到您的索赔要求。"},
    "EntitlementDeclared": {
        "en": "You told us by what right you claim.",
        "zh-CN": "已收到您的索赔权说明。",
    },
    "DeadlinesSet": {
        "en": "The law's days for this case are known.",
        "zh-CN": "已确定本案的法定时限。",
    },
    "DeadlineWarned": {
        "en": "A day of the law comes near: see the deadlines.",
        "zh-CN": "法定时限临近，请查看各项期限。",
    },
    "OfferReminded": {"en": "Our offer lapses soon.", "zh-CN": "赔偿方案即将到期。"},
    "PayeeAwaited": {
        "en": "We asked again how to pay you.",
        "zh-CN": "已再次请您确认收款方式。",
    },
    "CounterAnswered": {
        "en": "We answered what you proposed instead.",
        "zh-CN": "已答复您提出的方案。",
    },
    "SettlementWritten": {
        "en": "What we agreed is written down.",
        "zh-CN": "和解条款已书面形成。",
    },
    "ReceiptAcknowledged": {"en": "You told us that it came.", "zh-CN": "您已确认收到。"},
    "ExtraTurnedToMoney": {
        "en": "Something promised could not be done; as you agreed, we pay its worth in money.",
        "zh-CN": "约定的部分事项无法履行，经您同意，改为支付等值款项。",
    },
    "ExtraDone": {
        "en": "What was promised beside the payment is done.",
        "zh-CN": "赔付之外承诺的事项已办结。",
    },
    "AppealMade": {
        "en": "You asked for a second look; somebody else takes it.",
        "zh-CN": "您已申请复核，将由其他人员办理。",
    },
    "ReviewOpened": {
        "en": "A person looks at the case once more.",
        "zh-CN": "案件将由专人再次审查。",
    },
    "AppealDecided": {"en": "The second look is done.", "zh-CN": "复核已完成。"},
    "LegalRouteOpened": {
        "en": "We do not agree: regulator, arbitration and court are open to you.",
        "zh-CN": "双方未能达成一致，您可向监管部门申诉、申请仲裁或提起诉讼。",
    },
}
AGREEMENT_STAFF_TEXTS: Mapping[str, Mapping[str, str]] = {
    "PolicyNoted": {"en": "An insurance is on file.", "zh-CN": "已登记保险。"},
    "OfferProposed": {"en": "An offer was proposed.", "zh-CN": "已拟定赔偿方案。"},
    "OfferApproved": {"en": "A second person approved the offer.", "zh-CN": "赔偿方案已获复核。"},
    "OfferNotApproved": {
        "en": "A second person did not approve the offer.",
        "zh-CN": "赔偿方案未获复核通过。",
    },
}
