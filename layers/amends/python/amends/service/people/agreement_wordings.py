"""Agreement wordings: the sentences that messages of coming to terms are filled with."""

from collections.abc import Mapping

Said = Mapping[str, str]


def _says(en: str, zh: str) -> Said:
    return {"en": en, "zh-CN": zh}


ACTS: Mapping[str, Said] = {
    "inquiry": _says("to ask the carrier for an inquiry", "向承运方查询"),
    "inquiry_china": _says("to ask the Chinese post for an inquiry", "向中国邮政查询"),
    "complaint": _says("to complain to the carrier in writing", "向承运方书面投诉"),
    "claim": _says("to hand in the claim to the carrier", "向承运方提出索赔"),
    "appeal": _says("to appeal to the postal regulator", "向邮政管理部门申诉"),
    "action": _says("to go to court", "提起诉讼"),
    "payment": _says("for the carrier to pay", "承运方支付赔偿"),
    "policy_notice": _says("to report the loss to the insurer", "向保险人报案"),
    "policy_claim": _says("to claim from the insurer", "向保险人索赔"),
}
WHO: Mapping[str, Said] = {
    "supervisor": _says("supervisor", "主管"),
    "admin": _says("whoever administers", "管理员"),
    "adjuster": _says("adjuster", "理赔员"),
}
"""Who is told of what is late, where it is no person by name."""
ASSIGN = _says(
    "Nobody has acted on it: please assign it to somebody who can.",
    "至今无人处理，请指派有权限的人员办理。",
)
LATE: Mapping[str, Said] = {
    "review": _says("the second look at your case", "对您案件的复核"),
    "counter": _says("our answer to what you proposed", "对您所提方案的答复"),
}
DAY_NEAR = _says("A day of the law comes near: {what}.", "法定时限临近：{what}。")
RULES: Mapping[str, Said] = {
    "not_above_our_offer": _says(
        "It is not more than what we had offered.", "未超过我方已提出的金额。"
    ),
    "within_goodwill": _says("It is close to what is owed.", "与应付金额相近。"),
    "above_the_loss": _says(
        "It is more than the loss and the charges paid, and nobody is owed more than that.",
        "超过实际损失和已付费用之和，赔偿以损失为限。",
    ),
    "remedy_not_offered": _says(
        "This remedy is not possible for what happened.", "该方案不适用于本次情形。"
    ),
    "refused_without_a_counter": _says(
        "You refused our offer and named no other.", "您未接受方案，也未提出其他方案。"
    ),
    "staff": _says("One of us has examined it.", "已由专人审查。"),
}
AGREED = _says("Yes, we agree.", "同意您的方案。")
NOT_AGREED = _says("We cannot agree to it.", "未能同意您的方案。")
OFFER_FOLLOWS = _says(
    "What you proposed is our offer now: you only need to accept it.",
    "您的方案即为我方新方案，请予确认。",
)
OFFER_STANDS = _says(
    "What we have offered stands again. You may accept it, propose something else or appeal.",
    "我方原方案重新有效，您可以接受、另提方案或申请复核。",
)
UPHELD = _says("You are right.", "支持您的申请。")
DISMISSED = _says("What was decided stands.", "维持原决定。")
ANEW = _says(
    "We work out anew what is owed and write to you about it.", "我们将重新核算并另行告知。"
)
STANDS = _says("We know that this is not what you hoped for.", "我们理解这并非您期望的结果。")
NO_AGREEMENT = _says(
    "We could not come to an agreement. What we have offered stands until then.",
    "双方未能达成一致。在此期间，我方提出的方案仍然有效。",
)
DAYS = {"from": _says("from {day}", "自{day}起"), "until": _says("until {day}", "至{day}止")}
WITH_DAYS = _says("{text} ({days})", "{text}（{days}）")
COMMA = _says(", ", "，")
AND = _says(" and ", "加")
OR = _says(", or ", "，或")


def act(name: str, language: str) -> str:
    """What a day of the law is for, in words; its name where nobody has worded it."""
    return ACTS[name][language] if name in ACTS else name
