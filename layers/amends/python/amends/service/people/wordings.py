"""Wordings: the sentences that messages are filled with, in every language that we speak."""

from collections.abc import Mapping

from amends.domain.case.vocabulary import Finding, Outcome

Said = Mapping[str, str]


def _says(en: str, zh: str) -> Said:
    return {"en": en, "zh-CN": zh}


NEXT_STEPS = (
    _says("We ask the carriers where the parcel is.", "我们向承运方查询邮件去向。"),
    _says("You will hear from us at every step.", "每有进展，我们都会通知您。"),
)
REMEDIES: Mapping[str, Said] = {
    "compensation": _says("Compensation", "赔偿"),
    "refund": _says("Refund", "退款"),
    "reshipment": _says("New shipment", "补发"),
    "repair": _says("Repair", "维修"),
    "redelivery": _says("Redelivery", "重新派送"),
    "coupon": _says("Coupon", "优惠券"),
    "service_extension": _says("Longer service period", "延长服务期"),
}
RAILS: Mapping[str, Said] = {
    "bank": _says("bank transfer", "银行转账"),
    "alipay": _says("Alipay", "支付宝"),
    "wechat_pay": _says("WeChat Pay", "微信支付"),
    "coupon": _says("coupon", "优惠券"),
    "refund": _says("refund of the order", "原订单退款"),
    "reshipment": _says("goods sent again", "补发商品"),
    "service_extension": _says("longer service period", "延长服务期"),
}
GROUNDS: Mapping[str, Said] = {
    "presumed_loss": _says(
        "The date has passed after which a parcel without news counts as lost.",
        "已超过无音信邮件视为丢失的期限。",
    ),
    "inquiry": _says("The carriers have answered our inquiry.", "承运方已答复我们的查询。"),
}
GROUND = _says("It is what our inquiries have shown.", "系我们查询核实的结果。")
HAPPENED: Mapping[Finding, Said] = {
    Finding.DAMAGED: _says(
        "The parcel was damaged while it was in our care.", "包裹在我方保管期间受损。"
    ),
    Finding.CONTENTS_MISSING: _says(
        "Part of the contents was lost while the parcel was in our care.",
        "包裹在我方保管期间内件短少。",
    ),
    Finding.MISDELIVERED: _says(
        "The parcel was handed to the wrong place.", "包裹被错误投递到其他地址。"
    ),
    Finding.DELAYED: _says("The parcel came later than we promised.", "包裹未能按时送达。"),
}
MEASURES: Mapping[str, Said] = {
    "training": _says("The people concerned are trained again.", "对相关人员重新培训。"),
    "camera": _says("Camera coverage is widened.", "扩大监控覆盖范围。"),
    "site_security": _says("Security at the site is strengthened.", "加强场地安全管理。"),
    "route": _says("The route is changed.", "调整运输路线。"),
    "procedure": _says("The procedure is changed.", "改进作业流程。"),
    "order_system": _says("The order system is mended.", "改进下单系统。"),
    "packaging_rule": _says("The packing rules are tightened.", "完善包装要求。"),
    "technology": _says("The technology is renewed.", "更新技术设备。"),
}
ACTION_ASKS: Mapping[str, Said] = {
    "owner": _says(
        "Say that it is done and how, or agree on another day.",
        "请反馈完成情况，或另行约定完成日期。",
    ),
    "supervisor": _says(
        "Give it to somebody with a new day, or drop it with a reason.",
        "请重新指定负责人和期限，或说明理由后取消。",
    ),
}
MEASURES_ALWAYS = (
    _says("We have looked into every step of the way.", "我们已逐一核查各处理环节。"),
    _says("What we owe is being worked out without your asking.", "我们正主动核算应付的赔偿。"),
)
OUTCOMES: Mapping[Outcome, Said] = {
    Outcome.FOUND: _says("The parcel has been found.", "包裹已找到。"),
    Outcome.REDELIVERED: _says("The parcel has reached its addressee.", "包裹已送达收件人。"),
    Outcome.COMPENSATED: _says("What was owed has been paid.", "赔偿已支付。"),
    Outcome.REFUNDED: _says("What was paid has been refunded.", "款项已退还。"),
    Outcome.RESHIPPED: _says("The goods have been sent again.", "物品已补发。"),
    Outcome.REPAIRED: _says("The goods have been repaired.", "物品已修复。"),
    Outcome.DECLINED: _says("The claim could not be granted.", "索赔未获支持。"),
    Outcome.WITHDRAWN: _says("You took the report back.", "您已撤回报告。"),
    Outcome.DISPOSED: _says(
        "The contents were disposed of as the law demands.", "内件已依法处理。"
    ),
    Outcome.RETURNED_TO_SENDER: _says("The parcel went back to its sender.", "包裹已退回寄件人。"),
}
DONE: Mapping[str, Said] = {
    "TrackingRead": _says("The carriers' systems were asked.", "已查询承运方系统。"),
    "LevelOpened": _says("A further step of the inquiry was begun.", "已开展进一步查询。"),
    "TaskAnswered": _says("A place on the route has answered.", "沿途环节已有答复。"),
    "InquirySent": _says("The carrier was asked in writing.", "已向承运方发出书面查询。"),
    "InquiryReplied": _says("The carrier has answered.", "承运方已答复。"),
    "CctvReceived": _says("Camera footage was secured.", "已调取监控录像。"),
    "EvidenceReceived": _says("What you sent was examined.", "已审核您提交的材料。"),
    "InformationGiven": _says("Your answers were taken into account.", "已采纳您补充的资料。"),
    "OfferMade": _says("We made you an offer.", "已向您提出赔偿方案。"),
    "OfferRefused": _says("We are considering your answer.", "正在研究您的答复。"),
    "PayoutRequested": _says("The payment was ordered.", "已安排付款。"),
    "Redelivering": _says("The parcel is on its way to you.", "包裹正在重新派送。"),
    "CaseReopened": _says("Your case was opened again.", "案件已重新开启。"),
}
NOTHING_NEW = _says(
    "We are still waiting for answers, and keep asking.", "仍在等待各方答复，我们会持续跟进。"
)
ANSWER_TO_US = _says("your answer to our questions", "答复我们提出的问题")
ANSWER_SURVEY = _says("your word on how we did", "对我们服务的评价")
WORKED_OUT = _says(
    "It follows from the rules that hold for this service.", "按该项业务适用的规则核算。"
)
STANDS_AT = _says("{number}: {stage}", "{number}：{stage}")
ANSWER_OFFER = _says("your answer to our offer", "答复赔付方案")
OFFER_LAPSES = _says("the offer ends on that day.", "方案到期失效。")
OFFER_LAPSED = _says("The offer was not answered in time.", "方案逾期未答复。")
WE_CALL = _says("One of us will call you about it.", "我们会就此致电与您沟通。")
REPORTED_BY = _says("You reported it on {day}.", "您于{day}报告。")
SHIPPED_ON = _says("It was posted on {day}.", "包裹于{day}交寄。")
EXPECTED_ON = _says("It was to arrive on {day}.", "应于{day}送达。")
NOTICED_ON = _says("It was noticed on {day}.", "于{day}发现问题。")
HOLDS = _says("It holds: {items}.", "内件：{items}。")
COUNTED_AS = _says("It concerns the parcel {number}.", "涉及包裹{number}。")
CLOCKS = _says("A deadline was missed: {clock}.", "已超过期限：{clock}。")
INQUIRY_CLOCKS: Mapping[str, Said] = {
    "inquiry_unasked": _says(
        "Waiting is over, and the inquiry to the carrier lacks a field or the carrier.",
        "等待期已过，但查询单缺少必填项或承运方不明。",
    ),
    "inquiry_unsent": _says(
        "No mail reaches the carrier: please hand in the inquiry where it takes them.",
        "无法以邮件联系承运方：请通过其指定渠道递交查询单。",
    ),
}
DECIDE = _says("Look at the case and decide how it goes on.", "请查看案件并决定后续处理。")
CALL_ABOUT: Mapping[str, Said] = {
    "low_score": _says("The claimant was not satisfied.", "客户不满意。"),
    "not_resolved": _says("The claimant says it is not resolved.", "客户表示问题未解决。"),
    "no_way_left": _says("No message reaches the claimant.", "消息无法送达客户。"),
    "unknown": _says("It is not known whether a message arrived.", "消息是否送达不明。"),
    "asked": _says("The claimant asked for a call.", "客户要求致电。"),
    "explain": _says("Something needs to be explained.", "需要向客户说明情况。"),
    "follow_up": _says("A regular call-back.", "例行回访。"),
    "unwritable": _says("A message could not be written.", "消息无法生成。"),
    "satisfaction": _says(
        "The question of how it was reaches the claimant by no other way.",
        "满意度调查无法以其他方式送达客户，请电话回访。",
    ),
}
LISTEN = _says("Listen, and ask what would put it right.", "倾听诉求，询问如何解决。")
_TELL = _says(
    "Tell them what the message says, and ask by which way they can be reached.",
    "告知消息内容，并询问可用的联系方式。",
)
_POINTS: Mapping[str, tuple[Said, ...]] = {
    "no_way_left": (_TELL,),
    "unwritable": (_TELL,),
    "unknown": (
        _says(
            "Ask whether the message has arrived; tell them if not.",
            "确认消息是否收到，未收到则口头告知。",
        ),
    ),
    "satisfaction": (
        _says(
            "From 1 (poor) to 5 (very good): how did we do?",
            "请客户评分：1分（不满意）到5分（非常满意）。",
        ),
        _says("Is everything resolved?", "问题是否已解决？"),
        _says("What should we do better?", "有哪些需要改进之处？"),
    ),
}


def call_points(because: str, language: str) -> list[str]:
    """What to talk about in a call."""
    return [said[language] for said in _POINTS.get(because, (LISTEN,))]


SPEAKS = {"en": _says("English", "英语"), "zh-CN": _says("Chinese", "中文")}
