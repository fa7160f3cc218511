"""Apology: what went wrong, and the measures taken so that it does not happen again."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "what_happened": Slot.TEXT,
        "measures": Slot.TEXTS,
        "expected_on": Slot.DAY,
    },
    optional=frozenset({"expected_on"}),
    words={
        "en": Words(
            subject="Our apology for what happened ({case_number})",
            heading="We are sorry",
            body=(
                (
                    "We did not handle your parcel as you may expect of us, and we sincerely "
                    "apologise."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                "What happened: {what_happened}",
                Items(intro="What we have done about it:", slot="measures"),
                "We expect your parcel to reach you by {expected_on}.",
                (
                    "If anything is still not right, please tell us. We will put it right "
                    "together with you."
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short=(
                "We apologise for what happened to parcel {tracking_number}. What we did "
                "about it: {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="向您诚恳致歉（{case_number}）",
            heading="我们向您诚恳道歉",
            body=(
                "您的包裹没有得到应有的妥善处理，我们向您诚恳道歉。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                "事情经过：{what_happened}",
                Items(intro="我们已采取的措施：", slot="measures"),
                "包裹预计在{expected_on}之前送达。",
                "如果仍有不满意的地方，请告诉我们，我们会与您一起妥善解决。",
                Action(text="查看您的案件", slot="case_link"),
            ),
            short=("包裹{tracking_number}给您添了麻烦，我们诚恳道歉。处理措施请见：{case_link}"),
        ),
    },
)
