"""Staff ask a carrier: a form that is whole, a clock of its own, an answer."""

import pytest

from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Step
from tests.support.investigation_world import World

INVESTIGATOR = "investigator:bo"
LEFT_ON_THE_ROAD = (
    ("Hangzhou", Step.ARRIVED, 230),
    ("Hangzhou", Step.DEPARTED, 220),
    ("Shanghai", Step.ARRIVED, 210),
    ("Shanghai", Step.DEPARTED, 200),
)


def lost(*stops: tuple[str, Step, float], **changes: object) -> World:
    """A lost parcel whose investigation has opened by itself."""
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"}, **changes)
    world.scanned(*stops)
    world.wait(hours=0.1)
    return world


@pytest.mark.requirement("001-6")
def test_an_inquiry_is_sent_acknowledged_and_answered_with_a_clock_of_its_own() -> None:
    world = lost(*LEFT_ON_THE_ROAD)
    world.staff(INVESTIGATOR, "inquiries", {"to": "deutsche_post"})
    (inquiry,) = world.case().investigation.inquiries
    assert f"inquiry:{inquiry.id}" in world.case().waits
    world.staff(INVESTIGATOR, f"inquiries/{inquiry.id}/acknowledgement", {"reference": "DE-88120"})
    world.staff(
        INVESTIGATOR,
        f"inquiries/{inquiry.id}/reply",
        {"finding": "no_trace", "detail": "never received here"},
    )

    (inquiry,) = world.case().investigation.inquiries
    assert (inquiry.state, inquiry.reference, inquiry.finding) == (
        "replied",
        "DE-88120",
        "no_trace",
    )
    assert f"inquiry:{inquiry.id}" not in world.case().waits


def test_an_inquiry_that_lacks_a_field_of_the_form_is_refused_by_name() -> None:
    world = lost(*LEFT_ON_THE_ROAD, shipment={"shipped_on": None}, items=[])

    refused = world.refused(INVESTIGATOR, "inquiries", {"to": "deutsche_post"})

    assert {error["field"] for error in refused["errors"]} == {"form.posted_on", "form.contents"}
