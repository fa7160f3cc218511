"""A world for cases: stores in memory, handlers with a desk on them, and time moved by hand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from amends.domain.case import intake, recovery, tracing
from amends.domain.case.case import Case
from amends.domain.case.events import Event, TrackingRead
from amends.domain.case.investigation_state import Task, TaskRole
from amends.domain.case.question import Fact
from amends.domain.case.recovery_state import StopState
from amends.domain.case.report import ItemLine, Report, Shipment
from amends.domain.case.verification import OnFile
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.parcel.reading import Place, Scan
from amends.domain.parcel.vocabulary import Milestone, OffsetSource, Step
from amends.ports import Claimed, Replay, Reused, Running
from amends.service.amend import amend
from amends.service.beyond import Beyond, reach
from amends.service.due import act
from amends.service.settling import Settling, next_step
from amends.web.router import Router
from claim_settle.staff_desk import Desk
from claim_settle.staff_investigation import endpoints
from tests.support.fakes import MemoryCases, MemoryContacts, MemoryQueue

START = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""A Monday, ten in the morning in China."""
RATES = {"CNY": {"xdr_per_unit": "0.1040", "on": "2026-03-01", "source": "test"}}


class MemoryIdempotency:
    """First answers in memory."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[str, Replay | None]] = {}

    def claim(self, key: str, digest: str, *, at: datetime) -> Claimed | Replay | Reused | Running:
        del at
        if key not in self._rows:
            self._rows[key] = (digest, None)
            return Claimed()
        known, answer = self._rows[key]
        if known != digest:
            return Reused()
        return answer or Running()

    def answered(self, key: str, *, status: int, body: str, headers: dict[str, str]) -> None:
        digest, _ = self._rows[key]
        self._rows[key] = (digest, Replay(status=status, body=body, headers=headers))

    def release(self, key: str) -> None:
        del self._rows[key]


@dataclass
class World:
    """Everything a story needs; `now` is the only clock."""

    now: datetime = START
    cases: MemoryCases = field(default_factory=MemoryCases)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    payouts: MemoryQueue = field(default_factory=MemoryQueue)
    scans: dict[str, list[Scan]] = field(default_factory=dict)
    files: dict[str, list[OnFile]] = field(default_factory=dict)
    watched: list[str] = field(default_factory=list)
    calls: int = 0

    def __post_init__(self) -> None:
        keys = MemoryIdempotency()
        self.desk = Desk(
            cases=lambda: self.cases,
            contacts=lambda: self.contacts,
            idempotency=lambda: keys,
            occasion=lambda by, because: Occasion(at=self.now, by=by, because=because),
            link_key=lambda: b"a key for tests",
        )
        self.router = Router(*endpoints(self.desk))

    def occasion(self, by: str = "test") -> Occasion:
        return Occasion(at=self.now, by=by, because="test")

    def report(self, kind: Kind, case_id: str = "case_1", **changes: Any) -> Case:
        """Report, and let the case begin by itself."""
        opened = intake.open_case(
            report_of(kind, **changes),
            case_id=case_id,
            number_valid=True,
            token_hash="0" * 64,
            merchant=None,
            occasion=self.occasion("claimant"),
        )
        self.cases.open(opened, self.occasion("claimant"))
        return self.settle(case_id)

    def settle(self, case_id: str = "case_1") -> Case:
        """What the stream does: take every step that is ready."""
        return next_step(self.cases, case_id, self.settling(), self.occasion("stream"))

    def settling(self) -> Settling:
        """What the steps need beside the case."""
        return Settling(
            rates=lambda: RATES,
            survey_after=timedelta(days=3),
            payouts=self.payouts,
            scans=lambda case: self.scans.get(case.id, ()),
            on_file=lambda case: self.files.get(case.id, ()),
            reach=lambda case, occasion: reach(
                case,
                Beyond(
                    cases=self.cases,
                    contacts=self.contacts,
                    watch=lambda case: self.watched.append(case.number),
                ),
                occasion,
            ),
        )

    def sweep(self, case_id: str = "case_1") -> Case:
        """What the sweep does when a case is due."""
        case = self.cases.load(case_id)
        while case.due_at is not None and case.due_at <= self.now:
            version = case.version
            case = act(self.cases, case_id, self.settling(), self.occasion("sweep"))
            if case.version == version:
                break
        return case

    def wait(self, *, days: float = 0, hours: float = 0, case_id: str = "case_1") -> Case:
        """Let time pass; the sweep comes whenever something falls due on the way."""
        end = self.now + timedelta(days=days, hours=hours)
        case = self.cases.load(case_id)
        while case.due_at is not None and case.due_at <= end:
            before = (case.version, self.now)
            self.now = max(self.now, case.due_at)
            case = self.sweep(case_id)
            if (case.version, self.now) == before:
                break
        self.now = end
        return self.sweep(case_id)

    def read(self, milestone: Milestone, case_id: str = "case_1", **changes: Any) -> Case:
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
        amend(self.cases, case_id, occasion, lambda c: tracing.note_reading(c, reading))
        amend(self.cases, case_id, occasion, lambda c: recovery.follow_leg(c, reading, occasion))
        return self.settle(case_id)

    def scanned(self, *stops: tuple[str, Step, float], case_id: str = "case_1") -> None:
        """Scans on file: node, step, and how many hours ago."""
        self.scans[case_id] = [
            Scan(
                at=self.now - timedelta(hours=ago),
                at_raw="",
                offset_source=OffsetSource.EXPLICIT,
                milestone=Milestone.IN_TRANSIT,
                step=step,
                place=Place(text=node),
                channel="upu",
            )
            for node, step, ago in stops
        ]

    def call(
        self, method: str, path: str, body: object = None, *, groups: str = "", token: str = ""
    ) -> tuple[int, Any]:
        """One HTTP request through the handler's own router."""
        self.calls += 1
        headers = {"content-type": "application/json", "idempotency-key": f"key-{self.calls}"}
        if token:
            headers["authorization"] = f"Bearer {token}"
        path, _, query = path.partition("?")
        pairs = dict(pair.split("=") for pair in query.split("&") if pair)
        who = groups.rsplit(":", maxsplit=1)[-1] or "someone"
        claims = (
            {"sub": who, "cognito:groups": f"[{groups.split(':', maxsplit=1)[0]}]"}
            if groups
            else {}
        )
        event: Mapping[str, Any] = {
            "rawPath": path,
            "headers": headers,
            "queryStringParameters": pairs,
            "body": "" if body is None else json.dumps(body),
            "requestContext": {
                "requestId": f"request-{self.calls}",
                "http": {"method": method, "sourceIp": "192.0.2.1"},
                "authorizer": {"jwt": {"claims": claims}},
            },
        }
        answer = self.router(event)
        return answer["statusCode"], json.loads(answer["body"] or "null")

    def staff(self, groups: str, path: str, body: object = None, *, case_id: str = "case_1") -> Any:
        """A staff command on a case that must succeed; `supervisor:anna` names the person."""
        full = path if path.startswith("/") else f"/v1/staff/cases/{case_id}/{path}"
        status, document = self.call("POST", full, body if body is not None else {}, groups=groups)
        assert status in (200, 201), (status, document)
        self.settle(case_id)
        return document

    def refused(
        self, groups: str, path: str, body: object = None, *, case_id: str = "case_1"
    ) -> Any:
        """A staff command that must be refused; the problem."""
        full = f"/v1/staff/cases/{case_id}/{path}"
        status, document = self.call("POST", full, body if body is not None else {}, groups=groups)
        assert 400 <= status < 500, (status, document)
        return document

    def answer(self, groups: str, task: Task, case_id: str = "case_1", **answers: object) -> Any:
        """Answer a task as staff."""
        body = {"case_id": case_id, "answers": answers}
        return self.staff(groups, f"/v1/staff/tasks/{task.id}/answer", body, case_id=case_id)

    def task(self, role: TaskRole, node: str | None = None, case_id: str = "case_1") -> Task:
        """The open task of a role."""
        tasks = self.cases.load(case_id).investigation.open_tasks
        return next(t for t in tasks if t.role is role and node in (None, t.node))

    def case(self, case_id: str = "case_1") -> Case:
        return self.cases.load(case_id)

    def events(self, case_id: str = "case_1") -> list[str]:
        return [type(r.event).__name__ for r in self.cases.history(case_id)]

    def upload(self, *kinds: str, case_id: str = "case_1") -> None:
        """Files that arrived and are what was announced."""
        from amends.domain.case.events import EvidenceExpected, EvidenceReceived

        events: list[Event] = []
        for kind in kinds:
            evidence = f"evd_{kind}"
            events += [
                EvidenceExpected(
                    evidence_id=evidence,
                    kind=kind,
                    content_type="image/jpeg",
                    size=1000,
                    sha256="a" * 64,
                ),
                EvidenceReceived(evidence_id=evidence),
            ]
        amend(self.cases, case_id, self.occasion("claimant"), lambda _: events)

    @property
    def stop_id(self) -> str:
        return next(s.id for s in self.case().recovering.stops if s.state is StopState.ASKED)


def report_of(kind: Kind, *, details: Mapping[str, str] | None = None, **changes: Any) -> Report:
    """A report about an international small parcel from China to Germany, sent ten days ago."""
    shipment: dict[str, Any] = {
        "tracking_number": "RR123456785CN",
        "carrier": "china_post",
        "service": "registered_small_packet",
        "shipped_on": date(2026, 2, 20),
        "expected_on": date(2026, 3, 5),
        "origin_country": "CN",
        "destination_country": "DE",
        "weight_grams": 480,
        "postage": Money.of("32.50", "CNY"),
        "registration_fee": Money.of("8.00", "CNY"),
    }
    items = changes.pop("items", (ItemLine(name="cup", unit_value=Money.of("260.00", "CNY")),))
    return Report(
        kind=kind,
        noticed_at=START - timedelta(hours=5),
        shipment=Shipment(**{**shipment, **changes}),
        items=items,
        details=tuple(Fact(code=code, value=value) for code, value in (details or {}).items()),
        role=Role.SENDER,
        language="en",
        channel=ReportChannel.WEB,
    )
