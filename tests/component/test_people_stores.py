"""The deliveries table keeps what its ports promise: once, versioned, found when due."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from amends.adapters.hooks import DynamoHooks
from amends.adapters.opinions import DynamoOpinions
from amends.adapters.postings import DynamoPostings
from amends.adapters.summary import shard_of
from amends.adapters.worklist import DynamoWorklist
from amends.domain.case.talking.work import WorkItem, WorkKind
from amends.domain.people.delivery import Course, Outcome
from amends.domain.people.message import Message, Way
from amends.domain.people.opinion import Opinion
from amends.domain.people.posting import Posting, PostingState
from amends.domain.people.webhook import Endpoint, Secret
from amends.domain.people.webhook_delivery import Delivery, Health, State
from amends.domain.people.webhook_event import EventType, OutgoingEvent
from amends.ports.people import StalePosting
from tests.support.engines import in_moto
from tests.support.tables import make_table

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
CASE = "case_0123456789abcdefghjkmnpqrs"
SHARD = shard_of(CASE)


@pytest.fixture
def client() -> Iterator[Any]:
    with in_moto() as client:
        make_table(client, "DeliveriesTable", "deliveries")
        yield client


@pytest.fixture
def postings(client: Any) -> DynamoPostings:
    return DynamoPostings(client, table="deliveries")


@pytest.fixture
def hooks(client: Any) -> DynamoHooks:
    return DynamoHooks(client, table="deliveries")


def posting(code: str = "offer", *, reader: str | None = None) -> Posting:
    message = Message(case_id=CASE, code=code, occasion="7", recipient="reporter", language="zh-CN")
    course = Course(code=code, planned_for=AT, is_prompt=False, is_dispensable=False)
    return Posting(message=message, course=course, due_at=AT, reader=reader)


def test_a_message_is_planned_once_and_found_when_due(postings: DynamoPostings) -> None:
    mine = posting()

    assert postings.plan(mine) is True
    assert postings.plan(mine) is False
    assert postings.get(CASE, mine.message.key) == mine
    assert postings.due(shard=SHARD, until=AT, limit=5).rows == ((CASE, mine.message.key),)
    assert postings.due(shard=SHARD, until=AT - timedelta(seconds=1), limit=5).rows == ()


def test_of_two_senders_one_is_told_that_it_came_too_late(postings: DynamoPostings) -> None:
    postings.plan(posting())
    mine = postings.get(CASE, posting().message.key)
    assert mine is not None

    started = postings.save(mine.started(Way.EMAIL, AT, AT + timedelta(hours=1)))
    with pytest.raises(StalePosting):
        postings.save(mine.started(Way.EMAIL, AT, AT + timedelta(hours=1)))
    sent = postings.save(started.came_to(Outcome.SENT, "ref").ended(PostingState.SENT))

    assert postings.get(CASE, mine.message.key) == sent
    assert postings.due(shard=SHARD, until=AT + timedelta(days=1), limit=5).rows == ()
    assert postings.of_case(CASE) == [sent]


def test_many_are_planned_and_saved_together_and_who_was_quicker_keeps_his_own(
    postings: DynamoPostings,
) -> None:
    first, second, third = (posting(code) for code in ("offer", "survey", "thanks"))
    assert postings.plan(second)

    assert postings.plan_many([first, second, third]) == [first, third]
    keys = {(CASE, one.message.key) for one in (first, second, third)}
    assert postings.known([*keys, (CASE, "msg_none")]) == keys

    all_three = [one.started(Way.EMAIL, AT, AT) for one in (first, second, third)]
    assert [one and one.version for one in postings.save_many(all_three)] == [1, 1, 1]
    postings.save(replace(all_three[1], version=1))
    ends = [replace(one, version=1).ended(PostingState.SENT) for one in all_three]
    kept = postings.save_many([*ends, ends[0]])

    assert [one and one.version for one in kept] == [2, None, 2, None]
    states = {one.message.code: one.state for one in postings.of_case(CASE)}
    assert states == {"offer": "sent", "survey": "waiting", "thanks": "sent"}
    assert postings.save_many([]) == postings.plan_many([]) == []


def test_letters_and_reports_to_one_reader_are_listed_until_they_are_dealt_with(
    postings: DynamoPostings,
) -> None:
    letter, report = posting(), posting("progress_report", reader="r1")
    postings.plan(letter)
    postings.plan(report)
    waiting = postings.save(letter.started(Way.LETTER, AT, AT + timedelta(days=3)))

    assert postings.to_print(limit=5) == [(CASE, letter.message.key)]
    assert postings.of_reader("r1", until=AT) == [(CASE, report.message.key)]
    postings.save(waiting.came_to(Outcome.SENT).ended(PostingState.SENT))
    postings.save(report.ended(PostingState.DIGESTED))
    assert postings.to_print(limit=5) == []
    assert postings.of_reader("r1", until=AT) == []


def test_a_closed_address_is_known_by_its_hash_alone(postings: DynamoPostings, client: Any) -> None:
    postings.suppress("Erika@Example.org", because="bounced", at=AT)

    asked = ("erika@example.org ", "max@example.org")
    assert postings.suppressed(asked) == {"erika@example.org "}
    assert "erika" not in str(client.scan(TableName="deliveries")["Items"]).lower()


def test_what_staff_owe_is_listed_the_earliest_due_first(client: Any) -> None:
    work = DynamoWorklist(client, table="deliveries")
    items = [
        WorkItem(id=f"call_{n}", kind=WorkKind.CALL, case_id=CASE, because="low_score",
                 from_at=AT, due_at=AT + timedelta(hours=n))
        for n in (2, 1)
    ]  # fmt: skip
    for item in items:
        work.put(item)
        work.put(item)

    assert work.list(WorkKind.CALL, limit=5) == [items[1], items[0]]
    assert len(work.of_case(CASE)) == 2
    work.remove(CASE, "call_1")
    assert work.list(WorkKind.CALL, limit=5) == [items[0]]
    assert work.list(WorkKind.REPLY, limit=5) == []


def test_opinions_are_kept_by_month_once_for_each_case(client: Any) -> None:
    opinions = DynamoOpinions(client, table="deliveries")
    one = Opinion(case_id=CASE, at=AT, score=5, resolved=True, themes=("speed",), node="n",
                  carrier="c", agent="a", kind="lost")  # fmt: skip
    opinions.put(one)
    opinions.put(one)

    assert opinions.of_month("2026-11") == [one]
    assert opinions.of_month("2026-10") == []


def endpoint() -> Endpoint:
    return Endpoint(id="whk_1", merchant="m", url="https://shop.example/", since=AT,
                    types=frozenset({EventType.CASE_CLOSED}),
                    secrets=(Secret(value="whsec_a2s=", until=AT),
                             Secret(value="whsec_a3s=")))  # fmt: skip


def event(number: int) -> OutgoingEvent:
    return OutgoingEvent(id=f"evt_{number}", type=EventType.CASE_CLOSED, subject=CASE,
                         sequence=number, occurred_at=AT + timedelta(minutes=number),
                         data={"case_id": CASE, "outcome": "found"})  # fmt: skip


def delivery(number: int) -> Delivery:
    return Delivery(event_id=f"evt_{number}", endpoint_id="whk_1", subject=CASE,
                    sequence=number, due_at=AT)  # fmt: skip


def test_an_endpoint_is_kept_changed_and_forgotten(hooks: DynamoHooks) -> None:
    assert hooks.put_endpoint(endpoint(), is_new=True)
    assert not hooks.put_endpoint(endpoint(), is_new=True)
    assert hooks.endpoint("m", "whk_1") == endpoint()
    assert hooks.endpoint("other", "whk_1") is None
    hooks.put_health("whk_1", Health(failures=3, failing_since=AT))
    assert hooks.health("whk_1") == Health(failures=3, failing_since=AT)
    hooks.remove_endpoint("m", "whk_1")
    assert hooks.endpoints("m") == []
    assert not hooks.put_endpoint(endpoint(), is_new=False)


def test_events_are_listed_newest_first_by_page_and_found_by_id(hooks: DynamoHooks) -> None:
    for number in (1, 2, 3):
        hooks.put_event("m", event(number))
        hooks.put_event("m", event(number))

    page, cursor = hooks.events("m", limit=2, cursor=None)
    rest, _ = hooks.events("m", limit=2, cursor=cursor)

    assert [one.id for one in (*page, *rest)] == ["evt_3", "evt_2", "evt_1"]
    assert hooks.event("m", "evt_2") == event(2)
    assert hooks.event("other", "evt_2") is None


def test_what_is_told_again_at_another_moment_is_one_event_and_one_delivery(
    hooks: DynamoHooks,
) -> None:
    later = timedelta(hours=1)
    hooks.put_event("m", event(1))
    hooks.plan("m", delivery(1))

    hooks.put_event("m", replace(event(1), occurred_at=event(1).occurred_at + later))
    hooks.plan("m", replace(delivery(1), sequence=999, due_at=AT + later))

    assert hooks.events("m", limit=10, cursor=None) == ([event(1)], None)
    assert hooks.pending("whk_1", CASE) == [delivery(1)]
    hooks.record(replace(delivery(1), state=State.DELIVERED))
    hooks.plan("m", replace(delivery(1), sequence=1000))
    assert hooks.pending("whk_1", CASE) == []


def test_a_delivery_is_taken_by_one_and_leaves_the_index_when_it_is_done(
    hooks: DynamoHooks,
) -> None:
    for number in (10, 9):
        hooks.plan("m", delivery(number))
        hooks.plan("m", delivery(number))
    shard = shard_of("whk_1")
    turn = {"merchant": "m", "endpoint_id": "whk_1", "subject": CASE}

    assert [one.sequence for one in hooks.pending("whk_1", CASE)] == [9, 10]
    assert hooks.due(shard=shard, until=AT, limit=10).rows == (turn,)
    head = hooks.pending("whk_1", CASE)[0]
    assert hooks.claim(head, until=AT + timedelta(minutes=2)) is True
    assert hooks.claim(head, until=AT + timedelta(minutes=2)) is False
    done = Delivery(event_id="evt_9", endpoint_id="whk_1", subject=CASE, sequence=9, due_at=AT,
                    state=State.DELIVERED)  # fmt: skip
    hooks.record(done)
    assert [one.sequence for one in hooks.pending("whk_1", CASE)] == [10]
    assert hooks.deliveries("whk_1", "evt_9") == [done]
