"""Payout notice: the money came back; what to correct so that it can be sent again."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "amount": Slot.MONEY,
        "reason": Slot.TEXT,
        "returned_at": Slot.MOMENT,
    },
    words={
        "en": Words(
            subject="Your payment of {amount} came back to us",
            heading="Your payment could not be delivered",
            body=(
                (
                    "The payment that we sent you came back. The money is safe with us and "
                    "is still yours."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Amount", "{amount}"),
                        ("Came back at", "{returned_at}"),
                        ("Reason", "{reason}"),
                    )
                ),
                (
                    "Please check your payment details or choose another way to be paid. We "
                    "will then send it again."
                ),
                Action(text="Check the payment details", slot="case_link"),
            ),
            short=(
                "{amount} ({case_number}) came back. Please check your payment details: {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="赔付款{amount}被退回",
            heading="赔付款未能到账",
            body=(
                "我们支付的赔付款被退回。款项安全，仍归您所有。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("金额", "{amount}"),
                        ("退回时间", "{returned_at}"),
                        ("原因", "{reason}"),
                    )
                ),
                "请核对收款信息，或选择其他收款方式，我们会重新支付。",
                Action(text="核对收款信息", slot="case_link"),
            ),
            short="{case_number}的赔付款{amount}被退回，请核对收款信息：{case_link}",
        ),
    },
)
