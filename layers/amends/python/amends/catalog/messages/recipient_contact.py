"""Recipient contact: somebody may hold a parcel that is not theirs; asked, not blamed."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.RECIPIENT,
    slots={
        "reference": Slot.CODE,
        "delivered_on": Slot.DAY,
        "reply_link": Slot.LINK,
        "area": Slot.TEXT,
        "answer_by": Slot.MOMENT,
    },
    optional=frozenset({"area"}),
    words={
        "en": Words(
            subject="May we ask for your help? Reference {reference}",
            heading="May we ask for your help?",
            body=(
                (
                    "A parcel may have been handed to you by mistake. The mistake is ours, "
                    "and you have done nothing wrong."
                ),
                Facts(
                    rows=(
                        ("Reference", "{reference}"),
                        ("Handed over on", "{delivered_on}"),
                        ("Area", "{area}"),
                    )
                ),
                (
                    "If you have a parcel that is not addressed to you, please leave it "
                    "closed and let us know by {answer_by}. If you do not have it, one tap "
                    "tells us so."
                ),
                (
                    "We will collect it from you free of charge, and we would like to thank "
                    "you for your trouble."
                ),
                Action(text="Tell us whether you have it", slot="reply_link"),
            ),
            short=(
                "A parcel may have reached you by mistake (reference {reference}). "
                "Please tell us: {reply_link}"
            ),
        ),
        "zh-CN": Words(
            subject="想请您协助核实一件包裹（{reference}）",
            heading="想请您帮个忙",
            body=(
                "可能有一件包裹因我们的失误错投到您处。这是我们的过错，与您无关。",
                Facts(
                    rows=(
                        ("查询编号", "{reference}"),
                        ("投递日期", "{delivered_on}"),
                        ("区域", "{area}"),
                    )
                ),
                (
                    "如果您收到了不属于您的包裹，请不要拆开，并在{answer_by}之前告知我们。如"
                    "果没有收到，也只需轻点一下告知即可。"
                ),
                "我们会免费上门取回，并向您致谢。",
                Action(text="告知是否收到", slot="reply_link"),
            ),
            short="可能有一件包裹错投到您处（编号{reference}），请协助核实：{reply_link}",
        ),
    },
)
