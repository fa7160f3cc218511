"""Redelivery notice: the parcel was recovered and comes to the right person, with a new date."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "expected_on": Slot.DAY,
        "new_tracking_number": Slot.CODE,
        "condition": Slot.TEXT,
    },
    optional=frozenset({"new_tracking_number", "condition"}),
    words={
        "en": Words(
            subject="Your parcel {tracking_number} is on its way to you",
            heading="Your parcel is on its way to you",
            body=(
                (
                    "We have your parcel back and are sending it to you. We apologise for "
                    "the detour."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("New tracking number", "{new_tracking_number}"),
                        ("Expected on", "{expected_on}"),
                        ("Condition", "{condition}"),
                    )
                ),
                (
                    "Please look at it when it comes, and tell us at once if anything is "
                    "missing or damaged."
                ),
                Action(text="See your case", slot="case_link"),
            ),
            short=(
                "Parcel {tracking_number} was recovered and is expected on {expected_on}"
                ". {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="您的包裹{tracking_number}正重新派送",
            heading="您的包裹正重新派送",
            body=(
                "包裹已经追回，正重新派送给您。给您带来的耽误，我们深表歉意。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("新运单号", "{new_tracking_number}"),
                        ("预计送达", "{expected_on}"),
                        ("包裹状况", "{condition}"),
                    )
                ),
                "签收时请当面检查，如有短少或破损请立即告知我们。",
                Action(text="查看您的案件", slot="case_link"),
            ),
            short="包裹{tracking_number}已追回，预计{expected_on}送达。{case_link}",
        ),
    },
)
