"""A report becomes a case, and may be taken back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.domain.case.events import CaseOpened, CaseWithdrawn, ReportCorrected
from amends.domain.case.evolution import replay
from amends.domain.case.intake import open_case, withdraw
from amends.domain.case.report import Report
from amends.domain.case.state.settlement import OfferState
from amends.domain.case.vocabulary import Outcome, Stage
from amends.domain.refusal import Invalid, OutOfOrder
from tests.support.event_samples import CASE_ID, REPORT, SAMPLES
from tests.support.histories import OFFERED, REQUESTED, SURVEYED, given, occasion, recorded, then


def opening(report: Report = REPORT) -> CaseOpened:
    (event,) = open_case(
        report,
        case_id=CASE_ID,
        number_valid=True,
        token_hash="9f86d081884c7d65",
        merchant="mer_tea",
        occasion=occasion(),
    )
    assert isinstance(event, CaseOpened)
    return event


@pytest.mark.requirement("000-5", "000-18")
def test_a_report_opens_a_case_that_is_traced_at_once() -> None:
    event = opening()
    case = replay(recorded([event], occasion()))

    assert event == SAMPLES["CaseOpened"]
    assert (case.stage, case.version, case.due_at) == (Stage.TRACING, 1, occasion().at)


def test_a_number_that_merely_looks_wrong_is_kept() -> None:
    (event,) = open_case(
        REPORT,
        case_id=CASE_ID,
        number_valid=False,
        token_hash="x",
        merchant=None,
        occasion=occasion(),
    )

    assert isinstance(event, CaseOpened)
    assert event.number_valid is False


def test_every_date_that_lies_in_the_future_is_named() -> None:
    later = occasion(timedelta(days=3)).at
    report = replace(
        REPORT, noticed_at=later, shipment=replace(REPORT.shipment, shipped_on=later.date())
    )

    with pytest.raises(Invalid) as refused:
        opening(report)

    assert [error.field for error in refused.value.errors] == [
        "incident.noticed_at",
        "shipment.shipped_on",
    ]


def test_tomorrow_is_today_somewhere_on_earth() -> None:
    tomorrow = occasion(timedelta(hours=20)).at
    shipment = replace(REPORT.shipment, shipped_on=tomorrow.date())

    assert opening(replace(REPORT, noticed_at=tomorrow, shipment=shipment)).case_id == CASE_ID


@pytest.mark.parametrize("history", [("CaseOpened",), OFFERED])
def test_a_case_is_withdrawn_once(history: tuple[str, ...]) -> None:
    case = given(*history)
    events = withdraw(case, "it has arrived")
    closed = then(case, events)

    assert events[0] == CaseWithdrawn(reason="it has arrived")
    assert (closed.stage, closed.outcome, closed.due_at) == (Stage.CLOSED, Outcome.WITHDRAWN, None)
    assert withdraw(closed, "again") == []


def test_nothing_can_be_accepted_in_a_withdrawn_case() -> None:
    case = given(*OFFERED)

    closed = then(case, withdraw(case, "it has arrived"))

    assert closed.open_offer is None
    assert [offer.state for offer in closed.offers] == [OfferState.EXPIRED]


@pytest.mark.parametrize("history", [REQUESTED, (*SURVEYED, "CaseClosed")])
def test_a_case_whose_money_is_on_its_way_is_not_withdrawn(history: tuple[str, ...]) -> None:
    with pytest.raises(OutOfOrder):
        withdraw(given(*history), "too late")


def test_a_report_that_is_told_better_keeps_its_case() -> None:
    better = replace(REPORT, items=())

    case = given("CaseOpened", ReportCorrected(report=better))

    assert (case.report, case.id) == (better, CASE_ID)
