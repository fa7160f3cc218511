"""Acknowledgement: we have the report, and this is what happens next; sent at once."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "kind": Slot.KIND,
        "reported_at": Slot.MOMENT,
        "answer_by": Slot.MOMENT,
        "next_steps": Slot.TEXTS,
    },
    is_prompt=True,
    words={
        "en": Words(
            subject="We have your report {case_number}",
            heading="We have received your report",
            body=(
                (
                    "Thank you for telling us. We are sorry for the trouble with your "
                    "parcel, and we will look after it from here."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Reported as", "{kind}"),
                        ("Reported at", "{reported_at}"),
                    )
                ),
                Items(intro="What happens next:", slot="next_steps"),
                "You will hear from us again by {answer_by}.",
                (
                    "Until the case is closed, please keep every receipt, and whatever has come "
                    "of the parcel and its packaging."
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short=("We have your report {case_number}. We will answer by {answer_by}. {case_link}"),
        ),
        "zh-CN": Words(
            subject="已收到您的反馈（{case_number}）",
            heading="我们已收到您的反馈",
            body=(
                ("感谢您告知我们。包裹给您带来不便，我们深表歉意，接下来由我们负责跟进处理。"),
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("问题类型", "{kind}"),
                        ("受理时间", "{reported_at}"),
                    )
                ),
                Items(intro="接下来的步骤：", slot="next_steps"),
                "我们会在{answer_by}之前再次答复您。",
                "结案之前，请妥善保留相关凭证；已收到的包裹、物品和包装也请一并保留。",
                Action(text="查看您的案件", slot="case_link"),
            ),
            short=(
                "已收到您的反馈，案件编号{case_number}，我们将在{answer_by}之前答复。{case_link}"
            ),
        ),
    },
)
