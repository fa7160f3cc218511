"""A world for cases: stores in memory, handlers with a desk on them, and time moved by hand."""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from amends.adapters.inspecting import Inspector
from amends.domain.case import intake
from amends.domain.case.case import Case
from amends.domain.case.events import TrackingRead
from amends.domain.case.goods import recovery
from amends.domain.case.investigation import tracing
from amends.domain.case.investigation.verification import OnFile
from amends.domain.case.state.investigation import Task, TaskRole
from amends.domain.case.state.recovery import StopState
from amends.domain.case.vocabulary import Kind
from amends.domain.occasion import Occasion
from amends.domain.parcel.reading import Scan
from amends.domain.parcel.shipment import Shipment
from amends.domain.parcel.vocabulary import Milestone, Step
from amends.service.amend import amend
from amends.service.due import act
from amends.service.intake.evidence import arrive
from amends.service.settling import Settling, next_step
from amends.web.router import Router
from claim_settle.staff import cases
from claim_settle.staff.investigation import endpoints
from tests.support.arriving import request_of
from tests.support.fake_idempotency import MemoryIdempotency
from tests.support.fakes import MemoryCases, MemoryContacts, MemoryQueue
from tests.support.intake_world import JPEG, MemoryEvidence
from tests.support.investigation_desks import (
    claimants_endpoints,
    intake_desk,
    settling_of,
    staff_desk,
)
from tests.support.investigation_reports import (
    ITEMS,
    PEOPLE,
    SHIPMENT,
    START,
    report_of,
    scan_of,
)
from tests.support.proofs import bearer_of, prove
from tests.support.vault_fakes import MemoryVaults


@dataclass
class World:
    """Everything a story needs; `now` is the only clock."""

    now: datetime = START
    cases: MemoryCases = field(default_factory=MemoryCases)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    payouts: MemoryQueue = field(default_factory=MemoryQueue)
    evidence: MemoryEvidence = field(default_factory=MemoryEvidence)
    scans: dict[str, list[Scan]] = field(default_factory=dict)
    on_file: list[OnFile] = field(default_factory=list)
    shipments: list[Shipment] = field(default_factory=list)
    watched: list[str] = field(default_factory=list)
    calls: int = 0
    id: str = "case_1"  # the case that is meant: the newest, or the one a test sets
    tokens: dict[str, str] = field(default_factory=dict)
    keys: MemoryIdempotency = field(default_factory=MemoryIdempotency)

    def __post_init__(self) -> None:
        self.vaults = MemoryVaults(lambda: self.now)
        self.desk, self.intake = staff_desk(self), intake_desk(self)
        self.router = Router(
            *cases.endpoints(self.desk),
            *endpoints(self.desk),
            *claimants_endpoints(self.intake),
            prove=prove,
        )

    def occasion(self, by: str = "test") -> Occasion:
        return Occasion(at=self.now, by=by, because="test")

    def report(self, kind: Kind, case_id: str = "case_1", **changes: Any) -> Case:
        """Report, and let the case begin by itself."""
        self.id = case_id
        opened = intake.open_case(
            report_of(kind, **changes),
            case_id=case_id,
            number_valid=True,
            token_hash="0" * 64,
            merchant=None,
            occasion=self.occasion("claimant"),
        )
        self.cases.open(opened, self.occasion("claimant"))
        return self.settle()

    def tell(self, kind: Kind, details: object = None, **changes: Any) -> Case:
        """Report over HTTP, as a claimant does; the case as it is once the stream has seen it."""
        shipment = {**SHIPMENT, **changes.pop("shipment", {})}
        body = {
            "incident": {"kind": kind, "details": details or {}},
            "shipment": {name: value for name, value in shipment.items() if value is not None},
            "items": changes.pop("items", ITEMS),
            "reporter": PEOPLE["reporter"],
            "sender": PEOPLE["sender"],
            "addressee": PEOPLE["addressee"],
            **changes,
        }
        status, document = self.call("POST", "/v1/cases", body)
        assert status == 201, document
        self.id, self.tokens[document["id"]] = document["id"], document["token"]
        return self.settle()

    def claimant(self, method: str, path: str, body: object = None) -> Any:
        """A request about the case by whoever holds its token, that must succeed."""
        full = f"/v1/cases/{self.id}{path}"
        status, document = self.call(method, full, body, token=self.tokens[self.id])
        assert status in (200, 201), (status, document)
        self.settle()
        return document

    def settle(self) -> Case:
        """What the stream does: take every step that is ready."""
        return next_step(self.cases, self.id, self.settling(), self.occasion("stream"))

    def settling(self) -> Settling:
        """What the steps need beside the case."""
        return settling_of(self)

    def sweep(self) -> Case:
        """What the sweep does when a case is due."""
        case = self.cases.load(self.id)
        while case.due_at is not None and case.due_at <= self.now:
            version = case.version
            case = act(self.cases, self.id, self.settling(), self.occasion("sweep"))
            if case.version == version:
                break
        return case

    def wait(self, *, days: float = 0, hours: float = 0) -> Case:
        """Let time pass; the sweep comes whenever something falls due on the way."""
        end = self.now + timedelta(days=days, hours=hours)
        case = self.cases.load(self.id)
        idle = 0
        while case.due_at is not None and max(case.due_at, self.now) <= end:
            version = case.version
            self.now = max(self.now, case.due_at)
            case = self.sweep()
            idle = idle + 1 if case.version == version else 0
            assert idle < 20, f"due for an hour, and nothing happens: {dict(case.waits)}"
            if idle:  # nothing could be done yet: the sweep comes again
                self.now += timedelta(minutes=3)
        self.now = end
        return self.sweep()

    def read(self, milestone: Milestone, **changes: Any) -> Case:
        """The channels say something new."""
        fields: dict[str, Any] = {
            "found": True,
            "channels": ("upu",),
            "scans": 1,
            "last_movement_at": self.now,
            "ask_again_at": self.now + timedelta(days=1),
        }
        reading = TrackingRead(milestone=milestone, **{**fields, **changes})
        occasion = self.occasion("poller")
        amend(self.cases, self.id, occasion, lambda c: tracing.note_reading(c, reading))
        amend(self.cases, self.id, occasion, lambda c: recovery.follow_leg(c, reading, occasion))
        return self.settle()

    def scanned(self, *stops: tuple[str, Step, float]) -> None:
        """Scans on file: node, step, and how many hours ago."""
        self.scans[self.id] = [
            scan_of(node, step, self.now - timedelta(hours=ago)) for node, step, ago in stops
        ]

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        groups: str = "",
        token: str = "",
        key: str = "",
    ) -> tuple[int, Any]:
        """One HTTP request through the handler's own router; each has a key of its own."""
        self.calls += 1
        event = request_of(
            method,
            path,
            body,
            number=self.calls,
            bearer=bearer_of(groups) if groups else token,
            headers={"idempotency-key": key or f"key-{self.calls}"},
        )
        answer = self.router(event)
        return answer["statusCode"], json.loads(answer["body"] or "null")

    def staff(self, groups: str, path: str, body: object = None) -> Any:
        """A staff command on a case that must succeed; `supervisor:anna` names the person."""
        full = path if path.startswith("/") else f"/v1/staff/cases/{self.id}/{path}"
        status, document = self.call("POST", full, body or {}, groups=groups)
        assert status in (200, 201), (status, document)
        self.settle()
        return document

    def refused(self, groups: str, path: str, body: object = None) -> Any:
        """A staff command that must be refused; the problem."""
        full = f"/v1/staff/cases/{self.id}/{path}"
        status, document = self.call("POST", full, body or {}, groups=groups)
        assert 400 <= status < 500, (status, document)
        return document

    def answer(self, groups: str, task: Task, **answers: object) -> Any:
        """Answer a task as staff."""
        body = {"case_id": self.id, "answers": answers}
        return self.staff(groups, f"/v1/staff/tasks/{task.id}/answer", body)

    def task(self, role: TaskRole, node: str | None = None) -> Task:
        """The open task of a role."""
        tasks = self.cases.load(self.id).investigation.open_tasks
        return next(t for t in tasks if t.role is role and node in (None, t.node))

    def case(self) -> Case:
        return self.cases.load(self.id)

    def events(self) -> list[str]:
        return [type(r.event).__name__ for r in self.cases.history(self.id)]

    def upload(self, *kinds: str) -> None:
        """Pictures that are announced over HTTP, sent, and looked at."""
        for kind in kinds:
            granted = self.claimant("POST", "/evidence", self.announced(kind))
            self.arrived(granted["upload"]["fields"]["key"])
        self.settle()

    def announced(self, kind: str) -> dict[str, object]:
        """What is told of a picture before it is sent."""
        proof = {"size": len(JPEG), "sha256": sha256(JPEG).hexdigest()}
        return {"kind": kind, "file_name": "a.jpg", "content_type": "image/jpeg", **proof}

    def arrived(self, key: str) -> None:
        """A picture was sent with a grant, and the bucket tells of it."""
        self.evidence.put(key, JPEG, content_type="image/jpeg")
        arrive(self.cases, self.evidence, Inspector(), key, self.occasion("report_intake"))

    @property
    def stop_id(self) -> str:
        return next(s.id for s in self.case().recovering.stops if s.state is StopState.ASKED)
