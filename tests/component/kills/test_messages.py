"""A message is an intent with a key: cut anywhere, it leaves once, or somebody calls."""

from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import CallPlanned
from amends.service.people.referring import wanted_by
from amends.service.people.sending import send_all
from tests.support.cut_people import CutPeople, scene, sent_by
from tests.support.cutting import calmly, cuts, delivered, ends_alike
from tests.support.people_world import ERIKA

WAYS = ("email", "sms", "push", "letter")
ADDRESS = {"lines": ["1 Some Street"], "city": "杭州", "country": "CN"}


def told_by(way: str) -> Any:
    """A case with one message to send, to a claimant whom one way alone reaches."""

    def begin(people: CutPeople) -> Case:
        case = people.open({**ERIKA, "address": ADDRESS})
        wishes = {"ways": [way], "opted_out": [one for one in WAYS if one != way]}
        people.contacts.put(case.id, "preferences", wishes | {"push_endpoint": "arn:device"})
        people.flow()
        return case

    return begin


def tells(people: CutPeople, _: Case) -> None:
    people.drain()
    people.run_post(timedelta(hours=2), step=timedelta(minutes=40))


def outcome(people: CutPeople) -> object:
    """How often each message left, how many calls somebody owes for it, and what hangs."""
    events = [one.event for case in people.cases.ids() for one in people.cases.history(case)]
    calls = sum(isinstance(event, CallPlanned) for event in events)
    return max(sent_by(people).values(), default=0), calls, people.limbo()


@pytest.mark.requirement("004-1")
@pytest.mark.parametrize("way", ["email", "sms", "push"])
def test_a_message_cut_anywhere_leaves_once_or_somebody_calls(way: str) -> None:
    make = scene(told_by(way), tells, outcome)
    (_, calm), places = calmly(make)
    ends = {str(played.told[1]) for played in cuts(make)}

    assert calm == (1, 0, [])
    assert len(places) == 6, "the attempt is recorded, made, and its outcome recorded"
    assert ends == {"(1, 0, [])", "(0, 1, [])", "(1, 1, [])"}, "never twice, never in silence"


@pytest.mark.requirement("004-1")
def test_messages_of_one_batch_cut_anywhere_leave_once_each_or_somebody_calls() -> None:
    def begin(people: CutPeople) -> list[Case]:
        cases = [people.open(case_id=f"case_{place:026d}") for place in range(3)]
        people.flow()
        return cases

    def work(people: CutPeople, _: list[Case]) -> None:
        wanted = [wanted_by(document) for document in people.queue.sent]
        people.queue.sent.clear()

        def batch() -> None:
            ends = send_all(people.cases, wanted, people.post(), people.occasion())
            for end in ends:
                if isinstance(end, Exception):
                    raise end

        delivered(batch)
        people.run_post(timedelta(hours=2), step=timedelta(minutes=40))

    def told(people: CutPeople) -> object:
        left = sent_by(people)
        called = {
            case
            for case in people.cases.ids()
            for one in people.cases.history(case)
            if isinstance(one.event, CallPlanned)
        }
        silent = [
            key for case, key in people.postings.rows if key not in left and case not in called
        ]
        return max(left.values(), default=0), silent, people.limbo()

    make = scene(begin, work, told)
    (_, calm), places = calmly(make)
    assert calm == (1, [], [])
    assert places.count("before Postings.save_many") == 2, "attempts and outcomes of all at once"
    for played in cuts(make):
        most, silent, limbo = played.told[1]
        assert (most <= 1, silent, limbo) == (True, [], []), played.place


def test_a_mail_that_left_is_not_called_about_once_the_provider_says_that_it_came() -> None:
    def work(people: CutPeople, case: Case) -> None:
        people.drain()
        for mail in people.messenger.sent:  # the provider's own report, which no cut can stop
            tags = {"message_key": [mail["key"]], "case_id": [case.id]}
            report = {"notificationType": "Delivery", "delivery": {}, "mail": {"tags": tags}}
            people.queue.sent.append({**report, "delay_seconds": 0})
        people.run_post(timedelta(hours=2), step=timedelta(minutes=40))

    for played in cuts(scene(told_by("email"), work, outcome)):
        left, calls, limbo = played.told[1]
        assert left + calls == 1, played.place
        assert not limbo


def test_a_letter_and_a_call_in_its_place_are_planned_once() -> None:
    def work(people: CutPeople, _: Case) -> None:
        people.drain()
        people.run_post(timedelta(days=5), step=timedelta(days=1))

    make = scene(told_by("letter"), work, outcome)
    assert calmly(make)[0][1] == (0, 1, [])
    ends_alike(make, at_least=6)
