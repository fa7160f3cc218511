"""Two workers at once, duplicates, records out of order, and deaths by chance: the end is one."""

import os
from collections import Counter
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from amends.domain.case.events import OfferMade
from amends.domain.refusal import Refusal
from tests.support.agreement_world import BANK, CASE, TOKEN
from tests.support.cut_agreement import CutAgreement
from tests.support.cut_intake import CutIntake
from tests.support.cut_people import CutPeople, sent_by
from tests.support.cut_poller import CutPoller
from tests.support.cutting import a_fire
from tests.support.event_samples import sample
from tests.support.intake_world import JPEG
from tests.support.interleaving import Interleaving, Killed

SEEDS = range(int(os.environ.get("AMENDS_KILL_SEEDS", "6")))
DEATHS = 0.04


def ablaze(fire: Interleaving, seed: int) -> Interleaving:
    """From now on workers take turns by the seed, and some die."""
    fire.chance = Random(seed)  # noqa: S311 - a seed, so that a run can be had again
    fire.deaths = DEATHS
    return fire


def out(fire: Interleaving) -> None:
    """Nothing goes wrong any more."""
    fire.deaths = 0


def ended_well(ends: list[BaseException | None]) -> None:
    """Whoever did not end well was killed, or told that somebody else was quicker."""
    for end in ends:
        if end is not None and not isinstance(end, Killed | Refusal):
            raise end


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("way", ["email", "sms", "push"])
def test_a_message_that_many_take_at_once_leaves_once_or_somebody_calls(
    way: str, seed: int
) -> None:
    people = CutPeople()
    case = people.open()
    wishes = {"ways": [way], "opted_out": [one for one in ("email", "sms", "push") if one != way]}
    people.contacts.put(case.id, "preferences", wishes | {"push_endpoint": "arn:device"})
    people.flow()
    ablaze(people.fire, seed)

    documents = [{**one} for one in people.queue.sent]
    people.queue.sent.clear()
    for document in documents:
        document.pop("delay_seconds")
    tasks = [partial(people.deliver, document) for document in documents * 3]
    ended_well(people.fire.run(tasks))
    out(people.fire)
    people.run_post(timedelta(hours=2), step=timedelta(minutes=40))

    events = [type(one.event).__name__ for one in people.cases.history(case.id)]
    assert max(sent_by(people).values(), default=0) <= 1
    assert sent_by(people) or events.count("CallPlanned") == 1
    assert events.count("CallPlanned") <= 1
    assert people.limbo() == []


@pytest.mark.requirement("003-8")
@pytest.mark.parametrize("seed", SEEDS)
def test_webhooks_keep_their_order_whoever_delivers_them(seed: int) -> None:
    people = CutPeople()
    _, made = people.call(
        "POST", "/v1/webhooks", {"url": "https://shop.example.com/hooks"}, merchant="mer_tea"
    )
    case = people.happen(people.open(merchant="mer_tea"), sample(OfferMade))
    ablaze(people.fire, seed)

    def in_order() -> None:
        people.tell(case.id, 1)
        people.tell(case.id, 2)

    turn = {"merchant": "mer_tea", "endpoint_id": made["id"], "subject": case.id}
    deliver = partial(people.deliver, turn)
    sweep = partial(people.tell, case.id, 0)
    ended_well(people.fire.run([in_order, in_order, sweep, deliver, deliver, deliver]))
    out(people.fire)
    people.tell(case.id, 1)
    people.run_hooks(timedelta(minutes=20), step=timedelta(minutes=4))

    told = [request.headers["webhook-id"] for request in people.requests]
    planned = sorted(people.hooks.planned.values(), key=lambda row: row[1].sequence)
    assert list(dict.fromkeys(told)) == [one.event_id for _, one in planned]
    assert {str(one.state) for _, one in planned} == {"delivered"}
    repeated = sum(Counter(told).values()) - len(planned)
    assert repeated <= people.fire.kills, "only an attempt whose worker died is made again"


@pytest.mark.parametrize("seed", SEEDS)
def test_of_acceptances_at_once_one_holds_and_is_paid_once(seed: int) -> None:
    world = CutAgreement()
    world.begin()
    world.conclude()
    path = f"{CASE}/offers/{world.offer['id']}/accept"
    ablaze(world.fire, seed)

    def accept(key: str) -> None:
        status, told = world.call("POST", path, BANK, token=TOKEN, key=key)
        assert status in (200, 409), told

    ended_well(world.fire.run([partial(accept, key) for key in ("a", "a", "b")]))
    step = partial(world.flow, times=1)
    ended_well(world.fire.run([step, step]))
    out(world.fire)
    world.now += timedelta(minutes=1)
    accept("a")
    world.flow()

    names = world.events()
    assert names.count("OfferAccepted") == names.count("SettlementWritten") == 1
    assert names.count("PayoutRequested") == 1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_file_that_many_look_at_is_received_once(seed: int) -> None:
    intake = CutIntake()
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, JPEG, content_type="image/jpeg")
    key = granted.body["upload"]["fields"]["key"]
    intake.files.put(key, JPEG, content_type="image/jpeg")
    ablaze(intake.fire, seed)

    ended_well(intake.fire.run([partial(intake.arrive, key)] * 3))
    out(intake.fire)
    intake.arrive(key)

    assert intake.types(case_id).count("EvidenceReceived") == 1


@pytest.mark.requirement("000-10")
@pytest.mark.parametrize("seed", SEEDS)
def test_news_that_many_pollers_hear_at_once_is_told_once(seed: int) -> None:
    poller = CutPoller(fire=a_fire())
    poller.register()
    poller.open_case()
    messages = list(poller.tracking.queue.waiting)
    poller.tracking.queue.clear()
    ablaze(poller.fire, seed)

    def hear(message: object) -> None:
        poller.tracking.act(message)

    tasks = [partial(hear, message) for message in messages * 2]
    ended_well(poller.fire.run([*tasks, poller.tracking.sweep]))
    out(poller.fire)
    poller.tracking.run(timedelta(hours=4), step=timedelta(minutes=30))

    names = [type(one.event).__name__ for one in poller.cases.history("case_1")]
    assert names.count("TrackingRead") == 1
    assert len(poller.hooks.planned) == 1
    assert all(
        row.state.milestone == "delivered" for row in poller.tracking.shipments.rows.values()
    )
