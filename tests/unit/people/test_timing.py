"""Nobody is disturbed at night, nothing is lost or said twice, and silence has an end."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.catalog import codes
from amends.commands.message import template_of
from amends.domain.people.delivery import (
    Attempt,
    AwaitReport,
    Call,
    Course,
    Finished,
    Outcome,
    Send,
    next_step,
)
from amends.domain.people.message import Way
from amends.domain.people.phrases import STAGES
from amends.domain.people.timing import (
    CADENCE,
    Preferences,
    QuietHours,
    next_allowed,
    zone_of,
)

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = st.sampled_from(sorted(available_timezones())).map(ZoneInfo)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2037, 12, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone
HOURS = st.times().map(lambda t: t.replace(second=0, microsecond=0))
QUIET = st.builds(QuietHours, start=HOURS, end=HOURS)
WAYS = st.lists(st.sampled_from(Way), max_size=4, unique=True).map(tuple)
SETS = st.frozensets(st.sampled_from(Way), max_size=2)
PREFERENCES = st.builds(
    Preferences, zone=ZONES, ways=WAYS, opted_out=SETS, unreachable=SETS, quiet=QUIET,
    muted=st.frozensets(st.sampled_from(["survey", "progress_report"])),
)  # fmt: skip


@given(at=MOMENTS, zone=ZONES, quiet=QUIET)
def test_the_next_good_moment_is_outside_the_quiet_hours_and_within_two_days(
    at: datetime, zone: ZoneInfo, quiet: QuietHours
) -> None:
    moment = next_allowed(at, zone, quiet)

    assert moment >= at
    assert not quiet.cover(moment.astimezone(zone))
    assert moment - at <= timedelta(hours=49)
    assert moment == at or quiet.cover(at.astimezone(zone))


@pytest.mark.parametrize(
    ("at", "quiet", "good"),
    [
        ("2026-03-28T22:30:00+00:00", (time(21), time(2, 30)), "2026-03-29T01:30:00+00:00"),
        ("2026-10-24T22:30:00+00:00", (time(21), time(2, 30)), "2026-10-25T01:30:00+00:00"),
        ("2026-10-25T00:30:00+00:00", (time(21), time(2, 30)), "2026-10-25T01:30:00+00:00"),
        ("2026-06-01T05:59:00+00:00", (time(21), time(8)), "2026-06-01T06:00:00+00:00"),
        ("2026-06-01T06:00:00+00:00", (time(21), time(8)), "2026-06-01T06:00:00+00:00"),
    ],
    ids=["the end falls into the gap", "the end comes twice", "second hour", "last minute", "over"],
)
def test_a_change_of_the_clock_does_not_wake_anyone(
    at: str, quiet: tuple[time, time], good: str
) -> None:
    hours = QuietHours(start=quiet[0], end=quiet[1])
    moment = next_allowed(datetime.fromisoformat(at), BERLIN, hours)

    assert not hours.cover(moment.astimezone(BERLIN))
    assert moment <= datetime.fromisoformat(good)


@given(
    preferences=PREFERENCES, planned=MOMENTS, code=st.sampled_from(codes("messages")),
    outcomes=st.lists(st.sampled_from(Outcome), max_size=40), late=st.lists(st.booleans()),
)  # fmt: skip
@pytest.mark.requirement("003-12", "003-15", "002-20")
def test_a_message_is_never_sent_at_night_never_lost_and_never_sent_twice(
    preferences: Preferences, planned: datetime, code: str, outcomes: list[Outcome],
    late: list[bool],
) -> None:  # fmt: skip
    template = template_of(code)
    course = Course(code=code, planned_for=planned, is_prompt=template.is_prompt,
                    is_dispensable=template.is_dispensable)  # fmt: skip
    now, fate, bounces = planned, iter(outcomes), iter(late)
    reached, lies_in_app = 0, False
    for _ in range(100):
        step = next_step(course, preferences, now)
        assert step == next_step(course, preferences, now)
        match step:
            case Send():
                _is_fit(step, course, preferences, now)
                outcome = next(fate, Outcome.REFUSED)
                if outcome is Outcome.SENT and next(bounces, False):
                    outcome = Outcome.BOUNCED
                arrived = (Outcome.SENT, Outcome.DELIVERED, Outcome.COMPLAINED)
                is_unread = step.way is Way.IN_APP and outcome is Outcome.SENT
                lies_in_app |= is_unread
                went = outcome in arrived or outcome in (Outcome.UNKNOWN, Outcome.STARTED)
                reached += went and not is_unread
                now = step.at + timedelta(seconds=1)
                attempt = Attempt(way=step.way, at=step.at, outcome=outcome)
                course = replace(course, attempts=(*course.attempts, attempt))
            case AwaitReport():
                assert step.until > now
                now = step.until
            case Call():
                assert not course.is_dispensable
                assert not preferences.quiet.cover(step.at.astimezone(preferences.zone))
                break
            case Finished():
                assert step.because == "sent" or course.is_dispensable
                assert step.because != "sent" or reached == 1 or lies_in_app
                break
    else:
        pytest.fail("the message never came to an end")
    assert reached <= 1


def _is_fit(step: Send, course: Course, preferences: Preferences, now: datetime) -> None:
    assert step.at >= max(now, course.planned_for)
    assert step.way in preferences.ways
    assert step.way not in preferences.opted_out | preferences.unreachable
    assert not (course.is_dispensable and course.code in preferences.muted)
    at_night = preferences.quiet.cover(step.at.astimezone(preferences.zone))
    assert not at_night or (course.is_prompt and step.way.is_silent)


def test_a_message_in_the_app_goes_by_the_next_way_when_nobody_reads_it_for_a_day() -> None:
    noon = datetime(2026, 6, 1, 10, tzinfo=UTC)
    both = Preferences(zone=BERLIN, ways=(Way.IN_APP, Way.EMAIL))
    alone = replace(both, ways=(Way.IN_APP,))
    course = Course(code="offer", planned_for=noon, is_prompt=False, is_dispensable=False)
    assert next_step(course, both, noon) == Send(way=Way.IN_APP, at=noon)
    laid = Attempt(way=Way.IN_APP, at=noon, outcome=Outcome.SENT)
    unread, read = replace(course, attempts=(laid,)), replace(laid, outcome=Outcome.DELIVERED)
    tomorrow = noon + timedelta(days=1)

    assert next_step(unread, both, noon) == AwaitReport(way=Way.IN_APP, until=tomorrow)
    assert next_step(unread, both, tomorrow) == Send(way=Way.EMAIL, at=tomorrow)
    assert next_step(unread, alone, tomorrow) == Finished(because="sent")
    assert next_step(replace(course, attempts=(read,)), both, noon) == Finished(because="sent")


def test_a_bounce_passes_the_message_on_to_the_next_way() -> None:
    noon = datetime(2026, 6, 1, 10, tzinfo=UTC)
    preferences = Preferences(zone=BERLIN, ways=(Way.EMAIL, Way.SMS))
    course = Course(code="offer", planned_for=noon, is_prompt=False, is_dispensable=False)
    assert next_step(course, preferences, noon) == Send(way=Way.EMAIL, at=noon)

    bounced = Attempt(way=Way.EMAIL, at=noon, outcome=Outcome.BOUNCED)
    refused = Attempt(way=Way.SMS, at=noon, outcome=Outcome.REFUSED)
    once = replace(course, attempts=(bounced,))
    twice = replace(course, attempts=(bounced, refused))

    assert next_step(once, preferences, noon) == Send(way=Way.SMS, at=noon)
    assert next_step(twice, preferences, noon) == Call(at=noon, because="no_way_left")


def test_a_crash_while_sending_is_asked_about_and_then_left_to_a_person() -> None:
    noon = datetime(2026, 6, 1, 10, tzinfo=UTC)
    preferences = Preferences(zone=BERLIN, ways=(Way.EMAIL, Way.SMS))
    started = Attempt(way=Way.EMAIL, at=noon, outcome=Outcome.STARTED)
    course = Course(code="offer", planned_for=noon, is_prompt=False, is_dispensable=False,
                    attempts=(started,))  # fmt: skip
    hour = noon + timedelta(hours=1)

    assert next_step(course, preferences, noon) == AwaitReport(way=Way.EMAIL, until=hour)
    assert next_step(course, preferences, hour) == Call(at=hour, because="unknown")


def test_every_stage_has_a_cadence_or_needs_none() -> None:
    assert set(CADENCE) == set(STAGES["en"])


@pytest.mark.parametrize("name", ["", "Mars/Base", "../../etc/passwd", "/etc/localtime", "\0"])
def test_a_zone_that_is_none_falls_back(name: str) -> None:
    assert zone_of(name, BERLIN) is BERLIN
    assert zone_of("Asia/Shanghai", BERLIN).key == "Asia/Shanghai"
