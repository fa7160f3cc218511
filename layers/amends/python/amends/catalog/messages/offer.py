"""Offer: what we propose, how it was worked out, and until when it stands."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "remedy": Slot.TEXT,
        "amount": Slot.MONEY,
        "calculation": Slot.TEXTS,
        "expires_at": Slot.MOMENT,
    },
    optional=frozenset({"amount"}),
    words={
        "en": Words(
            subject="Our offer to you ({case_number})",
            heading="Our offer to you",
            body=(
                (
                    "We have worked out what is owed to you and would like to settle your "
                    "case as follows."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("We offer", "{remedy}"),
                        ("Amount", "{amount}"),
                        ("Open until", "{expires_at}"),
                    )
                ),
                Items(intro="How we worked it out:", slot="calculation"),
                (
                    "You may accept, refuse or tell us what you would find fair. Refusing "
                    "costs you nothing, and your rights remain."
                ),
                Action(text="Read and answer the offer", slot="case_link"),
            ),
            short=("We have an offer for {case_number}, open until {expires_at}. {case_link}"),
        ),
        "zh-CN": Words(
            subject="我们的赔付方案（{case_number}）",
            heading="我们的赔付方案",
            body=(
                "我们已核定应付的赔偿，建议按以下方案解决您的案件。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("方案", "{remedy}"),
                        ("金额", "{amount}"),
                        ("有效期至", "{expires_at}"),
                    )
                ),
                Items(intro="核定过程：", slot="calculation"),
                (
                    "您可以接受、拒绝，或告诉我们您认为合理的方案。拒绝方案不会产生任何费用，"
                    "也不影响您的权利。"
                ),
                Action(text="查看并答复方案", slot="case_link"),
            ),
            short="{case_number}的赔付方案已出，有效期至{expires_at}。{case_link}",
        ),
    },
)
