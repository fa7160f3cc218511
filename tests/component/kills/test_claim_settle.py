"""Settling, cut at each of its effects: what was decided is decided once, by whoever finishes."""

from datetime import timedelta

import pytest

from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Step
from tests.support.agreement_world import ADJUSTER, BANK, yuan
from tests.support.cut_agreement import CutAgreement, scene
from tests.support.cutting import cuts, ends_alike
from tests.support.interleaving import Killed

INVESTIGATOR = "investigator:ida"
CONCLUDED = {
    "finding": "lost",
    "ground": "searched everywhere",
    "rule": "searched_and_not_found",
    "evidence": ["the custody chain"],
}
SEEN = {"loading_normal": True, "parcel_seen": False, "camera_anomaly": False}


def begun(world: CutAgreement) -> None:
    world.begin()


def offered(world: CutAgreement) -> str:
    """A case with an open offer; its id."""
    world.begin()
    world.conclude()
    return str(world.offer["id"])


def station_task(world: CutAgreement, role: TaskRole = TaskRole.STATION) -> str:
    """A case under investigation with a task for a station; its id."""
    world.begin(Kind.LOST)
    world.scanned(("Hangzhou", Step.ARRIVED, 60), ("Hangzhou", Step.DEPARTED, 50))
    world.wait(hours=0.1)
    return world.task(role).id


# ------------------------------------------------------------------ stream and sweep


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_concluded_case_is_assessed_and_offered_once(*, is_lost: bool) -> None:
    def begin(world: CutAgreement) -> None:
        world.begin()
        world.call("POST", "/v1/staff/cases/case_1/conclusion", CONCLUDED, groups=INVESTIGATOR)

    def work(world: CutAgreement, _: None) -> None:
        world.flow(times=1 if is_lost else 5)
        world.sweeps(timedelta(hours=1), step=timedelta(minutes=20))

    ends_alike(scene(begin, work), at_least=6)


def test_a_case_that_nobody_looks_after_goes_on_by_itself() -> None:
    def work(world: CutAgreement, _: None) -> None:
        world.sweeps(timedelta(days=16), step=timedelta(days=4))

    ends_alike(scene(begun, work), at_least=12, ways=(Killed,))


# ------------------------------------------------------------------ the claimant


def test_an_acceptance_is_one_settlement_and_one_payout() -> None:
    def work(world: CutAgreement, offer_id: str) -> object:
        answer = world.claimant_asks(f"offers/{offer_id}/accept", BANK)
        world.flow()
        return answer

    ends_alike(scene(offered, work), at_least=10)


def test_a_counter_is_heard_and_answered_once() -> None:
    def work(world: CutAgreement, offer_id: str) -> object:
        counter = {"remedy": "compensation", "amount": yuan("5000.00")}
        body = {"reason": "too low", "counter": counter}
        answer = world.claimant_asks(f"offers/{offer_id}/refuse", body)
        world.flow()
        return answer

    ends_alike(scene(offered, work), at_least=10)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("claim", {"demanded": yuan("500.00"), "remedy": "compensation", "reason": "a gift"}),
        ("appeal", {"reason": "it was worth more"}),
    ],
)
def test_a_claim_and_an_appeal_are_made_once_with_their_reasons(path: str, body: object) -> None:
    def work(world: CutAgreement, _: str) -> object:
        answer = world.claimant_asks(path, body)
        world.flow()
        return answer

    ends_alike(scene(offered, work), at_least=6)


@pytest.mark.parametrize("path", ["refuse", "claim", "appeal"])
def test_what_a_claimant_did_is_never_without_their_reason(path: str) -> None:
    def work(world: CutAgreement, offer_id: str) -> None:
        full = f"offers/{offer_id}/refuse" if path == "refuse" else path
        body = {"reason": "a gift"} | ({"demanded": yuan("9.00")} if path == "claim" else {})
        world.claimant_once(full, body)

    for played in cuts(scene(offered, work)):
        found = str(played.told)
        is_done = any(name in found for name in ("OfferRefused", "ClaimMade", "AppealMade"))
        assert not is_done or "a gift" in found, played.place


# ------------------------------------------------------------------ staff, and who holds a link


@pytest.mark.parametrize(
    ("groups", "path", "body"),
    [
        (INVESTIGATOR, "conclusion", CONCLUDED),
        ("supervisor:sven", "assignment", {"to": "bo"}),
    ],
)
def test_what_an_investigator_decides_is_decided_once(groups: str, path: str, body: object) -> None:
    def work(world: CutAgreement, _: str) -> object:
        return world.staff_asks(groups, path, body)

    ends_alike(scene(station_task, work), at_least=6)


def test_an_offer_of_an_adjuster_is_made_once() -> None:
    def work(world: CutAgreement, _: str) -> object:
        owed = world.offer["amount"]["amount"]
        parts = [{"remedy": "compensation", "amount": yuan(owed)}]
        body = {"because": "kind", "options": [{"parts": parts}]}
        return world.staff_asks(ADJUSTER, "offers", body)

    ends_alike(scene(offered, work), at_least=6)


def test_a_link_that_is_asked_for_again_is_the_same_link() -> None:
    def work(world: CutAgreement, task_id: str) -> object:
        return world.staff_asks(INVESTIGATOR, f"tasks/{task_id}/link", {})

    ends_alike(scene(station_task, work), at_least=2)


@pytest.mark.requirement("002-22")
def test_an_answer_through_a_link_is_taken_once_and_said_to_be_taken() -> None:
    def begin(world: CutAgreement) -> tuple[str, str]:
        link = world.staff(INVESTIGATOR, f"tasks/{station_task(world)}/link")
        return link["path"], link["token"]

    def work(world: CutAgreement, link: tuple[str, str]) -> object:
        answer = world.linked_asks(f"{link[0]}/answer", link[1], {"answers": SEEN})
        world.flow()
        return answer

    ends_alike(scene(begin, work), at_least=2)


def test_a_statement_that_only_few_may_read_is_taken_once() -> None:
    def begin(world: CutAgreement) -> str:
        station_task(world)
        body = {"role": "staff_statement", "node": "Hangzhou"}
        world.staff(INVESTIGATOR, "tasks", body)
        return world.task(TaskRole.STAFF_STATEMENT).id

    def work(world: CutAgreement, task_id: str) -> object:
        answers = {"statement": "I put it on the van.", "present": True}
        body = {"case_id": world.id, "answers": answers}
        return world.staff_asks("supervisor:sven", f"/v1/staff/tasks/{task_id}/answer", body)

    ends_alike(scene(begin, work), at_least=6)
