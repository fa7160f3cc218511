"""What one piece of work has read of a case is not read again, and never hides what others did."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import CaseOpened, Event, FirstReplied, TrackingRead
from amends.domain.occasion import Occasion
from amends.ports import StaleCase
from amends.service.amend import amend
from amends.service.remembering import Remembered
from tests.support.event_samples import REPORT, sample
from tests.support.fakes import MemoryCases

AT = Occasion(at=datetime(2026, 11, 20, 8, tzinfo=UTC), by="a test", because="test")


class Counted(MemoryCases):
    """Counts how often a history is read."""

    def __init__(self) -> None:
        super().__init__()
        self.reads = 0

    def history(self, case_id: str) -> Sequence[Recorded]:
        self.reads += 1
        return super().history(case_id)


@pytest.fixture
def store() -> Counted:
    cases = Counted()
    cases.open([CaseOpened(case_id="case_1", report=REPORT, token_hash="h")], AT)
    return cases


def test_a_history_is_read_once_and_grows_with_what_is_appended(store: Counted) -> None:
    remembered = Remembered(store)
    before = remembered.load("case_1")
    after = amend(remembered, "case_1", AT, lambda _: [FirstReplied()])

    assert store.reads == 1
    assert remembered.load("case_1") == after
    assert [row.version for row in remembered.history("case_1")] == [1, 2]
    assert before.version == 1
    assert list(remembered.history("case_1")) == list(store.history("case_1"))


def test_what_others_appended_meanwhile_is_read_before_anything_is_decided(store: Counted) -> None:
    remembered = Remembered(store)
    remembered.load("case_1")
    amend(store, "case_1", AT, lambda _: [sample(TrackingRead)])
    seen = []

    def decide(case: Case) -> list[Event]:
        seen.append(case.version)
        return [FirstReplied()]

    after = amend(remembered, "case_1", AT, decide)

    assert seen == [1, 2]
    assert after.version == 3
    with pytest.raises(StaleCase):
        remembered.append(replace(after, version=1), [FirstReplied()], AT)
