"""Payout notice: the payment waits until the payee confirms it."""

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
        "confirm_by": Slot.MOMENT,
        "other_way_link": Slot.LINK,
    },
    words={
        "en": Words(
            subject="Please confirm your payment of {amount}",
            heading="Your payment is waiting for you",
            body=(
                (
                    "We have sent the payment that was agreed. It needs one step from you "
                    "before it can reach you."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Amount", "{amount}"),
                        ("Paid by", "{method}"),
                        ("Confirm by", "{confirm_by}"),
                    )
                ),
                (
                    "If you do not confirm in time, the payment comes back to us. It is "
                    "still yours: we will ask you how to send it again."
                ),
                Action(text="Confirm the payment", slot="case_link"),
                Action(text="Do not pay me this way", slot="other_way_link"),
            ),
            short="{amount} is waiting for you. Please confirm by {confirm_by}. {case_link}",
        ),
        "zh-CN": Words(
            subject="请确认收取赔付款{amount}",
            heading="赔付款等待您确认",
            body=(
                "双方商定的赔付款已经发出，还需要您确认后才能到账。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("金额", "{amount}"),
                        ("支付方式", "{method}"),
                        ("确认期限", "{confirm_by}"),
                    )
                ),
                (
                    "如果未能按时确认，款项会退回我们。这笔款项仍归您所有，我们会与您商定重新"
                    "支付的方式。"
                ),
                Action(text="确认收款", slot="case_link"),
                Action(text="不用这种方式收款", slot="other_way_link"),
            ),
            short="赔付款{amount}等待您确认，请在{confirm_by}之前办理。{case_link}",
        ),
    },
)
