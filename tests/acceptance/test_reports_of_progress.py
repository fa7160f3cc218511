"""Nobody is left in silence, woken at night or sent what they muted."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.domain.case.events import OfferMade
from amends.domain.people.posting import PostingState
from tests.support.event_samples import REPORT, sample
from tests.support.people_world import ERIKA, World


@pytest.mark.requirement("003-15")
def test_what_is_not_urgent_waits_for_the_morning_of_its_reader() -> None:
    world = World(now=World().now.replace(hour=16))  # midnight in China
    case = world.open()
    world.happen(case, sample(OfferMade))
    world.told(case)

    assert world.codes() == ["acknowledgement"]  # answers an act of theirs, silently
    world.now += timedelta(hours=7, minutes=59)
    world.sweep()
    assert world.codes() == ["acknowledgement"]
    world.now += timedelta(minutes=1)
    world.sweep()
    assert "offer" in world.codes()


@pytest.mark.requirement("003-12", "003-15", "001-19")
def test_silence_ends_with_a_progress_report_and_each_report_is_one() -> None:
    world = World()
    case = world.open()
    world.told(case)

    for _ in range(12):
        world.now += timedelta(hours=12)
        world.sweep()

    reports = [code for code in world.codes() if code == "progress_report"]
    assert len(reports) == 2  # in six days of tracing, at a cadence of three


@pytest.mark.requirement("003-15")
def test_who_mutes_reports_gets_none_and_still_gets_what_carries_a_right() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"muted": ["progress_report"]})
    world.told(case)
    for _ in range(6):
        world.now += timedelta(hours=12)
        world.sweep()
    world.happen(case, sample(OfferMade))
    world.told(case)

    assert world.codes()[0] == "acknowledgement"
    assert "progress_report" not in world.codes()
    assert world.codes()[-1] == "offer"


def test_one_click_unsubscribes_only_when_it_is_a_post() -> None:
    world = World()
    case = world.open()
    world.told(case)
    for _ in range(8):
        world.now += timedelta(hours=12)
        world.sweep()
    links = [one["unsubscribe"] for one in world.messenger.sent if one["unsubscribe"]]
    link = links[0].removeprefix("https://amends.example")
    assert world.messenger.sent[0]["unsubscribe"] == ""

    assert world.call("GET", link)[0] == 200
    assert world.as_claimant(case, "GET", "preferences")["muted"] == []
    assert world.call("POST", link)[0] == 200
    assert world.call("POST", link)[0] == 200
    assert world.as_claimant(case, "GET", "preferences")["muted"] == ["progress_report"]
    assert world.call("POST", f"{link[:-1]}x")[0] == 404


@pytest.mark.requirement("003-12", "003-15")
def test_reports_of_several_cases_to_one_reader_go_out_as_one() -> None:
    world = World()
    numbers = ("RR123456785CN", "RR987654326CN")
    for number, mark in zip(numbers, "01", strict=True):
        shipment = replace(REPORT.shipment, tracking_number=number)
        world.told(world.open(case_id=f"case_{mark}123456789abcdefghjkmnpqrs", shipment=shipment))
    world.messenger.sent.clear()

    for _ in range(6):
        world.now += timedelta(hours=12)
        world.sweep()

    (digest,) = [one for one in world.messenger.sent if all(n in one["text"] for n in numbers)]
    assert digest["to"] == ERIKA["email"]
    assert world.codes().count("progress_report") == 1
    ended = [row.state for row in world.postings.rows.values()]
    assert ended.count(PostingState.DIGESTED) == 1
