"""Over any zones, opt-outs, failures and crashes: no message by night, none lost, none twice."""

from collections import Counter
from contextlib import suppress
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from amends.domain.case.events import CaseClosed, OfferMade
from amends.domain.case.state.talking import Voice
from amends.domain.case.talking.conversing import post
from amends.domain.case.vocabulary import Outcome as Ending
from amends.domain.people.delivery import Outcome
from amends.domain.people.posting import PostingState
from amends.domain.people.timing import QuietHours
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, START, World

ZONES = ("Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC")
FATES = (None, None, None, Outcome.BUSY, Outcome.REFUSED, Outcome.UNKNOWN, RuntimeError("killed"))
SILENT = frozenset({"acknowledgement", "thanks", "reply"})
"""Answers to the reader's own act: they may come at once by e-mail."""
NIGHT = QuietHours()


class Watched(World):
    """A world that notes when each message left, and outlives its workers."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.left: list[tuple[datetime, dict[str, str]]] = []

    def drain(self) -> int:
        seen = 0
        while self.queue.sent:
            document = dict(self.queue.sent.pop(0))
            document.pop("delay_seconds")
            before = len(self.messenger.sent)
            with suppress(RuntimeError):  # the worker died; the queue would bring it again
                self.deliver(document)
            self.left += [(self.now, one) for one in self.messenger.sent[before:]]
            seen += 1
        return seen


@settings(max_examples=25, deadline=None)
@given(
    zone=st.sampled_from(ZONES),
    month=st.sampled_from([3, 4, 10]),
    hour=st.integers(0, 23),
    fates=st.lists(st.sampled_from(FATES), max_size=30),
    muted=st.lists(st.sampled_from(["progress_report", "survey", "reminder"]), max_size=2),
    opted_out=st.sampled_from([[], ["email"], ["sms"], ["email", "sms"]]),
)
def test_any_reader_is_told_once_and_never_in_their_night(
    *,
    zone: str,
    month: int,
    hour: int,
    fates: list[Outcome | Exception | None],
    muted: list[str],
    opted_out: list[str],
) -> None:
    world = Watched(now=START.replace(year=2027, month=month, day=28, hour=hour))
    left = list(fates)
    world.messenger.fate = lambda _: left.pop() if left else None
    case = world.open({**ERIKA})
    wishes = {"zone": zone, "muted": muted, "opted_out": opted_out}
    world.as_claimant(case, "PUT", "preferences", wishes)
    world.told(case)
    for turn in range(5 * 24):
        world.now += timedelta(hours=1)
        if turn == 10:
            world.happen(case, sample(OfferMade))
        if turn == 30:
            words = {"text": "您好"}
            world.contacts.put(f"{case.id}#msg_x", "words", words)
            world.happen(case, *post(world.cases.load(case.id), "msg_x", Voice.STAFF, channel="d"))
        if turn == 75:
            world.happen(case, CaseClosed(outcome=Ending.COMPENSATED))
            world.told(case)
        world.sweep()

    codes = {key: row.message.code for (_, key), row in world.postings.rows.items()}
    theirs = [(at, one) for at, one in world.left if one["to"] != "desk@amends.example"]
    for at, one in theirs:
        local = at.astimezone(ZoneInfo(zone))
        is_answer = one["way"] == "email" and codes[one["key"]] in SILENT
        assert is_answer or not NIGHT.cover(local), (codes.get(one.get("key", "")), local)
        assert one["way"] not in opted_out
    mails = Counter(one["key"] for _, one in world.left if one["way"] == "email")
    assert all(count == 1 for count in mails.values())
    ended = [row for row in world.postings.rows.values() if row.state is not PostingState.WAITING]
    waiting = [row for row in world.postings.rows.values() if row.state is PostingState.WAITING]
    assert all(row.due_at is not None for row in waiting)  # whatever waits is looked at again
    assert {row.message.code for row in ended} >= {"acknowledgement", "offer"}
    if "progress_report" in muted:
        assert all(codes[one["key"]] != "progress_report" for _, one in theirs if "key" in one)
