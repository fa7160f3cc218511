"""Information request: what we still need, why, and until when."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "requests": Slot.TEXTS,
        "reason": Slot.TEXT,
        "due_at": Slot.MOMENT,
    },
    optional=frozenset({"reason"}),
    words={
        "en": Words(
            subject="Please help us with your case ({case_number})",
            heading="We need a few details from you",
            body=(
                "To carry on with your case we need the following from you.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                Items(intro="Please send us:", slot="requests"),
                "Why we ask: {reason}",
                (
                    "Please answer by {due_at}. Until then the clock of your case is "
                    "stopped, and no right of yours is lost."
                ),
                Action(text="Answer and add files", slot="case_link"),
            ),
            short="{case_number}: we need details from you by {due_at}. {case_link}",
        ),
        "zh-CN": Words(
            subject="请协助补充资料（{case_number}）",
            heading="请您补充以下资料",
            body=(
                "为继续处理您的案件，我们需要您补充以下资料。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                Items(intro="请提供：", slot="requests"),
                "需要这些资料的原因：{reason}",
                "请在{due_at}之前提交。在此期间案件暂停计时，您的权利不受影响。",
                Action(text="提交资料", slot="case_link"),
            ),
            short="{case_number}：请在{due_at}之前补充资料。{case_link}",
        ),
    },
)
