"""Payout notice: the money is on its way."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "amount": Slot.MONEY,
        "method": Slot.TEXT,
        "payment_number": Slot.CODE,
        "sent_at": Slot.MOMENT,
        "arrives_by": Slot.DAY,
    },
    words={
        "en": Words(
            subject="Your payment of {amount} is on its way",
            heading="Your payment is on its way",
            body=(
                "We have sent the payment that was agreed.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Amount", "{amount}"),
                        ("Paid by", "{method}"),
                        ("Payment number", "{payment_number}"),
                        ("Sent at", "{sent_at}"),
                    )
                ),
                (
                    "It should arrive by {arrives_by}. If it has not, tell us the payment "
                    "number and we will trace it."
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short=(
                "{amount} ({case_number}) was sent and should arrive by {arrives_by}. {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="赔付款{amount}已发出",
            heading="赔付款已发出",
            body=(
                "双方商定的赔付款已经发出。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("金额", "{amount}"),
                        ("支付方式", "{method}"),
                        ("付款编号", "{payment_number}"),
                        ("付款时间", "{sent_at}"),
                    )
                ),
                ("款项预计在{arrives_by}之前到账。如未到账，请告知付款编号，我们会为您查询。"),
                Action(text="查看您的案件", slot="case_link"),
            ),
            short=("{case_number}的赔付款{amount}已发出，预计{arrives_by}之前到账。{case_link}"),
        ),
    },
)
