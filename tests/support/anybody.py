"""Anybody: the machine of random commands; what holds of any case, and that it ends."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from amends.domain.case.evolution import replay
from amends.domain.case.permissions import ROLES, Action, Group
from amends.domain.case.state.settlement import PayoutState
from amends.domain.case.talking.work import owed
from amends.domain.case.vocabulary import Kind, Stage, Status
from amends.domain.parcel.vocabulary import Step
from tests.support.any_command import KINDS
from tests.support.everybody import Everybody

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
NAMES = st.sampled_from(["anna", "bo", "cy"])
FAR = st.sampled_from(["reported", "offered", "paying"])
"""How far a case has come before anything may happen to it."""


ENDURED = (10, 40, 40, 40, 400, 400, 400, 400, 400)
"""Days that a case is left alone for, between a second person's looks: what is owed and is never
asked for is prescribed after three years."""


class Anybody(RuleBasedStateMachine):
    """A case that may have come some way, and what always holds of it; the rules are added."""

    @initialize(kind=KINDS, complete=st.booleans(), far=FAR)
    def begin(self, *, kind: Kind, complete: bool, far: str) -> None:
        self.world = Everybody()
        self.world.tell(kind, DETAILS.get(kind, {}) if complete else {})
        self.world.scanned(("Hangzhou", Step.ARRIVED, 60), ("Shanghai", Step.ARRIVED, 40))
        self.first = self.world.id
        if far != "reported" and kind is not Kind.PROHIBITED_CONTENTS:
            self.offer()
        if far == "paying" and (offer := self.world.case().open_offer) is not None:
            account = {"rail": "alipay", "account": "2088123456789012"}
            path = f"/v1/cases/{self.first}/offers/{offer.id}/accept"
            token = self.world.tokens[self.first]
            self.world.call("POST", path, {"payout_method": account}, token=token)
            self.world.settle()

    def offer(self) -> None:
        """Somebody finds it lost, and that we are liable; what is owed is offered."""
        found = {"finding": "lost", "ground": "seen", "rule": "4.2", "evidence": ["the chain"]}
        self.world.staff("investigator:bo", "conclusion", found)
        share = {"party": "our_station", "share": "1", "ground": "the chain", "rule": "4.2"}
        self.world.staff("investigator:bo", "liability", {"shares": [share], "evidence": ["x"]})

    def task(self, data: st.DataObject) -> Any:
        tasks = self.world.case().investigation.open_tasks
        return data.draw(st.sampled_from(tasks)) if tasks else None

    def commands(
        self, action: Action, path: str, body: Mapping[str, object], data: st.DataObject
    ) -> None:
        """By whoever may, mostly: refusals of the others are a table of their own."""
        allowed = [group for group in Group if action in ROLES[group]]
        group = data.draw(st.sampled_from([*allowed, *allowed, *Group]))
        self.checked(action, path, body, f"{group}:{data.draw(NAMES)}", group)

    def checked(
        self, action: Action, path: str, body: Mapping[str, object], who: str, group: Group
    ) -> Any:
        status, told = self._asked(path, body, who)
        assert status in (200, 201, 403, 404, 409, 422), (path, told)
        if action not in ROLES[group]:
            assert status == 403
        self.world.settle()
        return told

    def claims(self, path: str, body: Mapping[str, object]) -> tuple[int, Any]:
        token = self.world.tokens[self.first]
        status, told = self.world.call("POST", path, body, token=token)
        spent = (401,) if path.endswith("/token") else ()
        assert status in (200, 201, 202, 404, 409, 422, *spent), (path, told)
        self.world.settle()
        return status, told

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
            assert (case.due_at is not None) is (case.is_open or bool(owed(case)))
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

    @invariant()
    def what_has_left_a_rail_was_ordered_once_and_stands_in_the_books(self) -> None:
        money = self.world.money
        for case_id in self.world.cases.ids():
            payouts = self.world.cases.load(case_id).payouts
            done = [one.part for one in payouts if one.state is PayoutState.SUCCEEDED]
            assert len(done) == len(set(done))
        sent = {bill.number for book in money.books.values() for bill in book.bills.values()}
        known = {
            payout.key
            for case_id in self.world.cases.ids()
            for payout in self.world.cases.load(case_id).payouts
        }
        assert sent <= known
        assert sum(entry.minor for entry in self.world.cases.entries) == 0

    def teardown(self) -> None:
        """Left alone, every case ends, once a second person has agreed to what is paid."""
        if not hasattr(self, "world"):
            return
        for case_id in self.world.cases.ids():
            self.world.id = case_id
            for days in ENDURED:
                case = self.world.wait(days=days)
                if not case.is_open:
                    break
                self._agree()
                self.world.hear()
            assert not case.is_open, (case.stage, case.status, dict(case.waits), case.payouts)

    def _agree(self) -> None:
        """A second person decides what waits for one; two declare failed what a rail forgot."""
        case = self.world.case()
        if case.status is Status.APPEALED:
            said = {"uphold": False, "because": "seen"}
            path = f"/v1/staff/cases/{case.id}/appeal"
            self.world.call("POST", path, said, groups="supervisor:second")
        for offer in case.offers:
            said = {"approve": False, "because": "too much"}
            path = f"/v1/staff/cases/{case.id}/offers/{offer.id}/approval"
            self.world.call("POST", path, said, groups="supervisor:second")
        for payout in self.world.case().payouts:
            path = f"/v1/staff/cases/{self.world.id}/payouts/{payout.id}"
            self.world.call("POST", f"{path}/approval", {}, groups="supervisor:second")
            if payout.state is PayoutState.UNKNOWN:
                told = {"reason": "silent for long", "evidence": "a letter"}
                self.world.call("POST", f"{path}/failure", told, groups="finance:anna")
                self.world.call("POST", f"{path}/failure/approval", {}, groups="finance:bo")
