"""Progress report: where the case stands, what was done, and when we write again."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "stage": Slot.STAGE,
        "done": Slot.TEXTS,
        "waiting_for": Slot.TEXT,
        "next_report_on": Slot.DAY,
    },
    optional=frozenset({"waiting_for"}),
    is_dispensable=True,
    words={
        "en": Words(
            subject="Where your case stands ({case_number})",
            heading="Where your case stands",
            body=(
                "Here is what has happened with your case since we last wrote.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Now", "{stage}"),
                        ("Waiting for", "{waiting_for}"),
                    )
                ),
                Items(intro="Done since then:", slot="done"),
                "We will write again by {next_report_on}, and sooner if anything changes.",
                Action(text="See your case", slot="case_link"),
            ),
            short=("{case_number}: {stage}. Next report by {next_report_on}. {case_link}"),
        ),
        "zh-CN": Words(
            subject="案件进展通报（{case_number}）",
            heading="案件最新进展",
            body=(
                "以下是自上次联系以来的案件进展。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("当前阶段", "{stage}"),
                        ("正在等待", "{waiting_for}"),
                    )
                ),
                Items(intro="已完成的工作：", slot="done"),
                "我们会在{next_report_on}之前再次通报进展；如有变化，会提前告知。",
                Action(text="查看您的案件", slot="case_link"),
            ),
            short=(
                "{case_number}当前阶段：{stage}。下次通报时间：{next_report_on}之前。{case_link}"
            ),
        ),
    },
)
