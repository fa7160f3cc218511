"""Settlement notice: what comes in place of money has been done."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "remedy_done": Slot.TEXT,
        "amount": Slot.MONEY,
        "sent_at": Slot.MOMENT,
        "how_to_use": Slot.TEXT,
    },
    words={
        "en": Words(
            subject="What we agreed is done: {remedy_done} ({case_number})",
            heading="What we agreed is done",
            body=(
                "We have done what we agreed with you.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("What you get", "{remedy_done}"),
                        ("Worth", "{amount}"),
                        ("Done at", "{sent_at}"),
                    )
                ),
                "{how_to_use}",
                "If it does not reach you or cannot be used, tell us and we will put it right.",
                Action(text="See your case", slot="case_link"),
            ),
            short="Done as agreed: {remedy_done} ({case_number}). {case_link}",
        ),
        "zh-CN": Words(
            subject="双方商定的{remedy_done}已落实（{case_number}）",
            heading="商定事项已落实",
            body=(
                "我们已落实与您商定的事项。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("落实内容", "{remedy_done}"),
                        ("价值", "{amount}"),
                        ("落实时间", "{sent_at}"),
                    )
                ),
                "{how_to_use}",
                "如未收到或无法使用，请告知我们，我们会及时处理。",
                Action(text="查看您的案件", slot="case_link"),
            ),
            short="{remedy_done}已落实（{case_number}）。{case_link}",
        ),
    },
)
