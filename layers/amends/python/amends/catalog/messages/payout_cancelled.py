"""Payout notice: the payment was called back before it was paid; it can go another way."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "amount": Slot.MONEY,
    },
    words={
        "en": Words(
            subject="Your payment of {amount} was called back",
            heading="How shall we pay you?",
            body=(
                (
                    "The payment was called back before it was paid. The money is still "
                    "yours, and nothing else of the settlement changes."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Amount", "{amount}"),
                    )
                ),
                (
                    "Please choose how to be paid. For your safety we send you a link of its "
                    "own before another account can be named."
                ),
                Action(text="Choose how to be paid", slot="case_link"),
            ),
            short=(
                "{amount} ({case_number}) was called back and is still yours. Please "
                "choose how to be paid: {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="赔付款{amount}已撤回",
            heading="请选择收款方式",
            body=(
                "这笔赔付款在支付前已撤回。款项仍归您所有，双方商定的其他内容不变。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("金额", "{amount}"),
                    )
                ),
                "请重新选择收款方式。为保障您的资金安全，更换收款账户前我们会另发验证链接。",
                Action(text="选择收款方式", slot="case_link"),
            ),
            short="{case_number}的赔付款{amount}已撤回，仍归您所有，请选择收款方式：{case_link}",
        ),
    },
)
