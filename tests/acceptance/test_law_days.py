"""The law's days: on the case from its report on, by regime and lane, and warned of in time."""

from datetime import date, timedelta
from typing import Any

import pytest

from amends.domain.case.events import DeadlinesSet, DeadlineWarned
from amends.domain.case.state.agreement import CaseDeadline, Presumed
from amends.domain.case.vocabulary import Kind, Stage
from amends.web.case_view import case_document
from tests.support.agreement_world import AgreementWorld
from tests.support.people_world import World


def reported(**shipment: Any) -> AgreementWorld:
    world = AgreementWorld()
    world.begin(**shipment)
    assert world.case().stage in (Stage.TRACING, Stage.INVESTIGATING)
    assert world.case().assessed is None
    return world


@pytest.mark.requirement("001-14", "002-23")
def test_the_days_stand_on_the_case_from_its_report_on_each_with_its_rule_and_regime() -> None:
    document = case_document(reported().case())

    days = {one["name"]: one for one in document["deadlines"]}
    assert set(days) == {"inquiry", "inquiry_china", "payment", "appeal", "action"}
    assert days["inquiry"]["met"] is True  # the report came in time
    assert days["action"]["due_at"] == "2029-02-20"
    assert days["action"]["rule"] == "civil_code.188"
    assert days["appeal"]["due_at"] == "2027-03-02"
    assert {one["regime"] for one in days.values()} == {"upu.registered"}
    assert all(one["source"] for one in days.values())
    assert document["presumed_loss"] == {
        "first_day": "2026-05-02",
        "rule": "cn.postal_law.49.2",
        "source": "Postal Law 49",
    }


@pytest.mark.parametrize(
    ("lane", "regime", "presumed"),
    [
        (
            {"carrier": "usps", "origin_country": "US", "destination_country": "US"},
            "usps.dom",
            "dmm.609.1",
        ),
        (
            {"carrier": "dhl_paket", "origin_country": "DE", "destination_country": "DE"},
            None,
            "dp_dhl.lost",
        ),
        (
            {"carrier": "jd", "origin_country": "CN", "destination_country": "CN"},
            "cn.jd",
            "house.give_up",
        ),
    ],
)
def test_when_a_parcel_counts_as_lost_depends_on_regime_and_lane(
    lane: dict[str, str], regime: str | None, presumed: str
) -> None:
    service = "parcel" if lane["carrier"] != "jd" else "express"
    case = reported(service=service, registration_fee=None, **lane).case()

    assert {one.regime for one in case.agreement.deadlines} <= {regime}
    assert case.agreement.presumed is not None
    assert case.agreement.presumed.rule == presumed


def test_where_no_carrier_is_named_the_soonest_day_of_those_that_it_may_be_counts() -> None:
    named, unnamed = reported(), reported(carrier=None)

    days = unnamed.case().agreement.deadlines
    assert {one.name for one in days} >= {"action", "appeal"}
    assert min(one.last_day for one in days) <= min(
        one.last_day for one in named.case().agreement.deadlines
    )


def test_days_that_are_known_are_not_told_twice_and_what_lapses_takes_nothing_away() -> None:
    world = reported()

    world.wait(days=40)

    assert world.events().count("DeadlinesSet") == 1


@pytest.mark.requirement("001-14", "004-23")
def test_a_day_is_warned_of_while_the_parcel_is_still_looked_for() -> None:
    world = reported()
    assert "DeadlineWarned" not in world.events()

    world.now += timedelta(days=150)  # the Chinese post may be asked for 180 days from posting
    world.settle()

    warned = [one.event for one in world.cases.history("case_1")]
    assert DeadlineWarned(name="inquiry_china") in warned
    assert "deadline:inquiry_china" not in world.case().waits


@pytest.mark.requirement("001-14")
def test_claimant_and_staff_hear_of_a_day_before_it_lapses_and_of_ours_only_staff() -> None:
    world = World()
    case = world.open()
    days = tuple(
        CaseDeadline(name=name, last_day=date(2026, 12, 18), rule=rule, source=f"source of {rule}")
        for name, rule in (("action", "montreal.35"), ("payment", "upu.25"))
    )
    presumed = Presumed(first_day=date(2026, 12, 20), rule="x", source="y")
    world.happen(case, DeadlinesSet(deadlines=days, presumed=presumed))
    world.happen(case, DeadlineWarned(name="action"), DeadlineWarned(name="payment"))

    world.told(case)
    world.sweep()

    warning = next(one for one in world.messenger.sent if "《蒙特利尔公约》第35条" in one["text"])
    assert "2026年12月18日" in warning["text"]
    assert "提起诉讼" in warning["text"]
    codes = world.codes()
    assert (codes.count("deadline_warning"), codes.count("escalation")) == (1, 2)


def test_a_draft_and_a_parcel_that_nobody_can_place_have_no_days() -> None:
    world = AgreementWorld()
    world.begin(Kind.LOST, carrier=None, tracking_number="X-1", shipped_on=None)

    assert world.case().agreement.deadlines == ()
