"""Return request: when and how the parcel is collected, and the thanks that go with it."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.RECIPIENT,
    slots={
        "reference": Slot.CODE,
        "delivered_on": Slot.DAY,
        "reply_link": Slot.LINK,
        "windows": Slot.TEXTS,
        "thanks": Slot.TEXT,
        "collect_by": Slot.DAY,
    },
    optional=frozenset({"thanks"}),
    words={
        "en": Words(
            subject="Returning the parcel, reference {reference}",
            heading="Thank you for keeping the parcel safe",
            body=(
                (
                    "Thank you for telling us that you have the parcel. Please leave it as "
                    "it is, even if it has been opened."
                ),
                Facts(
                    rows=(
                        ("Reference", "{reference}"),
                        ("Handed over on", "{delivered_on}"),
                        ("To be collected by", "{collect_by}"),
                    )
                ),
                Items(intro="We can come at these times:", slot="windows"),
                "It costs you nothing. With our thanks you will receive: {thanks}",
                Action(text="Choose a time", slot="reply_link"),
            ),
            short=(
                "Please choose when we may collect the parcel (reference {reference}): {reply_link}"
            ),
        ),
        "zh-CN": Words(
            subject="包裹取回安排（{reference}）",
            heading="感谢您代为保管包裹",
            body=(
                "感谢您告知包裹在您处。请保持原样；即使已经拆开，也请不必担心。",
                Facts(
                    rows=(
                        ("查询编号", "{reference}"),
                        ("投递日期", "{delivered_on}"),
                        ("取回期限", "{collect_by}"),
                    )
                ),
                Items(intro="我们可以在以下时间上门：", slot="windows"),
                "您无需承担任何费用。为表谢意，我们将送上：{thanks}",
                Action(text="选择上门时间", slot="reply_link"),
            ),
            short="请选择上门取回包裹的时间（编号{reference}）：{reply_link}",
        ),
    },
)
