"""Wordings: the sentences that messages are filled with, in every language that we speak."""

from collections.abc import Mapping

from amends.domain.case.vocabulary import Finding, Outcome

Said = Mapping[str, str]


def _says(en: str, zh: str) -> Said:
    return {"en": en, "zh-CN": zh}


NEXT_STEPS = (
    _says("We ask the carriers where the parcel is.", "我们向承运方查询包裹去向。"),
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
HOW_TO_USE: Mapping[str, Said] = {
    "coupon": _says(
        "The code of your coupon stands in your case: open it, and use the code when you next send "
        "something with us.",
        "优惠券代码已存入您的案件，打开案件即可查看，下次寄件时使用。",
    ),
    "reshipment": _says(
        "The goods are being sent to you again; the seller tells you their new tracking number.",
        "物品正在重新寄出，新的运单号将由商家告知。",
    ),
    "service_extension": _says(
        "The longer period has been added to what you pay for; you need not do anything.",
        "服务期已自动延长，您无需任何操作。",
    ),
}
NO_NUMBER = _says("not known yet", "尚未提供")
GROUNDS: Mapping[str, Said] = {
    "presumed_loss": _says(
        "The date has passed after which a parcel without news counts as lost.",
        "已超过规定期限仍无包裹信息，视为丢失。",
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
PAUSED_BECAUSE: Mapping[str, Said] = {
    "failing": _says("It has failed for a day.", "已连续失败一天。"),
    "gone": _says("It answers that it is gone (410).", "该地址返回已失效（410）。"),
}
HOW_TO_WAKE = _says(
    "To wake it, send PATCH /v1/webhooks/{endpoint} with is_paused false; GET /v1/events lists "
    "what happened meanwhile.",
    "恢复方法：发送PATCH /v1/webhooks/{endpoint}，将is_paused设为false；"
    "期间事件可通过GET /v1/events查询。",
)
ANSWER_TO_US = _says("your answer to our questions", "答复我们提出的问题")
ANSWER_SURVEY = _says("your answer on how we did", "对我们服务的评价")
WORKED_OUT = _says(
    "It follows from the rules that hold for this service.", "按该项业务适用的规则核算。"
)
STANDS_AT = _says("{number}: {stage}", "{number}：{stage}")
ANSWER_OFFER = _says("your answer to our offer", "答复赔付方案")
OFFER_LAPSES = _says("the offer ends on that day.", "方案到期失效。")
NAME_PAYEE = _says("the way in which we pay you", "确认收款方式")
STILL_YOURS = _says("the money stays yours, and we ask again.", "款项仍归您所有，我们会再次提醒。")
OFFER_LAPSED = _says("The offer was not answered in time.", "方案逾期未答复。")
GLAD = _says("We would be glad to carry your next parcel well.", "期待再次为您妥善寄递。")
SORRY = _says(
    "We are sorry that we fell short of what you may expect.", "未能让您满意，我们深表歉意。"
)
WE_CALL = _says("One of us will call you about it.", "我们会就此致电与您沟通。")
REPORTED_BY = _says("You reported it on {day}.", "您于{day}报告。")
SHIPPED_ON = _says("It was posted on {day}.", "包裹于{day}交寄。")
EXPECTED_ON = _says("It was to arrive on {day}.", "应于{day}送达。")
NOTICED_ON = _says("It was noticed on {day}.", "于{day}发现问题。")
HOLDS = _says("It holds: {items}.", "内件：{items}。")
COUNTED_AS = _says("It concerns the parcel {number}.", "涉及包裹{number}。")
CLOCKS: Mapping[str, Said] = {
    "first_reply": _says("Nobody has answered the report yet.", "尚未对报告作出首次答复。"),
    "reply": _says("What the claimant wrote is not answered yet.", "客户留言逾期未回复。"),
    "carrier": _says("What a carrier answered is not read yet.", "承运方的答复逾期未阅处。"),
    "call": _says("A call that was promised has not been made.", "约定的回电逾期未拨打。"),
    "task": _says(
        "A place on the route has not answered our questions.", "沿途环节逾期未答复查询任务。"
    ),
    "level": _says(
        "This step of the inquiry is over without a result.", "本级查询已到期，尚无结果。"
    ),
    "decision": _says("A finding of liability waits for a decision.", "责任认定逾期未决。"),
    "quarantine": _says("The quarantine waits for its end.", "隔离物品逾期未处置。"),
    "pickup": _says("The parcel has not been fetched back.", "包裹逾期未取回。"),
    "redelivery": _says("The parcel has not been delivered again.", "包裹逾期未重新送达。"),
    "inspection": _says("The parcel has not been inspected.", "包裹逾期未查验。"),
    "recipient": _says("Whoever holds the parcel has not answered.", "误收人逾期未答复。"),
    "cctv": _says("Camera footage has not come.", "监控录像逾期未调取。"),
    "document": _says("A document waits to be examined.", "有材料逾期未审核。"),
    "counter": _says("What the claimant proposed waits for an answer.", "客户所提方案逾期未答复。"),
    "approval": _says("An offer waits for its second signature.", "赔付方案逾期未复核。"),
    "review": _says("An appeal waits for its second look.", "申诉逾期未复核。"),
    "extras": _says(
        "What was promised beside the money has not been done.", "款项之外的承诺事项逾期未落实。"
    ),
    "next": _says("The claim waits to be worked out.", "索赔逾期未核算。"),
    "payee": _says(
        "A payment failed, and its payee has named no other way.",
        "付款失败，收款人尚未提供其他收款方式。",
    ),
    "payout": _says("A part of the settlement could not be done.", "赔付方案中有一项未能落实。"),
    "inquiry_unasked": _says(
        "Waiting is over, and the inquiry to the carrier lacks a field or the carrier.",
        "等待期已过，但查询单缺少必填项或承运方不明。",
    ),
    "inquiry_unsent": _says(
        "No mail reaches the carrier: please hand in the inquiry where it takes them.",
        "无法以邮件联系承运方：请通过其指定渠道递交查询单。",
    ),
}
"""Why staff are told, by the clock that has run out."""
CLOCK = _says("A deadline was missed.", "已超过期限。")
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
