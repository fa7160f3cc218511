"""The follow-up under fire: its stream, queue, schedule and endpoints on guarded stores."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any

from amends.domain.exchange import Response
from amends.domain.occasion import BY_DUE
from amends.service.intake.reporting import token_of
from amends.service.people.announcing import sweep_hooks
from amends.service.people.informing import inform, inform_all, sweep_postings
from amends.service.settling import Settling
from tests.support.cutting import Scene, a_fire, asked, delivered, guard_all, histories, plain
from tests.support.fakes import MemoryQueue
from tests.support.interleaving import Interleaving
from tests.support.people_world import KEY, World
from tests.support.sweeping import sweep

TOKEN = {"idempotency-key": "the client's own"}
GUARDED = (
    "cases", "contacts", "postings", "work", "opinions", "hooks", "messenger", "queue",
    "idempotency",
)  # fmt: skip


@dataclass
class CutPeople(World):
    """A world of people whose every store, and every way out, is guarded."""

    fire: Interleaving = field(default_factory=a_fire)
    is_stream_lost: bool = False
    """The stream gives up what was there at first; what is left is the sweep."""

    def __post_init__(self) -> None:
        super().__post_init__()
        guard_all(self, self.fire, *GUARDED)
        self.streamed: Counter[str] = Counter()

    def flow(self) -> None:
        """The stream: what was appended since it last came by, until it is taken or given up."""
        for case_id in self.cases.ids():
            history = self.cases.history(case_id)
            fresh = [one for one in history[self.streamed[case_id] :] if one.by != BY_DUE]
            times = 0 if self.is_stream_lost and not self.streamed[case_id] else 5
            self.streamed[case_id] = len(history)
            if fresh:
                delivered(partial(self.tell, case_id, fresh[0].version), times=times)

    def tell(self, case_id: str, since: int) -> None:
        """One record of the stream."""
        inform(self.cases, case_id, self.informing(), self.occasion(), since=since)

    def drain(self) -> int:
        """Every message of the queue, each until it is taken or parked."""
        seen = 0
        while self.queue.sent:
            document = dict(self.queue.sent.pop(0))
            document.pop("delay_seconds")
            self.taken += 1
            delivered(partial(self.deliver, document, f"message-{self.taken}"))
            seen += 1
        return seen

    def turn(self, *, sends: bool = True) -> None:
        """One turn of the schedule, and what it queued; whatever failed comes a minute later."""
        delivered(self._turn, times=2)  # the next minute is another turn
        self.flow()
        if sends:
            self.drain()

    def run(self, span: timedelta, *, step: timedelta, sends: bool = True) -> None:
        """Let time pass."""
        end = self.now + span
        while self.now < end:
            self.now += step
            self.turn(sends=sends)

    def run_post(self, span: timedelta, *, step: timedelta = timedelta(minutes=20)) -> None:
        """Let time pass for messages alone."""
        end = self.now + span
        while self.now < end:
            self.now += step
            delivered(self._sweep_post, times=1)
            self.drain()

    def run_hooks(self, span: timedelta, *, step: timedelta) -> None:
        """Let time pass for webhooks alone."""
        end = self.now + span
        while self.now < end:
            self.now += step
            hooks = partial(sweep_hooks, self.herald(), self.queue, self.passes, self.occasion())
            delivered(hooks, times=1)
            self.drain()

    def ask(self, method: str, path: str, body: object = None, **more: Any) -> tuple[int, Any]:
        """What a client does with a key of its own until it is answered."""
        call = partial(self.call, method, path, body, headers=TOKEN, **more)
        return asked(call, self._wait)

    def claimant(self, case_id: str, method: str, what: str, body: object = None) -> Any:
        """A claimant's request."""
        return self.ask(method, f"/v1/cases/{case_id}/{what}", body, token=token_of(case_id, KEY))

    def heard(self) -> Counter[str]:
        """How often each event reached a merchant, by its id."""
        return Counter(request.headers["webhook-id"] for request in self.requests)

    def outcome(self) -> object:
        """Everything that must be the same."""
        postings = sorted(
            (
                key,
                row.message.code,
                row.state,
                [(one.way, one.outcome) for one in row.course.attempts],
            )
            for key, row in self.postings.rows.items()
        )
        hooks = sorted((key, one.state) for key, (_, one) in self.hooks.planned.items())
        work = sorted((key, item.kind) for key, item in self.work.rows.items())
        opinions = sorted((case_id, one.score) for (_, case_id), one in self.opinions.rows.items())
        parts = sorted(self.contacts._parts.items())
        left = (self.limbo(), self.idempotency.unanswered)
        return plain((histories(self.cases), postings, hooks, work, opinions, parts, left))

    def limbo(self) -> list[object]:
        """What waits for something and has no moment at which anybody looks at it again."""
        cases = [self.cases.load(case_id) for case_id in self.cases.ids()]
        found: list[object] = [case.id for case in cases if case.is_open and case.due_at is None]
        found += [
            key
            for key, row in self.postings.rows.items()
            if (row.state == "waiting") != (row.due_at is not None)
        ]
        return found

    def _sweep_post(self) -> None:
        sweep_postings(self.postings, self.queue, self.passes, self.occasion())

    def _wait(self) -> None:
        self.now += timedelta(seconds=31)

    def _turn(self) -> None:
        settling = Settling(
            rates=dict,
            survey_after=timedelta(days=3),
            payouts=MemoryQueue(),
            scans=lambda _: [],
            on_file=lambda _: [],
            reach=lambda _case, _occasion: None,
        )

        def failed(case_id: str, error: Exception) -> None:
            del case_id, error

        def acted(case_ids: Sequence[str]) -> Mapping[str, Exception]:
            return inform_all(self.cases, case_ids, self.informing(), self.occasion())

        due = replace(self.occasion(), by=BY_DUE)
        sweep(self.cases, settling, due, failed=failed, acted=acted, deliver=delivered)
        sweep_postings(self.postings, self.queue, self.passes, self.occasion())
        sweep_hooks(self.herald(), self.queue, self.passes, self.occasion())

    def _attempt(self, endpoint: Any, event: Any, now: Any) -> Response:
        self.fire.point("before a merchant is called")
        answer = super()._attempt(endpoint, event, now)
        self.fire.point("after a merchant was called")
        return answer


def scene(
    begin: Callable[[CutPeople], Any],
    work: Callable[[CutPeople, Any], object],
    told: Callable[[CutPeople], object] = CutPeople.outcome,
    **changes: Any,
) -> Callable[[], Scene]:
    """A scene: what was before, undisturbed, and the work that is cut."""

    def make() -> Scene:
        people = CutPeople(**changes)
        known = begin(people)
        answers: list[object] = []
        return Scene(
            fire=people.fire,
            play=lambda: answers.append(work(people, known)),
            told=lambda: (plain(answers), told(people)),
        )

    return make


def sent_by(people: CutPeople) -> Mapping[str, int]:
    """How often each message, by its key or its text, left by any way."""
    return Counter(one.get("key") or one["text"] for one in people.messenger.sent)
