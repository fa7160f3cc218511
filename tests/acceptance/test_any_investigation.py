"""Any command by any role at any time: no impossible state, no lost deadline, always an end."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from amends.catalog.questions import asked
from amends.domain.case.evolution import replay
from amends.domain.case.permissions import ROLES, Action, Group
from amends.domain.case.question import AnswerType, Question
from amends.domain.case.state.investigation import TaskRole
from amends.domain.case.vocabulary import Kind, Stage
from amends.domain.parcel.vocabulary import Milestone, Step
from claim_settle.staff.investigation import COMMANDS
from tests.support.investigation_world import World

KINDS = st.sampled_from(list(Kind))
SPANS = st.sampled_from([0.02, 1.0, 9.0, 26.0, 24.0 * 8, 24.0 * 40])
GROUPS = [group for group in Group if group is not Group.HR]
MONEY = {"amount": "20.00", "currency": "CNY"}
SHARES = [
    {"party": party, "share": "1", "ground": "the chain", "rule": "4.2", "name": "a node"}
    for party in ("our_station", "subcontractor", "sender", "force_majeure", "customs")
]
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


class AnyInvestigation(RuleBasedStateMachine):
    """Every command of every staff endpoint, whatever the case is doing, at whatever time."""

    @initialize(kind=KINDS, complete=st.booleans())
    def begin(self, *, kind: Kind, complete: bool) -> None:
        self.world = World()
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
        path = self._path(command.path, data)
        body = self._body(command.path, data)
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
        answers = {q.code: data.draw(_answers(q)) for q in asked(task.role, task.questions)}
        body = {"case_id": self.world.id, "answers": answers}
        path = f"/v1/staff/tasks/{task.id}/answer"
        status, problem = self._asked(path, body, f"{group}:x")
        assert status in (200, 403, 404, 409, 422), problem
        if Action.ANSWER_TASK not in ROLES[group]:
            assert status == 403
        self.world.settle()

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

    def _path(self, path: str, data: st.DataObject) -> str:
        case = self.world.case()
        ids = {
            "case_id": [case.id],
            "task_id": [task.id for task in case.investigation.tasks],
            "request_id": [clip.id for clip in case.investigation.cctv],
            "inquiry_id": [inquiry.id for inquiry in case.investigation.inquiries],
            "finding_id": [finding.id for finding in case.answering.findings],
            "action_id": [action.id for action in case.answering.actions],
            "stop_id": [stop.id for stop in case.recovering.stops],
            "inspection_id": [look.id for look in case.goods.inspections],
        }
        for name, known in ids.items():
            path = path.replace(f"{{{name}}}", data.draw(st.sampled_from([*known, "none"])))
        return path

    def _body(self, path: str, data: st.DataObject) -> dict[str, object]:
        """A body that the command takes: what decides is drawn, the rest is given."""
        now = self.world.now
        soon, later, past = ((now + timedelta(hours=hours)).isoformat() for hours in (2, 6, -4))
        findings = [finding.id for finding in self.world.case().answering.findings]

        def one(*values: object) -> Any:
            return data.draw(st.sampled_from(values))

        bodies: dict[str, dict[str, object]] = {
            "assignment": {"to": "bo"},
            "kind": {"kind": data.draw(KINDS), "because": "seen"},
            "tasks": {"role": one(*TaskRole), "node": "Hangzhou"},
            "cancel": {"because": "not needed"},
            "records": {"kind": one("stock_in", "stock_out"), "node": "Hangzhou", "at": past},
            "cctv": {"node": "Hangzhou", "camera": "4", "from_at": past, "to_at": now.isoformat()},
            "clip": {"sha256": "c" * 64},
            "viewings": {"shows_anomaly": True, "seen": "a bag"},
            "inquiries": {"to": "deutsche_post"},
            "acknowledgement": {"reference": "DE-1"},
            "reply": {"finding": one("no_trace", "lost"), "detail": "never here"},
            "conclusion": {
                "finding": one("lost", "damaged", "delivered", "misdelivered", "prohibited"),
                "ground": "seen",
                "rule": "4.2",
                "evidence": ["the chain"],
            },
            "cause": {"cause": one("negligence", "missort", "customs"), "because": "seen"},
            "actions": {
                "kind": one("camera", "route"),
                "owner": "hub",
                "due_on": "2026-12-01",
            },
            "force-majeure": {
                "event": one("flood", "traffic accident"),
                "proof": ["a gauge"],
                "causal_link": "the road was cut",
            },
            "liability": {"shares": [one(*SHARES)], "evidence": ["the chain"]},
            "approvals": {
                "finding_id": one(*findings, "none"),
                "approve": data.draw(st.booleans()),
            },
            "appeals": {"finding_id": one(*findings, "none"), "party": "hub", "because": "no"},
            "review": {"uphold": data.draw(st.booleans()), "because": "seen"},
            "referrals": {"matter": "a matter"},
            "stops": {"to": one("driver", "station")},
            "{stop_id}": {"is_stopped": data.draw(st.booleans())},
            "recipient": {"name": "Max"},
            "contacts": {"outcome": one("agreed", "no_answer", "refused", "denies", "opened")},
            "gift": {"gift": "a voucher", "value": MONEY},
            "pickup": {"from_at": soon, "to_at": later},
            "repacking": {"new_number": "JJD000390007827811111"},
            "redelivery": {
                "carrier": "dhl_paket",
                "number": "JJD000390007827811111",
                "expected_on": (now + timedelta(days=3)).date().isoformat(),
            },
            "delivered": {"delivered_at": now.isoformat()},
            "twins": {"case_id": "case_of_another", "because": "swapped"},
            "inspections": {"at": soon, "place": "Hamburg"},
            "{inspection_id}": {
                "answers": {
                    "damage": "broken",
                    "lost_share": one("0", "0.5", "1"),
                    "outer_box": True,
                    "filling": data.draw(st.booleans()),
                    "inner_wrap": True,
                }
            },
            "weights": {"accepted_grams": 480, "delivered_grams": one(480, 200)},
            "part-loss": {"lines": ["cup"], "amount": MONEY},
            "repair": {"amount": MONEY},
            "salvage": {"amount": MONEY},
            "quarantine": {"category": one("CN03", "R01"), "node": "Hangzhou"},
            "notices": {"authority": "public security", "reference": "110-7"},
            "disposal": {"way": one("handed_over", "returned"), "receipt": "R-1"},
            "found": {"place": "Hamburg", "is_sound": data.draw(st.booleans())},
            "claw-back": {"choice": one("keep_money", "return_money")},
        }
        return bodies.get(path.rsplit("/", maxsplit=1)[-1], {})

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
            case = self.world.wait(days=400)
            assert not case.is_open, (case.stage, case.status, dict(case.waits))


NAMES = st.sampled_from(["anna", "bo", "cy"])


def _answers(question: Question) -> st.SearchStrategy[object]:
    match question.type:
        case AnswerType.YES_NO:
            return st.booleans()
        case AnswerType.CHOICE:
            return st.sampled_from(question.choices)
        case AnswerType.COUNT:
            return st.just(480)
        case AnswerType.DECIMAL:
            return st.sampled_from(["0", "0.5", "1"])
        case AnswerType.MOMENT:
            return st.just("2026-03-01T08:00:00Z")
        case AnswerType.SHA256:
            return st.just("c" * 64)
        case AnswerType.TEXT:
            return st.just("seen")


AnyInvestigation.TestCase.settings = settings(
    max_examples=10, stateful_step_count=12, deadline=None
)
test_any_investigation_ends_and_loses_no_deadline = AnyInvestigation.TestCase
