"""Closing: how the case ended, and that it can be opened again."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "how": Slot.TEXT,
        "closed_on": Slot.DAY,
    },
    words={
        "en": Words(
            subject="Your case is closed ({case_number})",
            heading="Your case is closed",
            body=(
                "{how}",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Closed on", "{closed_on}"),
                    )
                ),
                (
                    "If anything is still not right, please tell us there: the case goes on "
                    "where it ended."
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short="{case_number} is closed: {how} {case_link}",
        ),
        "zh-CN": Words(
            subject="您的案件已结案（{case_number}）",
            heading="您的案件已结案",
            body=(
                "{how}",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("结案日期", "{closed_on}"),
                    )
                ),
                "如仍有不妥之处，请在案件页面告知我们，案件会继续处理。",
                Action(text="查看案件", slot="case_link"),
            ),
            short="{case_number}已结案：{how}{case_link}",
        ),
    },
)
