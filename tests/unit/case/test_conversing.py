"""The thread of a case: first words, owed answers, shared understanding, calls and reports."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CallMade,
    CallOverdue,
    CallPlanned,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    FirstReplied,
    ProgressTold,
    ReplyOverdue,
    SummaryAnswered,
    SummaryLapsed,
    SurveyReminded,
)
from amends.domain.case.evolution.talking import ANSWER_WITHIN, CONFIRM_WITHIN, NIGHT
from amends.domain.case.report import Report
from amends.domain.case.state.talking import NoReply, SummaryState, Voice
from amends.domain.case.talking import aftercare, conversing, work
from amends.domain.case.talking.conversing import CALL_WITHIN
from amends.domain.case.vocabulary import ReportChannel
from amends.domain.people.message import Way
from amends.domain.people.survey import Answer
from amends.domain.people.timing import CADENCE, Preferences
from amends.domain.refusal import NotFound, OutOfOrder
from tests.support.event_samples import sample
from tests.support.histories import OFFERED, SURVEYED, given, occasion, then

READER = Preferences(zone=ZoneInfo("Europe/Berlin"), ways=(Way.EMAIL,))


def said(case: Case, id_: str, voice: Voice, *, internal: bool = False) -> Case:
    return then(case, conversing.post(case, id_, voice, channel="web", is_internal=internal))


@pytest.mark.requirement("002-20", "004-1")
def test_the_first_words_of_staff_stop_the_clock_of_the_first_reply_and_notes_do_not() -> None:
    case = given("CaseOpened")

    noted = conversing.post(case, "msg_1", Voice.STAFF, channel="desk", is_internal=True)
    replied = conversing.post(case, "msg_2", Voice.STAFF, channel="desk")

    assert FirstReplied() not in noted
    assert FirstReplied() in replied
    assert conversing.post(then(case, replied), "msg_2", Voice.STAFF, channel="desk") == []


@pytest.mark.requirement("002-16")
def test_what_a_claimant_writes_is_owed_an_answer_until_it_has_one() -> None:
    asked = said(given("CaseOpened"), "msg_1", Voice.CLAIMANT)
    late = occasion(ANSWER_WITHIN)

    assert asked.waits["reply"] == late.at
    assert conversing.overdue(asked, occasion(timedelta(hours=1))) == []
    (owed,) = conversing.overdue(asked, late)
    assert isinstance(owed, ReplyOverdue)
    again = then(asked, [owed], late)
    assert again.waits["reply"] == owed.again_at > late.at
    noted = said(again, "msg_2", Voice.STAFF, internal=True)
    assert "reply" in noted.waits
    assert "reply" not in said(noted, "msg_3", Voice.STAFF).waits


@pytest.mark.requirement("002-16")
def test_a_closed_case_that_is_written_to_waits_for_the_answer_and_for_nothing_else() -> None:
    closed = given(*SURVEYED, "CaseClosed")

    wrote = said(closed, "msg_1", Voice.CLAIMANT)
    (owed,) = conversing.overdue(wrote, occasion(ANSWER_WITHIN))
    late = then(wrote, [owed], occasion(ANSWER_WITHIN))

    assert closed.due_at is None
    assert dict(wrote.waits) == {"reply": occasion(ANSWER_WITHIN).at}
    assert isinstance(owed, ReplyOverdue)
    assert (late.overdue_since, late.is_open) == (occasion(ANSWER_WITHIN).at, False)
    assert said(late, "msg_2", Voice.STAFF).due_at is None
    aside = then(late, conversing.set_aside(late, NoReply.THANKS))
    assert (aside.due_at, aside.overdue_since, work.owed(aside)) == (None, None, ())
    assert conversing.set_aside(aside, NoReply.THANKS) == []


def test_what_is_owed_to_people_outlives_closing_and_opening_again() -> None:
    asked = said(given(*SURVEYED), "msg_1", Voice.CLAIMANT)
    called = then(asked, conversing.plan_call(asked, "asked", "x", READER, occasion()))

    closed = then(called, [sample(CaseClosed)])
    again = then(closed, [CaseReopened(because="feedback")])

    assert {name.partition(":")[0] for name in closed.waits} == {"reply", "call"}
    assert {name.partition(":")[0] for name in again.waits} == {"reply", "call", "next", "progress"}


def test_what_a_machine_answers_by_itself_is_owed_no_answer() -> None:
    away = conversing.post(
        given("CaseOpened"), "msg_1", Voice.CLAIMANT, channel="email", is_automatic=True
    )

    assert "reply" not in then(given("CaseOpened"), away).waits


def test_who_is_told_of_what_is_late_has_a_last_rung() -> None:
    case = said(given(*SURVEYED, "CaseClosed"), "msg_1", Voice.CLAIMANT)
    told = []
    for day in range(1, 100):
        for event in conversing.overdue(case, occasion(timedelta(days=day))):
            assert isinstance(event, ReplyOverdue)
            told.append((day, event.to))
            case = then(case, [event], occasion(timedelta(days=day)))

    assert told == [
        (1, "supervisor"), (2, "supervisor"), (3, "admin"),
        (33, "admin"), (63, "admin"), (93, "admin"),
    ]  # fmt: skip


@pytest.mark.requirement("002-21")
def test_a_report_that_we_wrote_down_is_put_before_the_claimant_who_corrects_or_confirms() -> None:
    opened = sample(CaseOpened)
    told = CaseOpened(
        case_id=opened.case_id,
        report=_by(ReportChannel.PHONE),
        token_hash=opened.token_hash,
    )
    case = given(told)

    assert case.talking.summary is SummaryState.SENT
    agreed = conversing.answer_summary(case, agreed=True)
    assert agreed == [SummaryAnswered(summary_id=str(case.talking.summary_id), agreed=True)]
    assert conversing.answer_summary(then(case, agreed), agreed=True) == []
    with pytest.raises(OutOfOrder):
        conversing.answer_summary(then(case, agreed), agreed=False)
    corrected = then(case, conversing.answer_summary(case, agreed=False))
    assert corrected.waits["reply"] == occasion(ANSWER_WITHIN).at
    late = occasion(CONFIRM_WITHIN)
    lapsed = [one for one in conversing.overdue(case, late) if isinstance(one, SummaryLapsed)]
    assert then(case, lapsed, late).talking.summary is SummaryState.STANDS


def test_nothing_to_confirm_is_said_so() -> None:
    with pytest.raises(OutOfOrder):
        conversing.answer_summary(given("CaseOpened"), agreed=True)


@forall(score=st.integers(1, 5), resolved=st.booleans(), hours=st.integers(0, 23))
@pytest.mark.requirement("004-26", "004-28", "000-22")
def test_a_low_answer_is_called_back_in_time_and_by_day(
    score: int, hours: int, *, resolved: bool
) -> None:
    at = occasion(timedelta(hours=hours))
    answer = Answer(score=score, resolved=resolved)
    calls = [
        event
        for event in aftercare.give_feedback(given(*SURVEYED), answer, READER, at)
        if isinstance(event, CallPlanned)
    ]

    assert bool(calls) == (score <= 2 or not resolved)
    for call in calls:
        assert at.at <= call.call_at <= call.due_at <= at.at + CALL_WITHIN
        assert not READER.quiet.cover(call.call_at.astimezone(READER.zone))


@pytest.mark.requirement("004-28")
def test_a_call_that_reached_nobody_is_made_again_twice_and_escalates_when_forgotten() -> None:
    case = given(*SURVEYED)
    answer = Answer(score=1, resolved=False)
    case = then(case, aftercare.give_feedback(case, answer, READER, occasion()))
    (call,) = case.talking.calls
    late = occasion(timedelta(days=2))

    overdue = [one for one in conversing.overdue(case, late) if isinstance(one, CallOverdue)]
    assert [one.call_id for one in overdue] == [call.id]
    for attempt in range(3):
        (made,) = conversing.record_call(
            case, call.id, reached=False, commented=False, preferences=READER, occasion=late
        )
        assert isinstance(made, CallMade)
        assert (made.again_at is None) == (attempt == 2)
        case = then(case, [made], late)
    assert f"call:{call.id}" not in case.waits
    with pytest.raises(OutOfOrder):
        conversing.record_call(
            case, call.id, reached=True, commented=False, preferences=READER, occasion=late
        )
    with pytest.raises(NotFound):
        conversing.record_call(
            case, "call_x", reached=True, commented=False, preferences=READER, occasion=late
        )


def test_the_silent_are_reminded_once_and_those_who_answered_never() -> None:
    asked, later = given(*SURVEYED), occasion(timedelta(days=4))
    (reminded,) = aftercare.remind(asked, later)

    assert isinstance(reminded, SurveyReminded)
    assert aftercare.remind(asked, occasion()) == []
    assert aftercare.remind(then(asked, [reminded], later), later) == []
    assert aftercare.remind(given(*SURVEYED, "FeedbackGiven"), later) == []


@pytest.mark.requirement("003-12", "003-15", "002-17")
def test_silence_towards_the_claimant_never_lasts_longer_than_the_stage_allows() -> None:
    case = given(*OFFERED)
    cadence = CADENCE[case.stage]
    assert cadence is not None
    due = case.waits["progress"]

    assert due == occasion(cadence - NIGHT).at
    late = occasion(cadence - NIGHT)
    assert ProgressTold() in conversing.overdue(case, late)
    told = then(case, [ProgressTold()], late)
    assert told.waits["progress"] == due + cadence - NIGHT
    assert "progress" not in given(*SURVEYED).waits
    assert given(*SURVEYED, "CaseClosed").due_at is None


def test_whatever_is_said_counts_as_contact() -> None:
    later = occasion(timedelta(days=1))
    case = given(*OFFERED)

    replied = then(case, conversing.post(case, "msg_1", Voice.STAFF, channel="desk"), later)

    assert replied.waits["progress"] == case.waits["progress"] + timedelta(days=1)


def _by(channel: ReportChannel) -> Report:
    return replace(sample(CaseOpened).report, channel=channel)
