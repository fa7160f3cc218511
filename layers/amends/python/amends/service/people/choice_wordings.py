"""Choices in words: what an answer of a report's form means to people."""

from collections.abc import Mapping

from amends.domain.case.question import AnswerType, Fact, Question, said

CHOICES: Mapping[str, Mapping[str, str]] = {
    "sender": said("Sender", "寄件人"),
    "addressee": said("Addressee", "收件人"),
    "merchant": said("Seller", "商家"),
    "en": said("English", "英语"),
    "zh-CN": said("Chinese", "中文"),
    "not_arrived": said("It did not arrive", "未送达"),
    "says_delivered": said("It is shown as delivered", "显示已签收"),
    "told_by_carrier": said("The carrier said so", "承运企业告知"),
    "empty_locker": said("The locker was empty", "快递柜是空的"),
    "intact": said("Intact", "完好"),
    "broken": said("Broken", "已破损"),
    "not_seen": said("Not seen", "未留意"),
    "at_delivery": said("At delivery", "签收时"),
    "after_opening": said("After opening", "拆开之后"),
    "general": said("General goods", "一般物品"),
    "fragile": said("Fragile goods", "易碎品"),
    "glass": said("Glass", "玻璃制品"),
    "electronics": said("Electronics", "电子产品"),
    "liquid": said("Liquids", "液体"),
    "food": said("Food", "食品"),
    "furniture": said("Furniture", "家具"),
    "slight": said("A little", "较小"),
    "moderate": said("Noticeably", "一般"),
    "severe": said("Badly", "严重"),
    "in_transit": said("Still on its way", "仍在运输途中"),
    "delivered_wrong": said("Handed to somebody else", "已交给他人"),
    "address_wrong": said("Wrong address", "地址错误"),
    "recipient_wrong": said("Wrong recipient", "收件人错误"),
    "swapped": said("Swapped with another parcel", "与其他包裹调换"),
    "not_known": said("Not known", "不清楚"),
    "acceptance": said("When it was taken in", "收寄时"),
    "sorting": said("While sorting", "分拣时"),
    "transport": said("During transport", "运输途中"),
    "delivery": said("At delivery", "派送时"),
    "customs": said("At customs", "海关查验时"),
    "operator": said("With the carrier", "承运企业官网"),
    "platform": said("On a tracking platform", "第三方查询平台"),
    "several": said("In several places", "多个渠道"),
}
_YES_NO = {"yes": said("Yes", "是"), "no": said("No", "否")}
_TYPED = frozenset({AnswerType.CHOICE, AnswerType.YES_NO, AnswerType.COUNT, AnswerType.DECIMAL})


def answered(question: Question, fact: Fact, language: str) -> str | None:
    """A typed answer in words; None for free text, which is not repeated to anybody."""
    if question.type not in _TYPED:
        return None
    words = CHOICES.get(fact.value) or _YES_NO.get(fact.value)
    return words[language] if words else fact.value
