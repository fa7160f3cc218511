"""Working hours."""

from datetime import UTC, date, datetime, time, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from amends.domain.calendar import Calendar, after, is_open, worked
from amends.service.hours import business_calendar

CHINA = timezone(timedelta(hours=8))
MORNING, AFTERNOON = (time(9), time(12)), (time(13, 30), time(18))
HOLIDAY = date(2026, 3, 4)
PLAIN = Calendar(
    zone=CHINA,
    shifts=dict.fromkeys(range(5), (MORNING, AFTERNOON)),
    is_holiday=lambda day: day == HOLIDAY,
    is_made_up=lambda day: day == date(2026, 3, 7),
)
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA)

moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2026, 12, 1),  # noqa: DTZ001 - hypothesis takes naive bounds and a zone
    timezones=st.just(UTC),
)
spans = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(hours=160))


def test_a_lunch_break_is_not_worked() -> None:
    assert after(PLAIN, MONDAY, timedelta(hours=4)) == datetime(2026, 3, 2, 14, 30, tzinfo=CHINA)
    assert not is_open(PLAIN, datetime(2026, 3, 2, 12, 30, tzinfo=CHINA))


def test_a_holiday_is_free_and_a_made_up_saturday_is_worked() -> None:
    assert worked(PLAIN, MONDAY, MONDAY + timedelta(days=7)) == timedelta(hours=7.5 * 5)
    assert not is_open(PLAIN, datetime(2026, 3, 4, 10, 0, tzinfo=CHINA))
    assert is_open(PLAIN, datetime(2026, 3, 7, 10, 0, tzinfo=CHINA))


def test_a_pause_moves_the_deadline_by_its_working_time() -> None:
    pause = (MONDAY + timedelta(hours=1), MONDAY + timedelta(days=1, hours=1))
    without = after(PLAIN, MONDAY, timedelta(hours=12))
    paused = after(PLAIN, MONDAY, timedelta(hours=12), [pause])
    assert worked(PLAIN, without, paused) == worked(PLAIN, *pause)


def test_new_year_is_free_in_china_and_the_weekend_before_is_worked() -> None:
    calendar = business_calendar()
    assert not is_open(calendar, datetime(2026, 10, 1, 10, 0, tzinfo=CHINA))
    assert is_open(calendar, datetime(2026, 3, 2, 10, 0, tzinfo=CHINA))


@given(moments, spans)
def test_what_is_due_after_a_span_of_work_has_that_span_before_it(
    start: datetime, span: timedelta
) -> None:
    end = after(PLAIN, start, span)
    assert worked(PLAIN, start, end) == span
    assert end > start


@given(moments, spans, spans)
def test_more_work_is_never_due_earlier(start: datetime, one: timedelta, more: timedelta) -> None:
    assert after(PLAIN, start, one) < after(PLAIN, start, one + more)


@given(moments, spans, moments, spans)
def test_a_pause_never_brings_a_deadline_forward(
    start: datetime, span: timedelta, since: datetime, length: timedelta
) -> None:
    paused = after(PLAIN, start, span, [(since, since + length)])
    assert paused >= after(PLAIN, start, span)
    assert worked(PLAIN, start, paused, [(since, since + length)]) == span
