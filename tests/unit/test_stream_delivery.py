"""What becomes of a batch of stream records, whatever fails in it."""

from collections import deque

from hypothesis import given
from hypothesis import strategies as st

from tools.local.emulator.delivery import Answer, Batch, Reader, Record, judge

NOW = 1_000_000.0
CAREFUL = Reader(reports_items=True, bisects=True, retries=2, oldest=-1)


def records(count: int, born: float = NOW) -> tuple[Record, ...]:
    return tuple(
        {"dynamodb": {"SequenceNumber": str(number), "ApproximateCreationDateTime": born}}
        for number in range(count)
    )


def numbers(batch: Batch) -> list[str]:
    return [record["dynamodb"]["SequenceNumber"] for record in batch.records]


def test_a_good_batch_is_done() -> None:
    verdict = judge(Batch(records=records(3)), Answer(error=False, failed=[]), CAREFUL, now=NOW)

    assert not verdict.again
    assert verdict.parked is None


def test_what_came_before_the_first_failure_is_not_sent_again() -> None:
    plain = Reader(reports_items=True, bisects=False, retries=2, oldest=-1)

    verdict = judge(
        Batch(records=records(5)), Answer(error=False, failed=["3", "2"]), plain, now=NOW
    )

    assert [numbers(batch) for batch in verdict.again] == [["2", "3", "4"]]
    assert verdict.again[0].failures == 1
    assert verdict.pause > 0


def test_an_unknown_item_fails_the_whole_batch() -> None:
    plain = Reader(reports_items=True, bisects=False, retries=2, oldest=-1)

    verdict = judge(Batch(records=records(2)), Answer(error=False, failed=["9"]), plain, now=NOW)

    assert numbers(verdict.again[0]) == ["0", "1"]


def test_a_mapping_that_does_not_ask_for_items_ignores_them() -> None:
    deaf = Reader(reports_items=False, bisects=True, retries=2, oldest=-1)

    verdict = judge(Batch(records=records(2)), Answer(error=False, failed=["0"]), deaf, now=NOW)

    assert not verdict.again


def test_a_record_that_is_too_old_is_parked() -> None:
    impatient = Reader(reports_items=True, bisects=False, retries=-1, oldest=60)

    verdict = judge(
        Batch(records=records(1, born=NOW - 61)), Answer(error=True), impatient, now=NOW
    )

    assert verdict.parked is not None
    assert verdict.condition == "RecordAgeExceeded"


def test_without_a_limit_a_failure_is_tried_for_ever() -> None:
    stubborn = Reader(reports_items=True, bisects=False, retries=-1, oldest=-1)

    verdict = judge(Batch(records=records(1), failures=500), Answer(error=True), stubborn, now=NOW)

    assert verdict.again[0].failures == 501


@given(
    count=st.integers(1, 40),
    poison=st.sets(st.integers(0, 39), max_size=6),
    throws=st.booleans(),
)
def test_poison_ends_alone_and_every_neighbour_passes(
    count: int, poison: set[int], *, throws: bool
) -> None:
    bad = {str(number) for number in poison if number < count}
    waiting = deque([Batch(records=records(count))])
    passed: set[str] = set()
    parked: list[str] = []
    for _ in range(5_000):
        if not waiting:
            break
        batch = waiting.popleft()
        seen = numbers(batch)
        failed = [number for number in seen if number in bad]
        if not (failed and throws):
            cut = seen.index(failed[0]) if failed else len(seen)
            passed |= set(seen[:cut])
        answer = Answer(error=bool(failed) and throws, failed=failed[:1])
        verdict = judge(batch, answer, CAREFUL, now=NOW)
        waiting.extendleft(reversed(verdict.again))
        if verdict.parked is not None:
            parked += numbers(verdict.parked)

    assert not waiting
    assert set(parked) == bad
    assert len(parked) == len(bad)
    assert passed == {str(number) for number in range(count)} - bad


def test_a_mapping_is_read_as_the_api_and_as_a_template_say_it() -> None:
    by_template = Reader.of({"BisectBatchOnFunctionError": "true", "MaximumRetryAttempts": "3"})
    by_default = Reader.of({})

    assert by_template == Reader(reports_items=False, bisects=True, retries=3, oldest=-1)
    assert by_default == Reader(reports_items=False, bisects=False, retries=-1, oldest=-1)
