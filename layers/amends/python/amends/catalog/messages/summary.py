"""Summary: what we understood, sent for confirmation so that both sides share one understanding."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "confirm_link": Slot.LINK,
        "kind": Slot.KIND,
        "understood": Slot.TEXTS,
        "wishes": Slot.TEXT,
        "confirm_by": Slot.MOMENT,
    },
    optional=frozenset({"wishes"}),
    words={
        "en": Words(
            subject="Did we understand you? ({case_number})",
            heading="Did we understand you correctly?",
            body=(
                ("Before we go on we would like to be sure that we see your case as you do."),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Reported as", "{kind}"),
                    )
                ),
                Items(intro="This is what we understood:", slot="understood"),
                "What you would like: {wishes}",
                "Please confirm it or correct it by {confirm_by}.",
                Action(text="Confirm or correct", slot="confirm_link"),
            ),
            short=("Did we understand {case_number}? Please check by {confirm_by}: {confirm_link}"),
        ),
        "zh-CN": Words(
            subject="请核对我们的理解（{case_number}）",
            heading="我们的理解是否正确？",
            body=(
                "在继续处理之前，我们希望确认双方的理解一致。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("问题类型", "{kind}"),
                    )
                ),
                Items(intro="我们的理解如下：", slot="understood"),
                "您的诉求：{wishes}",
                "请在{confirm_by}之前确认或更正。",
                Action(text="确认或更正", slot="confirm_link"),
            ),
            short="请在{confirm_by}之前核对{case_number}的内容：{confirm_link}",
        ),
    },
)
