"""The poller under fire, with simulated channels in process and a merchant who listens."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from amends.domain.case.events import CaseOpened
from amends.domain.exchange import Request, Response, Trouble
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import Shipment, Wanted
from amends.domain.people.webhook import register
from amends.domain.refusal import NotFound
from amends.service.people.announcing import Herald
from amends.service.tracking.pushing import receive
from amends.service.tracking.shipment_news import tell_watchers
from amends.service.tracking.watching import unwatch, watch_all
from simulators.carriers import respond_from
from simulators.parcel import parcel_from
from simulators.wire import Ask, Message
from simulators.world import World as Carriers
from tests.support.cut_tracking import Tracking
from tests.support.cutting import Scene, a_fire, guard, histories, plain
from tests.support.event_samples import sample
from tests.support.fake_idempotency import MemoryIdempotency
from tests.support.fakes import MemoryCases, MemoryQueue
from tests.support.interleaving import Interleaving
from tests.support.people_fakes import MemoryHooks
from tests.support.tracking_fakes import Clock

START = datetime(2026, 11, 20, 8, tzinfo=UTC)
NUMBER = "RR123456785CN"
SHOP = "mer_tea"
ROAD = (
    {"at": "2026-11-10T08:00:00Z", "milestone": "accepted", "location": "Hangzhou"},
    {"at": "2026-11-15T08:00:00Z", "milestone": "in_transit", "location": "Hamburg"},
)
DOOR = {"at": "2026-11-19T08:00:00Z", "milestone": "delivered", "location": "Hamburg"}


@dataclass
class CutPoller:
    """Everything that the poller's functions touch, guarded."""

    channel: str = "upu"
    scans: tuple[dict[str, str], ...] = (*ROAD, DOOR)
    fire: Interleaving = field(default_factory=a_fire)

    def __post_init__(self) -> None:
        self.clock = Clock(START)
        self.carriers = Carriers(now=self.clock)
        if self.scans:
            self.carriers.put(parcel_from(NUMBER, {"scans": list(self.scans)}))
        post = self.carriers.posts[self.channel]
        self.cases = guard(MemoryCases(), self.fire)
        self.hooks = guard(MemoryHooks(), self.fire)
        self.seen = guard(MemoryIdempotency(), self.fire)
        self.deliveries = guard(MemoryQueue(), self.fire)
        self.tracking = Tracking(
            fire=self.fire,
            clock=self.clock,
            cases=self.cases,
            send=self._send,
            settings={
                "channels": {self.channel: {"base_url": f"http://carriers/{self.channel}"}},
                "carriers": {"china_post": [self.channel]},
            },
            news=self._news,
            secrets={
                f"channels/{self.channel}": {**post.channel.credentials, **post.secrets},
                "tokens": {"key": "a key"},
            },
        )
        hook = register(
            endpoint_id="whk_1",
            merchant=SHOP,
            url="https://shop.example.com/hooks",
            types=(),
            at=self.clock(),
            random_bytes=lambda count: b"7" * count,
            is_local=False,
        )
        self.hooks.put_endpoint(hook, is_new=True)

    def open_case(self, case_id: str = "case_1") -> None:
        """An open case about the parcel, which is watched for it."""
        opened = replace(sample(CaseOpened), case_id=case_id, merchant=None)
        shipment = replace(opened.report.shipment, tracking_number=NUMBER, carrier="china_post")
        opened = replace(opened, report=replace(opened.report, shipment=shipment))
        self.tracking.watch_case(self.cases.open([opened], self.tracking.occasion()))

    def register(self) -> Any:
        """A merchant has the parcel watched."""
        wanted = Wanted(number=NUMBER, carrier="china_post")
        return watch_all(self.tracking.tracker, [wanted], self.tracking.occasion(), owner=SHOP)

    def unwatch(self, watch_id: str) -> None:
        """The merchant stops it; told that there is none, the client knows that it is done."""
        with suppress(NotFound):
            unwatch(self.tracking.tracker, watch_id, owner=SHOP)

    def parcel(self) -> Shipment:
        """The one parcel."""
        (found,) = self.tracking.shipments.rows.values()
        return found

    def pushed(self) -> Message:
        """What the channel would push of the parcel now."""
        (message,) = self.carriers.messages(self.channel, NUMBER)
        return message

    def receive(self, message: Message) -> bool:
        """A push comes in."""
        headers = {name.lower(): value for name, value in message.headers.items()}
        tracker, occasion = self.tracking.tracker, self.tracking.occasion()
        body = message.body
        receive(tracker, self.seen, self.channel, body=body, headers=headers, occasion=occasion)
        return True

    def wait(self, span: timedelta = timedelta(seconds=31)) -> None:
        """Time passes."""
        self.clock.at += span

    def told(self) -> object:
        """What the cases and the merchant have heard, what is watched, and what hangs."""
        events = sorted(event_id for _, event_id in self.hooks.planned)
        parked = self.tracking.parked
        return plain((histories(self.cases), events, self.tracking.told(), parked))

    def _news(self, shipment: Shipment, occasion: Occasion) -> None:
        herald = Herald(
            hooks=self.hooks, queue=self.deliveries, attempt=_nobody, warn=lambda *_: None
        )
        tell_watchers(herald, self.tracking.tracker.watches, shipment, occasion)

    def _send(self, request: Request) -> Response:
        place = urlsplit(request.url)
        ask = Ask(
            method=request.method,
            path=place.path,
            query=dict(parse_qsl(place.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=request.body or b"",
        )
        answer = respond_from(self.carriers)(ask).answer
        if answer is None:
            return Response(status=0, trouble=Trouble.TIMEOUT)
        return Response(status=answer.status, headers=answer.headers, body=answer.body)


def _nobody(*_: object) -> Response:
    raise AssertionError("the poller calls no merchant")


def scene(
    begin: Callable[[CutPoller], Any],
    work: Callable[[CutPoller, Any], object],
    **changes: Any,
) -> Callable[[], Scene]:
    """A scene: what was before, undisturbed, and the work that is cut."""

    def make() -> Scene:
        poller = CutPoller(**changes)
        known = begin(poller)
        answers: list[object] = []
        return Scene(
            fire=poller.fire,
            play=lambda: answers.append(work(poller, known)),
            told=lambda: (plain(answers), poller.told()),
        )

    return make
