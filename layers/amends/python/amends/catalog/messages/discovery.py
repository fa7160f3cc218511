"""Discovery: nobody has reported it yet; we noticed that a watched parcel is missing."""

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
            subject="We are looking for your parcel {tracking_number}",
            heading="We are looking for a parcel of yours",
            body=(
                (
                    "A parcel that you let us watch has been silent for longer than its way "
                    "explains. You need not report it: we have opened a case ourselves."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Opened as", "{kind}"),
                        ("Noticed at", "{reported_at}"),
                    )
                ),
                Items(intro="What happens next:", slot="next_steps"),
                (
                    "You will hear from us again by {answer_by}. If the parcel has arrived, or you "
                    "know more than we do, please tell us in the case."
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short=(
                "Parcel {tracking_number} is silent; we are looking for it. We will answer by "
                "{answer_by}. {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="我们正在查找您的包裹（{tracking_number}）",
            heading="我们正在查找您的一件包裹",
            body=(
                (
                    "您委托我们关注的一件包裹长时间没有新的物流信息，已超出该线路的正常范围。"
                    "无需您另行反馈，我们已主动立案。"
                ),
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("立案类型", "{kind}"),
                        ("发现时间", "{reported_at}"),
                    )
                ),
                Items(intro="接下来的步骤：", slot="next_steps"),
                (
                    "我们会在{answer_by}之前再次答复您。如果包裹已经送达，或您掌握其他情况，"
                    "请在案件中告诉我们。"
                ),
                Action(text="查看您的案件", slot="case_link"),
            ),
            short=(
                "包裹{tracking_number}长时间无物流信息，我们正在查找，将在{answer_by}之前答复。"
                "{case_link}"
            ),
        ),
    },
)
