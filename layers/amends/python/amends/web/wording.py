"""Wording: each event that concerns the claimant, as a sentence for them."""

from collections.abc import Mapping

from amends.web.agreement_wording import AGREEMENT_TEXTS

EVENT_TEXTS: Mapping[str, Mapping[str, str]] = {
    **AGREEMENT_TEXTS,
    "CaseOpened": {"en": "The case was opened.", "zh-CN": "案件已受理。"},
    "InformationRequested": {"en": "We asked you for information.", "zh-CN": "请您补充资料。"},
    "InformationGiven": {"en": "You answered our questions.", "zh-CN": "已收到您的补充资料。"},
    "ReportCorrected": {"en": "The report was corrected.", "zh-CN": "报告内容已更正。"},
    "EvidenceExpected": {"en": "An upload was prepared.", "zh-CN": "已准备接收文件。"},
    "EvidenceReceived": {"en": "A document arrived.", "zh-CN": "文件已收到。"},
    "EvidenceCarried": {
        "en": "A document that was kept of the shipment belongs to the case now.",
        "zh-CN": "寄递时留存的材料已并入本案。",
    },
    "EvidenceRefused": {
        "en": "A document could not be accepted; please send it again.",
        "zh-CN": "文件无法接受，请重新提交。",
    },
    "DocumentVerified": {
        "en": "We looked at a document that you sent; see the checklist.",
        "zh-CN": "已审核您提交的一份材料，详见材料清单。",
    },
    "CaseWithdrawn": {"en": "You withdrew the report.", "zh-CN": "您已撤回报告。"},
    "TrackingRead": {"en": "The tracking channels were asked.", "zh-CN": "已查询物流轨迹。"},
    "AnomalySeen": {"en": "Something unusual was noticed.", "zh-CN": "发现物流异常。"},
    "Concluded": {"en": "We concluded what became of the parcel.", "zh-CN": "已认定包裹状况。"},
    "LiabilityFound": {"en": "Liability was determined.", "zh-CN": "已认定责任。"},
    "Assessed": {"en": "The compensation was worked out.", "zh-CN": "已核算赔偿金额。"},
    "OfferMade": {"en": "We made you an offer.", "zh-CN": "已向您提出赔偿方案。"},
    "OfferAccepted": {"en": "You accepted the offer.", "zh-CN": "您已接受方案。"},
    "OfferRefused": {"en": "You refused the offer.", "zh-CN": "您未接受方案。"},
    "OfferExpired": {"en": "The offer lapsed unanswered.", "zh-CN": "方案已过期。"},
    "PayoutRequested": {"en": "The payment was ordered.", "zh-CN": "已发起付款。"},
    "PayoutApproved": {"en": "The payment was approved.", "zh-CN": "付款已批准。"},
    "PayoutHeld": {"en": "The payment waits for a check.", "zh-CN": "付款正在复核。"},
    "PayoutCancelled": {
        "en": "The payment was called back; please choose another way.",
        "zh-CN": "付款已撤回，请选择其他收款方式。",
    },
    "PayoutCallbackAsked": {
        "en": "You asked us to call the payment back.",
        "zh-CN": "您已要求撤回这笔付款。",
    },
    "CouponRedeemed": {"en": "The coupon was used.", "zh-CN": "优惠券已使用。"},
    "CouponLapsed": {"en": "The coupon expired unused.", "zh-CN": "优惠券已过期。"},
    "PayoutAwaitingPayee": {"en": "Please confirm the payment.", "zh-CN": "请您确认收款。"},
    "PayoutConfirmed": {"en": "The payment arrived.", "zh-CN": "款项已到账。"},
    "PayoutRejected": {
        "en": "The payment was rejected; please choose another way.",
        "zh-CN": "付款被拒绝，请选择其他收款方式。",
    },
    "PayoutReturned": {
        "en": "The payment came back; please choose another way.",
        "zh-CN": "款项被退回，请选择其他收款方式。",
    },
    "SurveyPlanned": {"en": "The case is settled.", "zh-CN": "案件已结清。"},
    "SurveySent": {"en": "We asked how it was.", "zh-CN": "已向您发送满意度回访。"},
    "FeedbackAdded": {
        "en": "You told us more about how it was.",
        "zh-CN": "已收到您的补充评价。",
    },
    "FeedbackGiven": {"en": "You told us how it was.", "zh-CN": "已收到您的评价。"},
    "MessagePosted": {"en": "A message was written.", "zh-CN": "有新的留言。"},
    "SummarySent": {
        "en": "We told you what we understood.",
        "zh-CN": "已将我们的理解发给您确认。",
    },
    "SummaryAnswered": {"en": "You answered our summary.", "zh-CN": "您已答复我们的小结。"},
    "SummaryLapsed": {"en": "The summary stands.", "zh-CN": "小结视为无异议。"},
    "Apologised": {"en": "We apologised.", "zh-CN": "我们已致歉。"},
    "ProgressTold": {"en": "We told you where your case stands.", "zh-CN": "已告知案件进展。"},
    "SurveyReminded": {"en": "We reminded you of our question.", "zh-CN": "已提醒您评价。"},
    "CallPlanned": {"en": "We will call you.", "zh-CN": "我们将致电回访。"},
    "CallMade": {"en": "We called you.", "zh-CN": "我们已致电。"},
    "CaseReopened": {"en": "The case was reopened.", "zh-CN": "案件已重新开启。"},
    "CaseClosed": {"en": "The case was closed.", "zh-CN": "案件已关闭。"},
    "ReportJoined": {
        "en": "Somebody else reported the same parcel: it is one case.",
        "zh-CN": "另有人报告了同一包裹，已并案处理。",
    },
    "KindChanged": {
        "en": "What we found makes it another kind of case.",
        "zh-CN": "根据调查结果，案件类型已变更。",
    },
    "InformationReminded": {
        "en": "We reminded you of what we need to know.",
        "zh-CN": "已提醒您补充资料。",
    },
    "FirstReplied": {"en": "A colleague answered you.", "zh-CN": "工作人员已回复您。"},
    "LevelOpened": {
        "en": "Whoever held the parcel is being asked.",
        "zh-CN": "正在向经手环节逐一查询。",
    },
    "InquirySent": {"en": "The carrier was asked to search.", "zh-CN": "已向承运方发出查询。"},
    "InquiryReplied": {"en": "The carrier answered.", "zh-CN": "承运方已答复。"},
    "InquiryExpired": {
        "en": "The carrier let its time to answer pass.",
        "zh-CN": "承运方逾期未答复。",
    },
    "KeepGoodsOrdered": {
        "en": "Please keep the goods and the packing as they are.",
        "zh-CN": "请保留物品及包装原状。",
    },
    "InspectionBooked": {"en": "An inspection was arranged.", "zh-CN": "已安排检查。"},
    "Inspected": {"en": "The goods were inspected.", "zh-CN": "物品已检查。"},
    "PartLossFound": {
        "en": "We established what is missing.",
        "zh-CN": "已核实短少的物品。",
    },
    "RepairQuoted": {"en": "The cost of a repair is known.", "zh-CN": "已取得维修报价。"},
    "SalvageValued": {
        "en": "What is left of the goods was valued.",
        "zh-CN": "已评估物品残值。",
    },
    "Quarantined": {
        "en": "The parcel was stopped: its contents may not be carried.",
        "zh-CN": "包裹因内件违禁已被扣留。",
    },
    "Disposed": {
        "en": "What may not be carried was dealt with as the law demands.",
        "zh-CN": "违禁物品已依法处理。",
    },
    "StopRequested": {
        "en": "Whoever moves the parcel was told to stop.",
        "zh-CN": "已要求拦截包裹。",
    },
    "StopAcknowledged": {
        "en": "Whoever moves the parcel has answered.",
        "zh-CN": "拦截请求已获回应。",
    },
    "RecipientContacted": {
        "en": "Whoever holds the parcel was asked for it.",
        "zh-CN": "已联系误收人归还包裹。",
    },
    "PickupArranged": {"en": "The parcel will be fetched.", "zh-CN": "已安排取回包裹。"},
    "IntegrityChecked": {"en": "The parcel was checked.", "zh-CN": "包裹已查验。"},
    "Redelivering": {"en": "The parcel is on its way again.", "zh-CN": "包裹正在重新投递。"},
    "Redelivered": {"en": "The parcel arrived after all.", "zh-CN": "包裹已重新投递。"},
    "FoundAgain": {"en": "The parcel was found.", "zh-CN": "包裹已找到。"},
    "ClawBackChosen": {
        "en": "It is settled what becomes of the payment.",
        "zh-CN": "已确定赔款的处理方式。",
    },
}
