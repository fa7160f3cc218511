"""Overdue action, inside the house: what should have been changed by now, and who had it."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.STAFF,
    slots={
        "reference": Slot.CODE,
        "what": Slot.TEXT,
        "because": Slot.TEXT,
        "owner": Slot.CODE,
        "due_on": Slot.DAY,
        "wanted": Slot.TEXTS,
        "desk_link": Slot.LINK,
    },
    optional=frozenset({"owner"}),
    words={
        "en": Words(
            subject="Overdue since {due_on}: corrective action {reference}",
            heading="A corrective action is overdue",
            body=(
                "What was to be changed so that it does not happen again is not done yet.",
                Facts(
                    rows=(
                        ("Action", "{what}"),
                        ("Why", "{because}"),
                        ("Owner", "{owner}"),
                        ("Due on", "{due_on}"),
                        ("Reference", "{reference}"),
                    )
                ),
                Items(intro="Wanted from you:", slot="wanted"),
                Action(text="Open the action", slot="desk_link"),
            ),
            short="Corrective action {reference} was due on {due_on}. {desk_link}",
        ),
        "zh-CN": Words(
            subject="整改措施逾期（{due_on}到期）：{reference}",
            heading="有整改措施已逾期",
            body=(
                "为避免问题再次发生而制定的措施尚未完成。",
                Facts(
                    rows=(
                        ("措施", "{what}"),
                        ("原因", "{because}"),
                        ("负责人", "{owner}"),
                        ("到期日", "{due_on}"),
                        ("编号", "{reference}"),
                    )
                ),
                Items(intro="需要您处理：", slot="wanted"),
                Action(text="打开该措施", slot="desk_link"),
            ),
            short="整改措施{reference}已于{due_on}到期。{desk_link}",
        ),
    },
)
