"""Reply: what one of us wrote to the claimant, in the case's thread."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Paragraphs, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "said": Slot.TEXTS,
    },
    is_prompt=True,
    words={
        "en": Words(
            subject="An answer from us ({case_number})",
            heading="We have written to you",
            body=(
                Paragraphs(slot="said"),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                "You can answer this message, or write to us in your case.",
                Action(text="Answer in your case", slot="case_link"),
            ),
            short="There is a message for you in {case_number}. {case_link}",
        ),
        "zh-CN": Words(
            subject="您有一条新回复（{case_number}）",
            heading="我们给您留言了",
            body=(
                Paragraphs(slot="said"),
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                "您可以直接回复本消息，也可以在案件页面留言。",
                Action(text="在案件页面回复", slot="case_link"),
            ),
            short="{case_number}有一条给您的留言：{case_link}",
        ),
    },
)
