"""A sweep puts what is due to its queue once, in pages, and goes on where it stopped."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from amends.domain.occasion import Occasion
from amends.ports.sweeping import DuePage
from amends.service.sweeping import ANEW_AFTER, AT_ONCE, Sweep, put_due
from tests.support.fakes import MemoryPasses, MemoryQueue, page_of

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@dataclass
class Index:
    """Rows of shard 3 by their place, and the sizes of the pages that were read."""

    rows: dict[str, str]
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    passes: MemoryPasses = field(default_factory=MemoryPasses)
    pages: list[int] = field(default_factory=list)

    def read(self, shard: int, after: str | None) -> DuePage[str]:
        page = page_of(self.rows if shard == 3 else {}, 10, after)
        self.pages.append(len(page.rows))
        return page

    def sweep(self, at: datetime = AT, *, most: int = AT_ONCE) -> int:
        def worded(rows: Sequence[str]) -> list[dict[str, object]]:
            return [{"row": row} for row in rows]

        one = Sweep(name="n", read=self.read, worded=worded, queue=self.queue, passes=self.passes)
        return put_due(one, Occasion(at=at, by="followup", because="test"), most=most)

    def put(self) -> list[object]:
        return [document["row"] for document in self.queue.sent]


def index(count: int) -> Index:
    return Index({f"{place:03d}": f"r{place}" for place in range(count)})


def test_everything_due_is_put_once_and_never_more_than_a_page_is_held() -> None:
    one = index(35)

    assert one.sweep() == 35
    assert one.put() == [f"r{place}" for place in range(35)]
    assert max(one.pages) == 10


def test_while_work_waits_the_next_sweep_puts_only_what_came_since() -> None:
    one = index(12)
    one.sweep()
    one.rows["100"] = "new"

    assert one.sweep(AT + timedelta(minutes=1)) == 1
    assert one.put()[-1] == "new"


def test_when_the_queue_is_empty_whatever_is_still_due_is_put_again() -> None:
    one = index(12)
    one.sweep()
    one.queue.sent.clear()

    assert one.sweep(AT + timedelta(minutes=1)) == 12


def test_an_old_pass_is_begun_anew_so_that_nothing_is_lost_behind_its_mark() -> None:
    one = index(3)
    one.sweep()
    one.rows["000!"] = "due before the mark"

    assert one.sweep(AT + timedelta(minutes=1)) == 0
    assert one.sweep(AT + ANEW_AFTER) == 4


def test_a_sweep_ends_within_its_minute_and_the_next_one_goes_on() -> None:
    one = index(25)

    assert one.sweep(most=20) == 20
    assert one.sweep(AT + timedelta(minutes=1), most=20) == 5
    assert one.put() == [f"r{place}" for place in range(25)]
