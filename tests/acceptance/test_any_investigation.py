"""Any command by any role at any time: no impossible state, no lost deadline, always an end."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from amends.catalog.questions import asked
from amends.domain.case.evidence import GENERAL
from amends.domain.case.evolution import replay
from amends.domain.case.money import paying
from amends.domain.case.permissions import ROLES, Action, Group
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.parcel.vocabulary import Milestone, Step
from amends.service.amend import amend
from amends.web.router import Router
from claim_settle import api as settling
from claim_settle import claims, offers
from claim_settle.agreement_desk import AgreementDesk, live
from claim_settle.staff import investigation, offering
from report_intake import api as reporting
from tests.support.any_command import KINDS, answers_to, body_of, claimants_body, path_of
from tests.support.investigation_desks import RATES
from tests.support.investigation_world import World
from tests.support.proofs import prove

COMMANDS = (*investigation.COMMANDS, *offering.commands(live()))
CLAIMANTS = [
    f"/v1/cases/{{case_id}}/{name}"
    for name in (
        *("withdraw", "information", "claim", "appeal", "settlement/receipt"),
        *("offers/{offer_id}/accept", "offers/{offer_id}/refuse"),
    )
]
ELSEWHERE = {
    # walked by rules of their own below
    "/v1/staff/tasks/{task_id}/answer",
    "/v1/cases/{case_id}/evidence",
    "/v1/staff/cases/{case_id}/evidence",
    # the same decisions behind a link: test_task_links, tests/component/kills
    "/v1/tasks/{case_id}/{task_id}/evidence",
    "/v1/tasks/{case_id}/{task_id}/answer",
    "/v1/staff/cases/{case_id}/tasks/{task_id}/link",
    # the protocol of payouts and claims back has models of its own: tests/unit/payment
    "/v1/staff/cases/{case_id}/payouts/{payout_id}/approval",
    "/v1/staff/cases/{case_id}/payouts/{payout_id}/cancellation",
    "/v1/staff/cases/{case_id}/payouts/{payout_id}/retry",
    "/v1/staff/cases/{case_id}/payouts/{payout_id}/failure",
    "/v1/staff/cases/{case_id}/payouts/{payout_id}/failure/approval",
    "/v1/cases/{case_id}/payouts/{payout_id}/cancellation",
    "/v1/staff/cases/{case_id}/extras/{remedy}/money",
    "/v1/staff/cases/{case_id}/recoveries/{recovery_id}/filing",
    "/v1/staff/cases/{case_id}/recoveries/{recovery_id}/acknowledgement",
    "/v1/staff/cases/{case_id}/recoveries/{recovery_id}/receipts",
    "/v1/staff/cases/{case_id}/recoveries/{recovery_id}/denial",
    "/v1/staff/cases/{case_id}/recoveries/{recovery_id}/write-off",
    "/v1/staff/cases/{case_id}/policies/{policy_id}/claim",
}
SPANS = st.sampled_from([0.02, 1.0, 9.0, 26.0, 24.0 * 8, 24.0 * 40])
GROUPS = [group for group in Group if group is not Group.HR]
DETAILS: Mapping[Kind, Mapping[str, object]] = {
    Kind.DAMAGED: {
        "noticed_when": "after_opening",
        "damage": "broken",
        "item_class": "glass",
        "packing_kept": True,
    },
    Kind.CONTENTS_MISSING: {"missing_items": "a cup", "seal": "broken"},
    Kind.MISDELIVERED: {"state": "delivered_wrong", "how": "recipient_wrong"},
    Kind.PROHIBITED_CONTENTS: {"found_at": "sorting", "contents": "fireworks"},
}


class Everybody(World):
    """The investigation's world, where terms can be come to as well."""

    def __post_init__(self) -> None:
        super().__post_init__()
        desk = AgreementDesk(staff=self.desk, rates=lambda: RATES, tariff=lambda _: None)
        more = (offers, claims, offering)
        self.router = Router(
            *self.router.endpoints,
            *(each for part in more for each in part.endpoints(desk)),
            prove=prove,
        )

    def pay(self) -> None:
        """The rail says that everything was paid that it was told to pay."""
        for payout in self.case().payouts:
            if payout.state not in paying.FINAL:
                amend(
                    self.cases,
                    self.id,
                    self.occasion("rail"),
                    partial(paying.confirm, payout_id=payout.id, reference="R-1"),
                )
        self.settle()


def test_every_endpoint_that_changes_a_case_is_in_the_model_or_named_with_its_own() -> None:
    endpoints = (*settling.router.endpoints, *reporting.router.endpoints)
    areas = ("/v1/staff/cases/", "/v1/cases/", "/v1/tasks/", "/v1/staff/tasks/")
    changing = {e.path for e in endpoints if e.method != "GET" and e.path.startswith(areas)}
    modelled = {command.path for command in COMMANDS} | set(CLAIMANTS)

    assert changing == modelled | ELSEWHERE
    assert not modelled & ELSEWHERE


class AnyInvestigation(RuleBasedStateMachine):
    """Every command of every staff endpoint, whatever the case is doing, at whatever time."""

    @initialize(kind=KINDS, complete=st.booleans())
    def begin(self, *, kind: Kind, complete: bool) -> None:
        self.world = Everybody()
        self.world.tell(kind, DETAILS.get(kind, {}) if complete else {})
        self.world.scanned(("Hangzhou", Step.ARRIVED, 60), ("Shanghai", Step.ARRIVED, 40))
        self.first = self.world.id

    @rule(span=SPANS)
    def time_passes(self, span: float) -> None:
        self.world.wait(hours=span)

    @rule(milestone=st.sampled_from(list(Milestone)), scans=st.integers(1, 4))
    def the_channels_say(self, milestone: Milestone, scans: int) -> None:
        self.world.read(milestone, scans=scans, found=milestone is not Milestone.NOT_FOUND)

    @rule(command=st.sampled_from(COMMANDS), group=st.sampled_from(GROUPS), data=st.data())
    def somebody_commands(self, command: Any, group: Group, data: st.DataObject) -> None:
        path = path_of(self.world, command.path, data)
        body = body_of(self.world, command.path, data)
        who = f"{group}:{data.draw(NAMES)}"
        status, problem = self._asked(path, body, who)
        assert status in (200, 201, 403, 404, 409, 422), (path, problem)
        if command.action not in ROLES[group]:
            assert status == 403
        self.world.settle()

    @rule(group=st.sampled_from(GROUPS), data=st.data())
    def somebody_answers_a_task(self, group: Group, data: st.DataObject) -> None:
        tasks = self.world.case().investigation.open_tasks
        if not tasks:
            return
        task = data.draw(st.sampled_from(tasks))
        answers = {q.code: data.draw(answers_to(q)) for q in asked(task.role, task.questions)}
        body = {"case_id": self.world.id, "answers": answers}
        path = f"/v1/staff/tasks/{task.id}/answer"
        status, problem = self._asked(path, body, f"{group}:x")
        assert status in (200, 403, 404, 409, 422), problem
        if Action.ANSWER_TASK not in ROLES[group]:
            assert status == 403
        self.world.settle()

    @rule(path=st.sampled_from(CLAIMANTS), data=st.data())
    def the_claimant_acts(self, path: str, data: st.DataObject) -> None:
        body = claimants_body(self.world, path, data)
        asked_of = path_of(self.world, path, data)
        token = self.world.tokens[self.first]
        status, problem = self.world.call("POST", asked_of, body, token=token)
        assert status in (200, 201, 404, 409, 422), (path, problem)
        self.world.settle()

    @rule(kind=st.sampled_from(GENERAL))
    def the_claimant_sends_a_document(self, kind: str) -> None:
        case = self.world.case()
        if case.is_open and kind not in {upload.kind for upload in case.uploads}:
            self.world.upload(kind)

    @rule()
    def the_rail_pays(self) -> None:
        self.world.pay()

    def _asked(self, path: str, body: object, who: str) -> tuple[int, Any]:
        """A request; one that was carried out comes again as if its function had died after it.

        It is answered as done, and nothing is recorded twice.
        """
        world = self.world
        key = f"key of {world.calls}"
        told = world.call("POST", path, body, groups=who, key=key)
        if told[0] < 300:
            version = world.case().version
            world.keys.lose_answers()
            again = world.call("POST", path, body, groups=who, key=key)
            assert again[0] == told[0], (path, again)
            assert world.case().version == version, path
        return told

    @invariant()
    def an_open_case_is_due_and_a_closed_one_has_an_outcome(self) -> None:
        for case_id in self.world.cases.ids():
            case = self.world.cases.load(case_id)
            assert (case.due_at is not None) is case.is_open
            assert (case.outcome is not None) is not case.is_open

    @invariant()
    def what_is_in_a_stage_has_what_belongs_to_it(self) -> None:
        case = self.world.case()
        if case.stage in (Stage.ASSESSING, Stage.NEGOTIATING, Stage.SETTLING):
            assert case.conclusion is not None
        if case.stage in (Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING):
            assert case.conclusion is None
        if case.goods.quarantine is not None:
            assert not case.offers
        assert replay(self.world.cases.history(case.id)) == case

    def teardown(self) -> None:
        """Left alone for four hundred days, every case ends."""
        if not hasattr(self, "world"):
            return
        for case_id in self.world.cases.ids():
            self.world.id = case_id
            for _ in range(PAYMENTS):
                self.world.wait(days=400)
                self.world.pay()
            case = self.world.wait(days=400)
            assert not case.is_open, (case.stage, case.status, dict(case.waits))


PAYMENTS = 3
"""What a case may still have to pay when everybody leaves it alone, one after another."""
NAMES = st.sampled_from(["anna", "bo", "cy"])


AnyInvestigation.TestCase.settings = settings(
    max_examples=16, stateful_step_count=14, deadline=None
)
test_any_investigation_ends_and_loses_no_deadline = AnyInvestigation.TestCase
