"""Missed call: we called and reached nobody; how to reach us instead."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
    },
    words={
        "en": Words(
            subject="We tried to call you ({case_number})",
            heading="We could not reach you",
            body=(
                "We called you several times to talk about your case, and could not reach you.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                "Please write to us when it suits you, or tell us when we may call.",
                Action(text="Write to us", slot="case_link"),
            ),
            short="We could not reach you about {case_number}. Write to us: {case_link}",
        ),
        "zh-CN": Words(
            subject="我们未能联系到您（{case_number}）",
            heading="我们未能联系到您",
            body=(
                "我们多次致电，希望与您沟通案件情况，但未能接通。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                "请在方便时给我们留言，或告知可以致电的时间。",
                Action(text="给我们留言", slot="case_link"),
            ),
            short="我们未能联系到您，请就{case_number}留言：{case_link}",
        ),
    },
)
