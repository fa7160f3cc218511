"""Thanks: for an answer, with what will be done about it."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "what_we_do": Slot.TEXT,
        "closing_words": Slot.TEXT,
    },
    optional=frozenset({"what_we_do"}),
    is_prompt=True,
    is_dispensable=True,
    words={
        "en": Words(
            subject="Thank you for your answer ({case_number})",
            heading="Thank you for your answer",
            body=(
                (
                    "Thank you for taking the time. We read every answer, and the people who "
                    "can change something read yours."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                "What we will do: {what_we_do}",
                "{closing_words}",
            ),
            short="Thank you for your answer on {case_number}.",
        ),
        "zh-CN": Words(
            subject="感谢您的评价（{case_number}）",
            heading="感谢您的评价",
            body=(
                "感谢您抽出宝贵时间。我们会认真阅读每一条意见，并转达给能够改进的人员。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                "我们将采取的行动：{what_we_do}",
                "{closing_words}",
            ),
            short="感谢您对{case_number}的评价。",
        ),
    },
)
