"""The follow-up, cut at each of its effects: people and merchants hear what they should."""

from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CallPlanned,
    CaseClosed,
    Concluded,
    OfferMade,
    PayoutConfirmed,
    SurveyPlanned,
)
from amends.domain.case.vocabulary import Outcome
from tests.support.cut_people import CutPeople, scene
from tests.support.cutting import calmly, cuts, ends_alike
from tests.support.event_samples import sample
from tests.support.interleaving import Killed
from tests.support.people_world import ERIKA

SHOP = "mer_tea"
HOOK = {"url": "https://shop.example.com/hooks"}
SURVEY = "srv_0123456789abcdefghjkmnpqrs"
FEW = timedelta(minutes=6)


def opened(people: CutPeople) -> Case:
    return people.open()


def offered(people: CutPeople) -> Case:
    """A merchant's case with news that nobody has been told."""
    status, _ = people.call("POST", "/v1/webhooks", HOOK, merchant=SHOP)
    assert status == 201
    return people.happen(people.open(merchant=SHOP), sample(OfferMade))


def settled(people: CutPeople, **changes: Any) -> Case:
    case = people.open(**changes)
    planned = SurveyPlanned(survey_id=SURVEY, ask_at=people.now + timedelta(minutes=1))
    return people.happen(
        case, sample(Concluded), sample(OfferMade), sample(PayoutConfirmed), planned
    )


# ------------------------------------------------------------------ the stream


def test_the_stream_plans_every_message_and_webhook_once() -> None:
    def work(people: CutPeople, _: Case) -> None:
        people.flow()
        people.run_post(FEW, step=FEW)

    def planned(people: CutPeople) -> object:
        return sorted(people.postings.rows), sorted(people.hooks.planned), people.limbo()

    ends_alike(scene(offered, work, planned), at_least=30)


@pytest.mark.parametrize("is_lost", [False, True])
def test_the_sweep_tells_whatever_the_stream_has_lost(*, is_lost: bool) -> None:
    def work(people: CutPeople, _: Case) -> None:
        people.flow()
        people.run(timedelta(days=20), step=timedelta(days=4), sends=False)

    def planned(people: CutPeople) -> object:
        return sorted(people.postings.rows), sorted(people.hooks.planned), people.limbo()

    make = scene(settled, work, planned, is_stream_lost=is_lost)
    ends_alike(make, at_least=26, ways=(Killed,))


# ------------------------------------------------------------------ what people do


def test_an_answer_to_the_survey_counts_once_and_has_somebody_call_once() -> None:
    def begin(people: CutPeople) -> Case:
        case = settled(people)
        people.now += timedelta(minutes=2)
        people.turn()
        return case

    def work(people: CutPeople, case: Case) -> object:
        body = {"score": 1, "resolved": False, "comment": "太慢"}
        answer = people.claimant(case.id, "POST", "feedback", body)
        people.flow()
        return answer

    ends_alike(scene(begin, work, CutPeople.outcome), at_least=12)


def test_a_message_of_the_claimant_stands_in_the_thread_once() -> None:
    def work(people: CutPeople, case: Case) -> object:
        return people.claimant(case.id, "POST", "messages", {"text": "Where is it?"})

    ends_alike(scene(opened, work), at_least=8)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("messages", {"text": "We are looking."}),
        ("messages/summary", {"understood": ["It is lost."]}),
        ("messages/calls", {"because": "asked"}),
    ],
)
def test_what_staff_write_or_plan_is_written_and_planned_once(path: str, body: object) -> None:
    def work(people: CutPeople, case: Case) -> object:
        return people.ask("POST", f"/v1/staff/cases/{case.id}/{path}", body, groups="agent")

    ends_alike(scene(opened, work), at_least=6)


def test_a_call_that_reached_nobody_is_counted_once() -> None:
    def begin(people: CutPeople) -> Case:
        case = people.open()
        return people.happen(case, sample(CallPlanned))

    def work(people: CutPeople, case: Case) -> object:
        body = {"case_id": case.id, "reached": False, "note": "nobody there"}
        path = f"/v1/staff/work/calls/{sample(CallPlanned).call_id}"
        return people.ask("POST", path, body, groups="agent")

    ends_alike(scene(begin, work), at_least=8)


def test_a_wish_to_hear_no_more_is_kept() -> None:
    def work(people: CutPeople, case: Case) -> object:
        return people.claimant(case.id, "PUT", "preferences", {"muted": ["progress_report"]})

    ends_alike(scene(opened, work), at_least=2)


def test_a_link_that_was_asked_for_once_is_issued_once() -> None:
    def begin(people: CutPeople) -> None:
        asked = {"reference": people.open().id, "contact": str(ERIKA["email"])}
        status, _ = people.call("POST", "/v1/magic-links", asked)
        assert status == 202

    def work(people: CutPeople, _: None) -> None:
        people.drain()
        people.flow()

    def told(people: CutPeople) -> object:
        (case_id,) = people.cases.ids()
        links = people.cases.load(case_id).access.links
        return links, sorted(people.postings.rows), people.limbo()

    make = scene(begin, work, told)
    assert calmly(make)[0][1][0] == 1
    ends_alike(make, at_least=6)


# ------------------------------------------------------------------ merchants


def test_an_endpoint_is_registered_once_with_the_secret_that_the_merchant_was_shown() -> None:
    def work(people: CutPeople, _: object) -> object:
        answer = people.ask("POST", "/v1/webhooks", HOOK, merchant=SHOP)
        (hook,) = people.hooks.endpoints(SHOP)
        return answer, hook.secrets[0].value

    ends_alike(scene(lambda _: None, work), at_least=6)


def test_a_secret_is_changed_once_and_the_former_still_signs() -> None:
    def begin(people: CutPeople) -> str:
        _, made = people.call("POST", "/v1/webhooks", HOOK, merchant=SHOP)
        return str(made["id"])

    def work(people: CutPeople, hook_id: str) -> object:
        answer = people.ask("POST", f"/v1/webhooks/{hook_id}/rotate", {}, merchant=SHOP)
        (hook,) = people.hooks.endpoints(SHOP)
        return answer, [one.value for one in hook.secrets]

    ends_alike(scene(begin, work), at_least=6)


@pytest.mark.requirement("003-8")
def test_a_merchant_hears_of_every_event_in_order_and_knows_a_repeat_by_its_id() -> None:
    def begin(people: CutPeople) -> Case:
        case = offered(people)
        people.flow()
        return case

    def work(people: CutPeople, _: Case) -> None:
        people.drain()
        people.run_hooks(timedelta(minutes=9), step=timedelta(minutes=3))

    def told(people: CutPeople) -> object:
        order = [request.headers["webhook-id"] for request in people.requests]
        states = sorted(str(one.state) for _, one in people.hooks.planned.values())
        return list(dict.fromkeys(order)), states, max(people.heard().values())

    make = scene(begin, work, told)
    (_, (order, states, _)), _ = calmly(make)
    for played in cuts(make):
        _, (found, now, most) = played.told
        assert (found, now) == (order, states), played.place
        assert most <= 2, f"{played.place}: at most the attempt whose answer was lost is repeated"


def test_an_event_that_is_sent_again_by_hand_goes_out_again() -> None:
    def begin(people: CutPeople) -> str:
        offered(people)
        people.flow()
        people.drain()
        people.requests.clear()
        return min(one for _, one in people.hooks.planned)

    def work(people: CutPeople, event_id: str) -> object:
        answer = people.ask("POST", f"/v1/events/{event_id}/resend", {}, merchant=SHOP)
        people.run_hooks(timedelta(minutes=9), step=timedelta(minutes=3))
        return answer

    def told(people: CutPeople) -> object:
        return sorted(people.heard()), sorted(
            str(o.state) for _, o in people.hooks.planned.values()
        )

    ends_alike(scene(begin, work, told), at_least=8)


def test_a_case_that_closes_is_told_to_its_merchant_however_the_stream_is_cut() -> None:
    def begin(people: CutPeople) -> Case:
        return people.happen(offered(people), CaseClosed(outcome=Outcome.DECLINED))

    def work(people: CutPeople, _: Case) -> None:
        people.flow()
        people.drain()
        people.run_hooks(timedelta(minutes=9), step=timedelta(minutes=3))

    ends_alike(
        scene(begin, work, lambda people: sorted(people.heard())), at_least=40, ways=(Killed,)
    )
