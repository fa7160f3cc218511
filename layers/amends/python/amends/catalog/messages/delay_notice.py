"""Delay notice: what we had promised takes longer, until when, and what need not wait for us."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "what": Slot.TEXT,
        "answer_by": Slot.MOMENT,
        "next_instances": Slot.TEXTS,
    },
    optional=frozenset({"next_instances"}),
    words={
        "en": Words(
            subject="Our answer takes longer ({case_number})",
            heading="Our answer takes longer",
            body=(
                "We are sorry: {what} is not done in the time that we had promised.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("You hear from us by", "{answer_by}"),
                    )
                ),
                "You need not do anything, and nothing that you have claimed is lost by it.",
                Items(
                    intro="You need not wait for us either: these ways are open to you.",
                    slot="next_instances",
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short="{case_number}: our answer takes longer, until {answer_by}. {case_link}",
        ),
        "zh-CN": Words(
            subject="答复延期通知（{case_number}）",
            heading="答复延期通知",
            body=(
                "非常抱歉：{what}未能在承诺期限内完成。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("最迟答复时间", "{answer_by}"),
                    )
                ),
                "您无需采取任何行动，您已提出的主张不受影响。",
                Items(intro="您也不必等待，可通过以下途径解决：", slot="next_instances"),
                Action(text="查看您的案件", slot="case_link"),
            ),
            short="{case_number}的答复延期至{answer_by}。{case_link}",
        ),
    },
)
