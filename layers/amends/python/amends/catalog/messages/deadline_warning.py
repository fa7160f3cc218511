"""Deadline warning: a day of the law or the contract comes near, and what it is for."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "what": Slot.TEXT,
        "last_day": Slot.DAY,
        "rule": Slot.TEXT,
        "source": Slot.TEXT,
    },
    optional=frozenset({"rule", "source"}),
    words={
        "en": Words(
            subject="A reminder of a deadline on {last_day} ({case_number})",
            heading="A day that you should not miss",
            body=(
                (
                    "Law or contract sets a last day for something that concerns your case. "
                    "It is not ours to move, so we tell you in good time."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("What it is for", "{what}"),
                        ("Last day", "{last_day}"),
                        ("Rule", "{rule}"),
                        ("Source", "{source}"),
                    )
                ),
                "Your case goes on with us. This day runs whatever we do.",
                Action(text="See your case and every deadline", slot="case_link"),
            ),
            short="{case_number}: last day {last_day} ({what}). {case_link}",
        ),
        "zh-CN": Words(
            subject="时限提醒：{last_day}到期（{case_number}）",
            heading="请留意即将到期的时限",
            body=(
                "法律或合同对您的案件规定了最后期限。该期限并非我方所能变更，特提前告知。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("事项", "{what}"),
                        ("最后一日", "{last_day}"),
                        ("规则", "{rule}"),
                        ("出处", "{source}"),
                    )
                ),
                "您的案件我们仍在办理，但该期限不因此中止。",
                Action(text="查看案件及各项时限", slot="case_link"),
            ),
            short="{case_number}：{what}的最后一日为{last_day}。{case_link}",
        ),
    },
)
