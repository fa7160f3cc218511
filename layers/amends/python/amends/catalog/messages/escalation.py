"""Escalation, inside the house: a clock was missed, or a matter is above somebody's limit."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.STAFF,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "desk_link": Slot.LINK,
        "kind": Slot.KIND,
        "stage": Slot.STAGE,
        "reason": Slot.TEXT,
        "was_due_at": Slot.MOMENT,
        "wanted": Slot.TEXTS,
        "owner": Slot.TEXT,
    },
    optional=frozenset({"owner"}),
    words={
        "en": Words(
            subject="Escalated: {case_number}",
            heading="A case needs your decision",
            body=(
                "This case was escalated to you. Why: {reason}",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Kind", "{kind}"),
                        ("Stage", "{stage}"),
                        ("For", "{owner}"),
                        ("Was due at", "{was_due_at}"),
                    )
                ),
                Items(intro="Wanted from you:", slot="wanted"),
                Action(text="Open the case", slot="desk_link"),
            ),
            short="Escalated: {case_number}, due at {was_due_at}. {desk_link}",
        ),
        "zh-CN": Words(
            subject="升级处理：{case_number}",
            heading="有案件需要您决定",
            body=(
                "本案件已升级至您处。原因：{reason}",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("问题类型", "{kind}"),
                        ("阶段", "{stage}"),
                        ("处理人", "{owner}"),
                        ("原定期限", "{was_due_at}"),
                    )
                ),
                Items(intro="需要您处理：", slot="wanted"),
                Action(text="打开案件", slot="desk_link"),
            ),
            short="升级处理：{case_number}，原定期限{was_due_at}。{desk_link}",
        ),
    },
)
