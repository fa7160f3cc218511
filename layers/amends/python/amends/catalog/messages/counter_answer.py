"""Counter answer: yes or no to what the claimant proposed instead, why, and what follows."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "answer": Slot.TEXT,
        "reason": Slot.TEXT,
        "follows": Slot.TEXT,
    },
    words={
        "en": Words(
            subject="Our answer to your proposal ({case_number})",
            heading="Our answer to what you proposed",
            body=(
                "Thank you for telling us what you would find fair. We have looked at it.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Our answer", "{answer}"),
                        ("Because", "{reason}"),
                    )
                ),
                "{follows}",
                Action(text="Read our offer", slot="case_link"),
            ),
            short="{case_number}: {answer} {case_link}",
        ),
        "zh-CN": Words(
            subject="对您所提方案的答复（{case_number}）",
            heading="对您所提方案的答复",
            body=(
                "感谢您告知您认为合理的方案，我们已认真研究。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("答复", "{answer}"),
                        ("理由", "{reason}"),
                    )
                ),
                "{follows}",
                Action(text="查看我方方案", slot="case_link"),
            ),
            short="{case_number}：{answer}{case_link}",
        ),
    },
)
