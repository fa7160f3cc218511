"""Appeal decision: what the second look found, why, and the ways on with their dates."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "answer": Slot.TEXT,
        "reason": Slot.TEXT,
        "follows": Slot.TEXT,
        "next_instances": Slot.TEXTS,
    },
    optional=frozenset({"next_instances"}),
    words={
        "en": Words(
            subject="The second look at your case is done ({case_number})",
            heading="What the second look found",
            body=(
                "You asked for a second look. Somebody who had not decided before has done it.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Decision", "{answer}"),
                        ("Because", "{reason}"),
                    )
                ),
                "{follows}",
                Items(intro="These ways stay open to you:", slot="next_instances"),
                Action(text="Read the decision", slot="case_link"),
            ),
            short="The second look at {case_number} is done: {answer} {case_link}",
        ),
        "zh-CN": Words(
            subject="复核已完成（{case_number}）",
            heading="复核结果",
            body=(
                "您申请了复核，已由未参与原处理的人员办理完毕。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("决定", "{answer}"),
                        ("理由", "{reason}"),
                    )
                ),
                "{follows}",
                Items(intro="您仍可通过以下途径解决：", slot="next_instances"),
                Action(text="查看决定", slot="case_link"),
            ),
            short="{case_number}的复核已完成：{answer}{case_link}",
        ),
    },
)
