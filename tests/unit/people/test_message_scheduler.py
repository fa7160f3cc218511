"""Over any zones, clock changes, opt-outs, failures and crashes: by day, none lost, none twice."""

from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from amends.domain.case.events import CallPlanned, CaseClosed, OfferMade
from amends.domain.case.informing import tells_claimant
from amends.domain.case.state.talking import Voice
from amends.domain.case.talking.conversing import post
from amends.domain.case.vocabulary import Outcome as Ending
from amends.domain.people.delivery import UNKNOWN_FOR, Course, Outcome
from amends.domain.people.message import Way
from amends.domain.people.posting import PostingState
from amends.domain.people.timing import QuietHours
from amends.service.people.outbox import intents
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, World

ZONES = (
    "Asia/Shanghai", "UTC", "Europe/Berlin", "America/New_York", "America/Santiago",
    "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Beirut", "Pacific/Chatham", "Asia/Kathmandu",
)  # fmt: skip
"""Clocks that change by an hour, by half an hour, at midnight, around a fast, and never."""
FATES = (None, None, None, Outcome.BUSY, Outcome.REFUSED, Outcome.UNKNOWN, RuntimeError("killed"))
SILENT = frozenset({"acknowledgement", "thanks", "reply"})
"""Answers to the reader's own act: they may come at once by e-mail."""
NIGHTS = ((time(21), time(8)), (time(22, 30), time(7)), (time(0), time(9, 15)), (time(3), time(3)))
TURN = timedelta(hours=2)
OPEN_FOR, LEFT_FOR = 8 * 12, 4 * 12
"""Turns for which the case is open, and for which what waits may still go."""
OFTEN = timedelta(days=5)
"""The longest silence of the stages that are lived through: a case with an offer."""
NIGHT = timedelta(hours=26)
"""What a message may wait beyond that: a night, and a clock that is set back in it."""


@dataclass(frozen=True)
class Left:
    """One message that left: when, by which way, and which."""

    at: datetime
    way: str
    key: str


class Watched(World):
    """A world that notes when each message left, and outlives its workers."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.left: list[Left] = []

    def drain(self) -> int:
        seen = 0
        while self.queue.sent:
            document = dict(self.queue.sent.pop(0))
            document.pop("delay_seconds")
            before = len(self.messenger.sent)
            with suppress(RuntimeError):  # the worker died; the queue would bring it again
                self.deliver(document)
            for one in self.messenger.sent[before:]:
                if one["to"] != "desk@amends.example":
                    self.left.append(Left(self.now, one["way"], str(document["key"])))
            seen += 1
        return seen


def weeks() -> list[tuple[str, datetime]]:
    """Each zone with the days on which its clock changes in a year, and one in midsummer."""
    found = []
    for name in ZONES:
        zone, days = ZoneInfo(name), [datetime(2027, 1, 1, tzinfo=UTC)]
        found.append((name, days[0].replace(month=6)))
        for _ in range(365):
            days.append(days[-1] + timedelta(days=1))
            if days[-2].astimezone(zone).utcoffset() != days[-1].astimezone(zone).utcoffset():
                found.append((name, days[-2]))
    return found


WEEKS = weeks()


def lived(
    place: tuple[str, datetime],
    before: int,
    fates: list[Outcome | Exception | None],
    wishes: Mapping[str, object],
    moments: tuple[int, int],
) -> Watched:
    """Eight days of an open case around a clock's change, and what then remains to be sent."""
    zone, change = place
    world = Watched(now=change - timedelta(minutes=before))
    left = list(fates)
    world.messenger.fate = lambda _: left.pop() if left else None
    case = world.open({**ERIKA})
    world.as_claimant(case, "PUT", "preferences", {"zone": zone, **wishes})
    world.told(case)
    for turn in range(OPEN_FOR + LEFT_FOR):
        world.now += TURN
        if turn == moments[0]:
            stands = world.now + timedelta(days=30)
            world.happen(case, replace(sample(OfferMade), expires_at=stands))
        if turn == moments[1]:
            world.contacts.put(f"{case.id}#msg_x", "words", {"text": "您好"})
            world.happen(case, *post(world.cases.load(case.id), "msg_x", Voice.STAFF, channel="d"))
        if turn == OPEN_FOR:
            world.happen(case, CaseClosed(outcome=Ending.COMPENSATED))
            world.told(case)
        world.sweep()
    world.told(case)  # the stream brings what a worker recorded last
    return world


def _may_come_twice(course: Course, times: int) -> bool:
    """A mail that nobody would miss, of which nobody knew whether it had left."""
    first = course.attempts[0]
    unclear = {Outcome.STARTED, Outcome.UNKNOWN}
    return (
        course.is_dispensable
        and times == 2
        and any(one.way is Way.EMAIL and one.outcome in unclear for one in course.attempts[:-1])
        and first.at + UNKNOWN_FOR <= course.attempts[-1].at
    )


@settings(max_examples=6, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(
    place=st.sampled_from(WEEKS),
    before=st.integers(0, 7 * 24 * 60),
    fates=st.lists(st.sampled_from(FATES), max_size=30),
    night=st.sampled_from(NIGHTS),
    muted=st.lists(st.sampled_from(["progress_report", "survey", "reminder"]), max_size=2),
    opted_out=st.sampled_from([[], ["email"], ["sms"], ["email", "sms"]]),
    moments=st.tuples(st.integers(0, 80), st.integers(0, 80)),
)
@pytest.mark.requirement("003-12", "003-15")
def test_any_reader_is_told_by_day_once_and_often_enough(
    *,
    place: tuple[str, datetime],
    before: int,
    fates: list[Outcome | Exception | None],
    night: tuple[time, time],
    muted: list[str],
    opted_out: list[str],
    moments: tuple[int, int],
) -> None:
    quiet = {"quiet_from": f"{night[0]:%H:%M}", "quiet_until": f"{night[1]:%H:%M}"}
    wishes = {**quiet, "muted": muted, "opted_out": opted_out}
    world = lived(place, before, fates, wishes, moments)

    rows = {key: row for (_, key), row in world.postings.rows.items()}
    (case,) = [world.cases.load(case_id) for case_id in world.cases.ids()]
    history = world.cases.history(case.id)
    by_day(world, ZoneInfo(place[0]), QuietHours(start=night[0], end=night[1]))
    assert all(one.way not in opted_out for one in world.left)

    wanted = {one.message.key for one in intents(history)}
    assert rows.keys() == wanted  # none lost before it was planned, none that nothing calls for
    called = {one.event.because for one in history if isinstance(one.event, CallPlanned)}
    went = Counter(one.key for one in world.left)
    twice = {key for key, count in went.items() if count > 1}  # none, by whatever way,
    assert all(_may_come_twice(rows[key].course, went[key]) for key in twice)  # but what may
    for key, row in rows.items():
        if row.message.recipient != "reporter":
            continue
        assert row.state is not PostingState.WAITING, row  # twelve days are enough for all
        if row.state is PostingState.SENT:
            assert went[key] == 1 or key in twice, row
        if row.state is PostingState.CALL:
            assert called, row
        if not row.course.is_dispensable:
            assert row.state in (PostingState.SENT, PostingState.CALL), row
        if row.message.code in muted:
            assert went[key] == 0, row

    told = [one.at for one in history if tells_claimant(one.event)]
    assert all(b - a <= OFTEN for a, b in pairwise(told))
    if not fates and not opted_out and "progress_report" not in muted:
        heard = [one.at for one in world.left]
        assert all(b - a <= OFTEN + NIGHT for a, b in pairwise(heard))


def by_day(world: Watched, zone: ZoneInfo, quiet: QuietHours) -> None:
    """Nothing left in the reader's night but what answers them, by a way that wakes nobody."""
    codes = {key: row.message.code for (_, key), row in world.postings.rows.items()}
    for one in world.left:
        local = one.at.astimezone(zone)
        is_answer = one.way == Way.EMAIL and codes[one.key] in SILENT
        assert is_answer or not quiet.cover(local), (codes[one.key], local)


def test_the_clocks_really_change_in_the_weeks_that_are_lived() -> None:
    changing = {zone for zone, at in WEEKS if at.month != 6}

    assert len(changing) >= 7
    assert {"Australia/Lord_Howe", "America/Santiago", "Europe/Berlin"} <= changing
