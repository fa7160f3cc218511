"""People verify documents: the checklist of kind and regime, a yes, a no with its reason."""

from dataclasses import replace
from datetime import timedelta

import pytest

from amends.domain.case.events import (
    DocumentVerified,
    Event,
    EvidenceExpected,
    EvidenceReceived,
)
from amends.domain.case.state.upload import Flaw
from amends.domain.case.vocabulary import Kind, Role
from amends.domain.money import Money
from amends.service.amend import amend
from amends.service.assessment.facts import facts_of
from amends.service.papers.checklist import checklist, completeness
from amends.web.case_view import case_document
from amends.web.evidence_view import checklist_document
from amends.web.router import Router
from claim_settle.procedures import ENDPOINTS
from tests.support.agreement_world import ADJUSTER, AgreementWorld
from tests.support.event_samples import sample
from tests.support.people_world import World as People
from tests.support.proofs import prove


@pytest.fixture
def world() -> AgreementWorld:
    world = AgreementWorld()
    world.begin()
    world.upload("posting_receipt", "value_proof")
    return world


def lines(world: AgreementWorld) -> dict[str, str]:
    return {line.kind: line.status for line in checklist(world.case())}


def look(world: AgreementWorld, kind: str, **body: object) -> None:
    world.staff(ADJUSTER, f"evidence/evd_{kind}/verification", body)


@pytest.mark.requirement("004-22", "002-11", "001-11")
def test_a_document_is_accepted_or_refused_with_a_reason_and_the_score_follows(
    world: AgreementWorld,
) -> None:
    assert completeness(checklist(world.case())) == 100
    look(world, "posting_receipt", accept=True)
    look(world, "value_proof", accept=False, flaw="incomplete", because="the total is cut off")

    document = checklist_document(world.case(), checklist(world.case()), world.evidence, "en")
    told = {line["kind"]: line for line in document["data"]}
    assert (document["required"], document["received"], document["accepted"]) == (2, 1, 1)
    assert document["completeness"] == 50
    assert told["posting_receipt"]["status"] == "accepted"
    (refused,) = told["value_proof"]["files"]
    assert (told["value_proof"]["status"], refused["verification"]) == ("to_replace", "refused")
    assert (refused["flaw"], refused["because"]) == ("incomplete", "the total is cut off")
    assert "send the whole document" in refused["message"]
    assert told["value_proof"]["replace_by"] is not None
    (action,) = [
        one
        for one in case_document(world.case())["available_actions"]
        if one["action"] == "replace_document"
    ]
    assert action["mandatory"] is True


@pytest.mark.requirement("004-22")
def test_what_is_refused_proves_nothing_and_what_replaces_it_does(world: AgreementWorld) -> None:
    def is_proven() -> object:
        return facts_of(world.case(), as_of=world.now.date(), rates={})["value_proven"]

    assert is_proven() is True
    look(world, "value_proof", accept=False, flaw="illegible")
    assert is_proven() is False

    another = replace(sample(EvidenceExpected), evidence_id="evd_second", kind="value_proof")
    came: list[Event] = [another, EvidenceReceived(evidence_id="evd_second")]
    amend(world.cases, world.id, world.occasion("claimant"), lambda _: came)
    assert is_proven() is True
    assert "document:value_proof" not in world.case().waits


def test_the_day_for_another_document_passes_and_staff_are_told(world: AgreementWorld) -> None:
    look(world, "value_proof", accept=False, flaw="altered", days=5)

    world.wait(days=6)

    assert "document:value_proof>supervisor" in world.case().investigation.escalations


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"accept": False}, "unknown_value"),
        ({"accept": False, "flaw": "ugly"}, "unknown_value"),
        ({"accept": False, "flaw": "altered", "days": 0}, "out_of_range"),
    ],
)
def test_a_no_names_its_reason_and_leaves_time(
    world: AgreementWorld, body: dict[str, object], code: str
) -> None:
    told = world.refused(ADJUSTER, "evidence/evd_value_proof/verification", body)

    assert [error["code"] for error in told["errors"]] == [code]


def test_what_has_not_come_and_who_may_not_look_are_refused(world: AgreementWorld) -> None:
    path = "evidence/evd_other/verification"
    assert world.refused(ADJUSTER, path, {"accept": True})["code"] == "not_found"
    path = "evidence/evd_value_proof/verification"
    assert world.refused("agent:max", path, {"accept": True})["code"] == "forbidden"


def test_the_same_word_twice_is_said_once(world: AgreementWorld) -> None:
    for _ in range(2):
        look(world, "value_proof", accept=False, flaw="altered")

    assert world.events().count("DocumentVerified") == 1


@pytest.mark.requirement("001-10", "002-23")
def test_the_checklist_is_that_of_kind_and_regime() -> None:
    world = AgreementWorld()
    world.begin(
        Kind.LOST,
        role=Role.ADDRESSEE,
        service="insured_parcel",
        insured_value=Money.of("300.00", "CNY"),
    )

    told = lines(world)

    assert {"posting_receipt", "value_proof", "waiver", "insurance_proof"} <= set(told)
    assert "customs_declaration" in told
    assert "commercial_invoice" not in told
    required = [
        one.kind for one in checklist(world.case()) if one.document and one.document.is_required
    ]
    assert {"waiver", "insurance_proof"} <= set(required)


@pytest.mark.requirement("000-19", "004-22")
@pytest.mark.parametrize(("language", "words"), [("en", "changed"), ("zh-CN", "改动")])
def test_the_claimant_is_asked_for_another_with_reason_and_day(language: str, words: str) -> None:
    people = People()
    case = people.open(language=language)
    refused = replace(
        sample(DocumentVerified),
        flaw=Flaw.ALTERED,
        because=None,
        replace_by=people.now + timedelta(days=14),
    )
    people.happen(case, sample(DocumentVerified), refused)

    people.told(case)

    assert people.codes() == ["acknowledgement", "replacement_request"]  # a yes needs no letter
    assert words in people.messenger.sent[-1]["text"]


@pytest.mark.requirement("002-23")
def test_the_procedure_is_published_with_documents_steps_and_reasons() -> None:
    path = "/v1/compensation/procedures"
    world = AgreementWorld()
    world.router = Router(*ENDPOINTS, prove=prove)
    status, told = world.call("GET", f"{path}/lost?regime=upu.insured")
    assert status == 200, told

    kinds = {one["kind"] for one in told["documents"]}
    assert {"posting_receipt", "value_proof", "insurance_proof"} <= kinds
    assert next(one["step"] for one in told["steps"]) == "report"
    assert {one["code"] for one in told["decline_reasons"]} >= {"force_majeure", "not_covered"}
    assert {one["code"] for one in told["document_reasons"]} >= {"illegible", "altered"}
    assert all(one["text"] for one in told["document_reasons"])
    assert world.call("GET", f"{path}/eaten")[0] == 404
    assert world.call("GET", f"{path}/lost?regime=house.rules")[0] == 422
