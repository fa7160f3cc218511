"""Reminder: one, and only one, for something that still waits for its reader."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "what": Slot.TEXT,
        "due_at": Slot.MOMENT,
        "consequence": Slot.TEXT,
    },
    optional=frozenset({"consequence"}),
    is_dispensable=True,
    words={
        "en": Words(
            subject="A short reminder ({case_number})",
            heading="A short reminder",
            body=(
                (
                    "Something in your case still waits for you, and we would not like you "
                    "to miss it."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Open", "{what}"),
                        ("Until", "{due_at}"),
                    )
                ),
                "If we do not hear from you: {consequence}",
                "If you have answered in the meantime, please disregard this message.",
                Action(text="See your case", slot="case_link"),
            ),
            short="{case_number} waits for you until {due_at}: {what}. {case_link}",
        ),
        "zh-CN": Words(
            subject="温馨提醒（{case_number}）",
            heading="温馨提醒",
            body=(
                "您的案件中还有一项事宜等待您处理，特此提醒，以免错过。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("待办事项", "{what}"),
                        ("截止时间", "{due_at}"),
                    )
                ),
                "如未收到您的答复：{consequence}",
                "如果您已经答复，请忽略本提醒。",
                Action(text="查看您的案件", slot="case_link"),
            ),
            short="{case_number}待您处理：{what}，截止{due_at}。{case_link}",
        ),
    },
)
