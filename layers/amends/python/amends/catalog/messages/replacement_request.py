"""Replacement request: a document could not be accepted as proof; another is awaited by a day."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "document": Slot.TEXT,
        "reason": Slot.TEXT,
        "because": Slot.TEXT,
        "due_at": Slot.MOMENT,
    },
    optional=frozenset({"because"}),
    words={
        "en": Words(
            subject="Please send one document again ({case_number})",
            heading="One document could not be accepted",
            body=(
                "Thank you for what you sent. We have looked at it, and need one document again.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Document", "{document}"),
                        ("What is wrong", "{reason}"),
                        ("Note", "{because}"),
                        ("Please send another by", "{due_at}"),
                    )
                ),
                "What you have sent stays on file. Your case goes on meanwhile.",
                Action(text="Send another document", slot="case_link"),
            ),
            short="{case_number}: please send one document again by {due_at}. {case_link}",
        ),
        "zh-CN": Words(
            subject="请重新提交一份材料（{case_number}）",
            heading="有一份材料未能通过审核",
            body=(
                "感谢您提交材料。经审核，其中一份需要重新提交。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("材料", "{document}"),
                        ("问题", "{reason}"),
                        ("说明", "{because}"),
                        ("请在此之前重新提交", "{due_at}"),
                    )
                ),
                "您已提交的材料仍留存在案，案件继续办理。",
                Action(text="重新提交材料", slot="case_link"),
            ),
            short="{case_number}：请在{due_at}之前重新提交一份材料。{case_link}",
        ),
    },
)
