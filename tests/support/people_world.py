"""A world of people: cases, postings and a counter in memory, and time moved by hand."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from amends.adapters.locale import BabelFormats
from amends.domain.case.case import Case
from amends.domain.case.events import CaseOpened, Event
from amends.domain.exchange import Request, Response
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import Shipment
from amends.domain.people.mail_feedback import feedback_of
from amends.domain.people.rendering import House, Renderer
from amends.domain.people.webhook import signed_request
from amends.service.amend import amend
from amends.service.insight.learning import Insight, learn
from amends.service.intake.entering import send_links
from amends.service.intake.reporting import hash_of, token_of
from amends.service.linking import links_of, unsubscribe_link
from amends.service.people.addressing import reply_address
from amends.service.people.announcing import Herald, sweep_hooks
from amends.service.people.announcing import deliver as tell
from amends.service.people.informing import Informing, inform, inform_all, note, sweep_postings
from amends.service.people.readers import Directory
from amends.service.people.referring import wanted_by
from amends.service.people.sending import send
from amends.service.people.writing import Post
from followup.api import router_of
from tests.support.arriving import request_of
from tests.support.event_samples import REPORT
from tests.support.fake_idempotency import MemoryIdempotency
from tests.support.fakes import MemoryCases, MemoryContacts, MemoryPasses, MemoryQueue
from tests.support.insight_fakes import MemoryActions, MemoryTallies
from tests.support.people_desks import HOME, counter_of, warner
from tests.support.people_fakes import (
    MemoryHooks,
    MemoryMessenger,
    MemoryPostings,
)
from tests.support.people_lists import MemoryOpinions, MemoryWorklist
from tests.support.proofs import merchant_bearer, prove, staff_bearer
from tests.support.sweeping import settling_of_nothing, sweep

START = datetime(2026, 11, 20, 2, tzinfo=UTC)
"""Ten in the morning in China."""
KEY = b"a key of the tests"
ERIKA = {"name": "李娜", "email": "na@example.org", "phone": "+8613800138000"}
SENDER = "claims@amends.example"


@dataclass
class World:
    """Everything that talking needs, in memory; `now` is the only clock."""

    now: datetime = START
    cases: MemoryCases = field(default_factory=MemoryCases)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    postings: MemoryPostings = field(default_factory=MemoryPostings)
    work: MemoryWorklist = field(default_factory=MemoryWorklist)
    opinions: MemoryOpinions = field(default_factory=MemoryOpinions)
    hooks: MemoryHooks = field(default_factory=MemoryHooks)
    messenger: MemoryMessenger = field(default_factory=MemoryMessenger)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    passes: MemoryPasses = field(default_factory=MemoryPasses)
    idempotency: MemoryIdempotency = field(default_factory=MemoryIdempotency)
    taken: int = 0
    """Messages that the queue has delivered: each has a name of its own."""
    requests: list[Request] = field(default_factory=list)
    merchant_answers: list[int] = field(default_factory=list)
    tallies: MemoryTallies = field(default_factory=MemoryTallies)
    actions: MemoryActions = field(default_factory=MemoryActions)
    is_calm: bool = True
    """Whether the line of each way is short enough to stand in."""
    merchants: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    staff_mail: str | None = "desk@amends.example"
    carriers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    colleagues: Mapping[str, str] = field(default_factory=dict)
    shipments: dict[str, Sequence[Shipment]] = field(default_factory=dict)
    """What the poller has on file, by number."""

    def __post_init__(self) -> None:
        self.router = router_of(counter_of(self, KEY), prove)

    def occasion(self) -> Occasion:
        return Occasion(at=self.now, by="followup", because="a test")

    def open(
        self,
        reporter: Mapping[str, object] | None = None,
        case_id: str = "case_0123456789abcdefghjkmnpqrs",
        **changes: Any,
    ) -> Case:
        told = {**(ERIKA if reporter is None else reporter)}
        own = {name: changes.pop(name, None) for name in ("merchant", "discovered_as")}
        self.contacts.put(case_id, "report", {"reporter": told})
        opened = CaseOpened(
            case_id=case_id,
            report=replace(REPORT, **changes),
            token_hash=hash_of(token_of(case_id, KEY)),
            **own,
        )
        return self.cases.open([opened], self.occasion())

    def happen(self, case: Case, *events: Event) -> Case:
        return amend(self.cases, case.id, self.occasion(), lambda _: list(events))

    def post(self) -> Post:
        return Post(
            postings=self.postings,
            directory=Directory(
                contacts=self.contacts,
                suppressed=self.postings.suppressed,
                zone="Asia/Shanghai",
                merchants=self.merchants,
                listens=lambda who: any(one.hears_of_cases for one in self.hooks.endpoints(who)),
                staff=self.staff_mail,
                carriers=self.carriers,
                colleagues=self.colleagues,
            ),
            messenger=self.messenger,
            turns=lambda _, count: [lambda: None] * count if self.is_calm else [],
            renderer=Renderer(house=House(name="Amends", contact=SENDER), formats=BabelFormats()),
            links=lambda case: links_of(case, KEY, site=HOME, api=HOME),
            reply_to=lambda case_id: reply_address(SENDER, case_id, KEY),
            unsubscribe=lambda message: unsubscribe_link(message, KEY, api=HOME),
        )

    def herald(self) -> Herald:
        return Herald(hooks=self.hooks, queue=self.queue, attempt=self._attempt, warn=warner(self))

    def informing(self) -> Informing:
        return Informing(
            post=self.post(),
            work=self.work,
            opinions=self.opinions,
            herald=self.herald(),
            queue=self.queue,
            learn=lambda history, occasion: learn(history, self.insight(), occasion),
        )

    def insight(self) -> Insight:
        return Insight(tallies=self.tallies, actions=self.actions)

    def stream(self, case: Case, since: int = 0) -> None:
        inform(self.cases, case.id, self.informing(), self.occasion(), since=since)

    def drain(self) -> int:
        """Deal with everything in the delivery queue; how many there were."""
        seen = 0
        while self.queue.sent:
            document = dict(self.queue.sent.pop(0))
            document.pop("delay_seconds", None)
            self.taken += 1
            self.deliver(document, f"message-{self.taken}")
            seen += 1
        return seen

    def deliver(self, document: Mapping[str, Any], because: str = "a test") -> None:
        if "key" in document:
            send(self.cases, wanted_by(document), self.post(), self.occasion())
        elif "endpoint_id" in document:
            tell(self.herald(), **document, occasion=self.occasion())
        elif "reference" in document:
            directory = self.post().directory
            occasion = replace(self.occasion(), because=because)
            send_links(self.cases, directory, **document, key=KEY, occasion=occasion)
        elif told := feedback_of(document):
            note(self.postings, told, self.occasion())

    def told(self, case: Case) -> None:
        """The stream's reader and the queue's, one after the other."""
        self.stream(case)
        self.drain()

    def sweep(self) -> None:
        """One turn of the schedule, and what it queued."""

        def failed(case_id: str, error: Exception) -> None:
            raise AssertionError(case_id) from error

        def acted(case_ids: Sequence[str]) -> Mapping[str, Exception]:
            return inform_all(self.cases, case_ids, self.informing(), self.occasion())

        sweep(self.cases, settling_of_nothing(), self.occasion(), failed=failed, acted=acted)
        sweep_postings(self.postings, self.queue, self.passes, self.occasion())
        sweep_hooks(self.herald(), self.queue, self.passes, self.occasion())
        self.drain()

    def codes(self, way: str = "email") -> list[str]:
        """The codes of what was sent by one way."""
        by_key = {key: row.message.code for (_, key), row in self.postings.rows.items()}
        return [by_key[one["key"]] for one in self.messenger.sent if one["way"] == way]

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        groups: str | None = None,
        merchant: str | None = None,
        scope: str = "webhooks",
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any]:
        if groups is not None:
            token = staff_bearer("7", *groups.split())
        if merchant is not None:
            token = merchant_bearer(merchant, scope)
        number = f"{len(self.messenger.sent)}-{self.now.isoformat()}-{path}"
        answer = self.router(
            request_of(method, path, body, number=number, bearer=token, headers=headers)
        )
        text = answer["body"]
        told = json.loads(text) if text.startswith(("{", "[")) else text or None
        return answer["statusCode"], told

    def as_claimant(self, case: Case, method: str, what: str, body: object = None) -> Any:
        """One call of the case's own claimant, which must succeed."""
        token = token_of(case.id, KEY)
        status, told = self.call(method, f"/v1/cases/{case.id}/{what}", body, token=token)
        assert status < 300, told
        return told

    def as_agent(self, method: str, path: str, body: object = None) -> Any:
        """One call of an agent, which must succeed."""
        status, told = self.call(method, path, body, groups="agent")
        assert status < 300, told
        return told

    def _attempt(self, endpoint: Any, event: Any, now: datetime) -> Response:
        self.requests.append(signed_request(endpoint, event, now))
        status = self.merchant_answers.pop(0) if self.merchant_answers else 204
        return Response(status=status)
