"""Every kind of incident keeps the shelf's promises, without a test of its own."""

from datetime import datetime, timedelta
from typing import cast

import pytest

from amends.catalog import codes, plugin
from amends.catalog.questions import questions
from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, KindChanged
from amends.domain.case.incident import Incident, WaitUntil
from amends.domain.case.question import AnswerType, read_answers
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.vocabulary import Finding, Kind
from amends.domain.parcel.vocabulary import Milestone
from amends.domain.people.mail_report import KIND_WORDS
from amends.domain.people.phrases import KINDS
from amends.domain.people.script import ADVICE, CHANNELS
from amends.domain.refusal import Invalid
from amends.service.investigation.investigating import details_of
from amends.service.people.scripting import script_for
from tests.support.investigation_reports import report_of
from tests.support.investigation_world import World

LANGUAGES = {"en", "zh-CN"}


def incident(code: str) -> Incident:
    return cast("Incident", plugin("incidents", code))


def opened(code: str) -> tuple[World, Case]:
    world = World()
    return world, world.report(Kind(code))


def test_there_is_a_file_for_every_kind_and_a_kind_for_every_file() -> None:
    assert set(codes("incidents")) == set(Kind)


@pytest.mark.parametrize("code", sorted(Kind))
def test_every_text_stands_in_every_language(code: str) -> None:
    kind = incident(code)
    texts = [question.text for question in kind.DETAILS]
    texts += [text for doc in kind.DOCUMENTS for text in (doc.text, doc.why)]
    for plan in kind.TASKS:
        texts += [question.text for question in questions(plan.role)]
    assert all(set(text) == LANGUAGES and all(text.values()) for text in texts)


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_its_name_its_questions_at_a_desk_and_its_words_in_a_mail(
    kind: Kind,
) -> None:
    assert all(KINDS[language].get(kind) for language in LANGUAGES), "domain/people/phrases.py"
    assert kind in ADVICE, "domain/people/script.py"
    for language in LANGUAGES:
        assert all(script_for(kind, language, channel).advice for channel in CHANNELS)
    assert KIND_WORDS.get(kind), "domain/people/mail_report.py"


@pytest.mark.parametrize("role", list(TaskRole))
def test_every_role_is_asked_something_typed(role: TaskRole) -> None:
    asked = questions(role)
    assert any(question.is_required for question in asked)
    assert len({question.code for question in asked}) == len(asked)
    assert all(q.choices for q in asked if q.type is AnswerType.CHOICE)
    for question in asked:
        if question.needs is not None:
            assert question.needs[0] in {other.code for other in asked}


@pytest.mark.parametrize("code", sorted(Kind))
def test_every_figure_says_where_it_is_from_and_how_sure_it_is(code: str) -> None:
    for threshold in incident(code).THRESHOLDS:
        assert threshold.source
        assert threshold.confidence in ("high", "medium", "low")
    assert incident(code).THRESHOLDS


@pytest.mark.parametrize("code", sorted(Kind))
def test_wrong_and_unknown_details_are_refused(code: str) -> None:
    with pytest.raises(Invalid) as refused:
        details_of(Kind(code), {"no_such_detail": 1, incident(code).DETAILS[0].code: []})
    assert {error.code for error in refused.value.errors} == {"unknown", "wrong_type"}
    with pytest.raises(Invalid):
        read_answers(incident(code).DETAILS, {"no_such_detail": True}, path="details")


@pytest.mark.parametrize("code", sorted(Kind))
def test_what_is_missing_is_named_by_its_path(code: str) -> None:
    bare = report_of(Kind(code), carrier=None, shipped_on=None)
    missing = incident(code).missing(bare)
    assert {"shipment.carrier", "shipment.shipped_on"} <= set(missing)
    for question in incident(code).DETAILS:
        if question.is_required:
            assert f"incident.details.{question.code}" in missing


@pytest.mark.parametrize("milestone", [None, *Milestone])
@pytest.mark.parametrize("code", sorted(Kind))
def test_every_kind_ends_or_becomes_another_by_its_date(
    code: str, milestone: Milestone | None
) -> None:
    world, _ = opened(code)
    if milestone is not None:
        world.read(milestone)
    case = world.case()
    if case.conclusion is not None:
        return
    at: datetime = world.now
    for _ in range(400):
        verdict = incident(code).verdict(case, presumed_from=None, at=at)
        if not isinstance(verdict, WaitUntil):
            break
        assert at < verdict.at <= at + timedelta(days=1)
        at = verdict.at
    assert isinstance(verdict, Concluded | KindChanged)
    if isinstance(verdict, KindChanged):
        assert verdict.after in (Kind.LOST, Kind.DELAYED)
        assert verdict.because


@pytest.mark.parametrize("code", sorted(set(Kind) - {"prohibited_contents"}))
def test_a_carriers_word_that_it_is_lost_ends_every_kind_as_lost(code: str) -> None:
    world, _ = opened(code)
    case = world.read(Milestone.LOST)
    assert case.conclusion is not None
    assert case.conclusion.finding is Finding.LOST
    assert case.report.kind is Kind.LOST
