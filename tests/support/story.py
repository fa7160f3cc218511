"""A story on the deployed functions: people call, channels answer, time is moved by hand."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

import time_machine

from amends import runtime
from amends.adapters.shipment_rows import due_of
from amends.domain.case.case import Case
from amends.domain.case.state.investigation import Task, TaskRole
from amends.domain.case.state.recovery import StopState
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Milestone, Step
from simulators.carriers import Handle
from simulators.parcel import Parcel, parcel_from
from tests.support.investigation_reports import ITEMS, PEOPLE, SHIPMENT
from tests.support.template_cloud import TemplateCloud
from tests.support.token_house import staff_token

NUMBER = str(SHIPMENT["tracking_number"])
TICKS = 3
MINUTE, TEN = timedelta(minutes=1), timedelta(minutes=10)
ROUNDS = 4
Stop = tuple[str, Step, float]


@dataclass(slots=True, kw_only=True)
class Story:
    """Who does what, when; `id` is the case that is meant."""

    cloud: TemplateCloud
    world: Handle
    clock: time_machine.Traveller
    id: str = ""
    tokens: dict[str, str] = field(default_factory=dict)
    calls: int = 0

    @property
    def now(self) -> datetime:
        """The process's clock, which only the story moves."""
        return runtime.now()

    def call(
        self, method: str, path: str, body: object = None, *, bearer: str = ""
    ) -> tuple[int, Any]:
        """One request over the template's routes, a second later; then all comes to rest.

        The bearer of staff is `group:name`, made into a token that the handlers prove.
        """
        self.calls += 1
        self.clock.shift(1)
        if ":" in bearer:
            group, _, name = bearer.partition(":")
            bearer = staff_token(name, group, at=self.now)
        headers = {"content-type": "application/json", "idempotency-key": f"key-{self.calls}"}
        path, _, query = path.partition("?")
        told = self.cloud.gateway.call(
            method,
            path,
            headers={**headers, **({"authorization": f"Bearer {bearer}"} if bearer else {})},
            body=b"" if body is None else json.dumps(body).encode(),
            query=query,
        )
        self.cloud.carry()
        return told.status, json.loads(told.body or b"null")

    def scripted(self, *stops: Stop, number: str = NUMBER) -> None:
        """What the channels will say: node, step, and how many hours ago."""
        rows = [
            self._scan(self.now - timedelta(hours=ago), node, step) for node, step, ago in stops
        ]
        self.world.put(number, *rows)

    def tell(self, kind: Kind, details: object = None, **changes: Any) -> Case:
        """Report as a claimant does."""
        shipment = {**SHIPMENT, **changes.pop("shipment", {})}
        body = {
            "incident": {"kind": kind, "details": details or {}},
            "shipment": {name: value for name, value in shipment.items() if value is not None},
            "items": changes.pop("items", ITEMS),
            **PEOPLE,
            **changes,
        }
        status, document = self.call("POST", "/v1/cases", body)
        assert status == 201, document
        self.id, self.tokens[document["id"]] = document["id"], document["token"]
        return self.case()

    def claimant(self, method: str, path: str, body: object = None) -> Any:
        """A request about the case by whoever holds its token, that must succeed."""
        token = self.tokens[self.id]
        status, document = self.call(method, f"/v1/cases/{self.id}{path}", body, bearer=token)
        assert status in (200, 201), (status, document)
        return document

    def staff(self, who: str, path: str, body: object = None) -> Any:
        """A staff command that must succeed; `supervisor:anna` names group and person."""
        status, document = self.call("POST", self._path(path), body or {}, bearer=who)
        assert status in (200, 201), (status, document)
        return document

    def refused(self, who: str, path: str, body: object = None) -> Any:
        """A staff command that must be refused; the problem."""
        status, document = self.call("POST", self._path(path), body or {}, bearer=who)
        assert 400 <= status < 500, (status, document)
        return document

    def reads(self, who: str, path: str) -> Any:
        """What staff see."""
        status, document = self.call("GET", self._path(path), bearer=who)
        assert status == 200, (status, document)
        return document

    def answer(self, who: str, task: Task, **answers: object) -> Any:
        """Answer a task as staff."""
        body = {"case_id": self.id, "answers": answers}
        return self.staff(who, f"/v1/staff/tasks/{task.id}/answer", body)

    def sends(self, kind: str, content: bytes) -> str:
        """The claimant sends a document, and it is looked at; its id."""
        body = {
            "kind": kind,
            "file_name": "paper.pdf",
            "content_type": "application/pdf",
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
        }
        granted = self.claimant("POST", "/evidence", body)
        key = granted["upload"]["fields"]["key"]
        self.cloud.arrived(key, content, "application/pdf")
        self.cloud.carry()
        return str(granted["id"])

    def task(self, role: TaskRole, node: str | None = None) -> Task:
        """The open task of a role."""
        tasks = self.case().investigation.open_tasks
        return next(t for t in tasks if t.role is role and node in (None, t.node))

    def says(
        self,
        milestone: Milestone,
        *,
        step: Step | None = None,
        node: str = "",
        number: str = NUMBER,
    ) -> Case:
        """A channel has one more scan, and is asked when the poller comes round to the parcel."""
        row = self._scan(self.now, node or "HAMBURG", step, milestone)
        (scan,) = parcel_from(number, {"scans": [row]}).scans
        uses = self.world.world.parcels.get(number, {})
        parcel = next(reversed(uses.values()), Parcel(number=number, scans=()))
        self.world.world.put(replace(parcel, scans=(*parcel.scans, scan)))
        return self.polled(number)

    def polled(self, number: str = NUMBER) -> Case:
        """The poller comes round to a parcel and asks its channel."""
        asked = self.asked(number)
        due = self._next_poll(number)
        self.clock.move_to(max(self.now, due) + timedelta(seconds=1))
        for _ in range(ROUNDS):
            self.cloud.tick(is_tracking=True)
            self.cloud.carry()
            if self.asked(number) > asked:
                return self.case()
            self.clock.shift(MINUTE)  # the channel's limit left no room for this one
            self.clock.move_to(self.now.replace(minute=self.now.minute // 10 * 10) + 7 * TEN)
        raise AssertionError(f"nobody asks about {number}")

    def asked(self, number: str) -> int:
        """How often the channels were asked about a parcel."""
        return sum(post.ledger.numbers[number] for post in self.world.world.posts.values())

    def _next_poll(self, number: str) -> datetime:
        rows = [due for row in self.cloud.rows("DueShipmentsTable") for due in due_of(row)]
        return min(due.due_at for due in rows if due.waybill.startswith(f"{number}#"))

    def wait(self, *, days: float = 0, hours: float = 0) -> Case:
        """Let time pass; the clocks tick when something falls due, at most five times.

        A sweep catches up with whatever fell due since the last: to tick less often loses nothing.
        """
        span = timedelta(days=days, hours=hours)
        end = self.now + span
        while (due := self._next_due()) is not None and due <= end:
            self.clock.move_to(min(max(due, self.now + max(span / TICKS, MINUTE)), end + MINUTE))
            self.cloud.tick(is_tracking=False, is_money=days > 1)
            self.cloud.carry()
            if self.now > end:
                break
        self.clock.move_to(max(end, self.now))
        return self.case()

    def _next_due(self) -> datetime | None:
        rows = [row["due_at"]["S"] for row in self.cloud.rows("CasesTable") if "due_at" in row]
        return min(map(datetime.fromisoformat, rows), default=None)

    def case(self, case_id: str | None = None) -> Case:
        """The case as its events have it."""
        return runtime.cases().load(case_id or self.id)

    def events(self) -> list[str]:
        """The history, by the names of its events."""
        return [type(r.event).__name__ for r in runtime.cases().history(self.id)]

    def stop_id(self) -> str:
        """The stop that nobody has acknowledged yet."""
        return next(s.id for s in self.case().recovering.stops if s.state is StopState.ASKED)

    def _path(self, path: str) -> str:
        return path if path.startswith("/") else f"/v1/staff/cases/{self.id}/{path}"

    def _scan(
        self, at: datetime, node: str, step: Step | None, milestone: str = "in_transit"
    ) -> dict[str, object]:
        row: dict[str, object] = {"at": at.isoformat(), "milestone": milestone, "location": node}
        return {**row, "step": step} if step else row
