"""What was asked is answered: typed, all of it, and the case goes on with a better report."""

from datetime import timedelta

import pytest

from amends.domain.case.events import Event, EvidenceReceived, InformationRequested
from amends.domain.case.vocabulary import Status
from amends.domain.occasion import Occasion
from amends.service.amend import amend
from tests.support.intake_world import NOW, PDF, Intake


@pytest.fixture
def intake() -> Intake:
    return Intake()


def ask(intake: Intake, case_id: str, *items: str) -> None:
    """We ask for these."""
    asked: list[Event] = [InformationRequested(items=items, due_at=NOW + timedelta(days=14))]
    amend(intake.cases, case_id, Occasion(at=NOW, by="test", because="test"), lambda _: asked)


def tell(intake: Intake, case: tuple[str, str], body: object) -> tuple[int, object]:
    told = intake.call("POST", f"/v1/cases/{case[0]}/information", body, token=case[1])
    return told.status, told.body


@pytest.mark.requirement("000-19", "002-20")
def test_answers_correct_the_report_and_the_case_goes_on(intake: Intake) -> None:
    case = intake.report()
    ask(intake, case[0], "shipment.shipped_on", "gross_weight_grams", "items")

    status, body = tell(
        intake,
        case,
        {
            "shipment": {"shipped_on": "2026-10-20", "weight_grams": 480},
            "items": [{"name": "cup", "unit_value": {"amount": "260.00", "currency": "CNY"}}],
        },
    )

    assert status == 200, body
    after = intake.cases.load(case[0])
    assert intake.types(case[0])[-2:] == ["ReportCorrected", "InformationGiven"]
    assert (after.asked_for, after.status) == ((), Status.TRACING)
    assert after.report.shipment.weight_grams == 480
    assert after.report.shipment.carrier == "china_post", "what was not asked again stays"
    assert [item.name for item in after.report.items] == ["cup"]


def test_what_is_left_out_is_named_and_nothing_is_stored(intake: Intake) -> None:
    case = intake.report()
    ask(intake, case[0], "posted_on", "value_proven")

    status, body = tell(intake, case, {"shipment": {"weight_grams": 480}})

    assert status == 422
    assert isinstance(body, dict)
    assert [(error["field"], error["code"]) for error in body["errors"]] == [
        ("shipment.shipped_on", "not_answered"),
        ("value_proven", "not_answered"),
    ]
    assert intake.types(case[0])[-1] == "InformationRequested"
    assert [part for _, part in intake.contacts._parts] == ["report"]


def test_what_nobody_can_say_may_be_left_unknown(intake: Intake) -> None:
    case = intake.report()
    ask(intake, case[0], "gross_weight_grams")

    assert tell(intake, case, {"unknown": ["shipment.weight_grams"]})[0] == 200
    assert intake.types(case[0])[-2:] == ["InformationRequested", "InformationGiven"]
    ask(intake, case[0], "gross_weight_grams")
    status, body = tell(intake, case, {"unknown": ["gross_weight_grams", "your_name"]})
    assert status == 422
    assert isinstance(body, dict)
    assert [error["code"] for error in body["errors"]] == ["not_asked"]


@pytest.mark.parametrize(
    ("body", "field", "code"),
    [
        ({"shipment": {"weight_grams": "480"}}, "shipment.weight_grams", "int_type"),
        ({"shipment": {"shipped_on": "soon"}}, "shipment.shipped_on", "date_from_datetime_parsing"),
        ({"incident": {"kind": "lost"}}, "incident.kind", "not_asked"),
        ({"incident": {"details": {"damage": 7}}}, "incident.details.damage", "unknown"),
        ({"items": []}, "items", "too_short"),
    ],
)  # fmt: skip
def test_answers_are_typed(intake: Intake, body: object, field: str, code: str) -> None:
    case = intake.report()
    ask(intake, case[0], "shipment.weight_grams")

    status, problem = tell(intake, case, body)

    assert status == 422
    assert isinstance(problem, dict)
    assert field in [error["field"] for error in problem["errors"]], problem
    assert code in [error["code"] for error in problem["errors"]], problem


def test_nothing_asked_is_nothing_answered(intake: Intake) -> None:
    status, body = tell(intake, intake.report(), {"shipment": {"weight_grams": 480}})

    assert status == 409
    assert isinstance(body, dict)
    assert body["code"] == "out_of_order"


def test_a_corrected_number_is_asked_about_at_once(intake: Intake) -> None:
    case = intake.report()
    ask(intake, case[0], "shipment.tracking_number")

    tell(intake, case, {"shipment": {"tracking_number": "rr 473124829 cn"}})

    assert intake.watched == ["RR123456785CN", "RR473124829CN"]
    assert intake.cases.load(case[0]).report.shipment.tracking_number == "RR473124829CN"


def test_persons_go_to_the_contacts_and_never_into_the_history(intake: Intake) -> None:
    case = intake.report()
    ask(intake, case[0], "addressee")

    assert tell(intake, case, {"addressee": {"name": "Erika", "phone": "+49 170 1"}})[0] == 200

    contact = intake.contacts.get(case[0], "report")
    assert contact is not None
    assert contact["addressee"] == {"name": "Erika", "phone": "+49 170 1"}
    assert isinstance(contact["reporter"], dict)
    assert contact["reporter"]["name"] == "Li Lei"
    assert "Erika" not in repr(intake.cases.history(case[0]))


def test_the_document_that_was_asked_for_answers_by_arriving(intake: Intake) -> None:
    case = intake.report()
    ask(intake, case[0], "value_proven")

    intake.upload(intake.announce(*case, PDF), PDF)

    assert intake.types(case[0])[-2:] == ["EvidenceReceived", "InformationGiven"]
    assert isinstance(intake.cases.history(case[0])[-2].event, EvidenceReceived)


def test_an_answer_after_long_silence_opens_the_case_again(intake: Intake) -> None:
    from amends.domain.case.events import CaseClosed
    from amends.domain.case.vocabulary import Outcome

    case = intake.report()
    ask(intake, case[0], "shipment.weight_grams")
    amend(
        intake.cases,
        case[0],
        Occasion(at=NOW, by="sweep", because="test"),
        lambda now: [CaseClosed(outcome=Outcome.WITHDRAWN)] if now.is_open else [],
    )

    assert tell(intake, case, {"shipment": {"weight_grams": 480}})[0] == 200
    assert intake.cases.load(case[0]).is_open
