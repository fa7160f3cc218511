"""Looking: one number, now, at the channels that may be asked, with what is known already."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from amends.domain.occasion import Occasion
from amends.domain.parcel.carriers import house_of
from amends.domain.parcel.diagnosis import Diagnosis, diagnose
from amends.domain.parcel.links import tracking_link
from amends.domain.parcel.merging import absorb
from amends.domain.parcel.number import NumberCheck, check
from amends.domain.parcel.question import ChannelReport
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.shipment import Shipment, Wanted, new_shipment
from amends.domain.parcel.state import ParcelState
from amends.domain.parcel.vocabulary import ChannelState
from amends.service.tracking.asking import Deferred, ask, channel_of
from amends.service.tracking.health import health_of
from amends.service.tracking.hearing import Item, hear
from amends.service.tracking.tracker import Tracker
from amends.service.tracking.watching import completed, route

MOST_CHANNELS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelStanding:
    """How one channel stands to the number.

    `state`: `active pending expired stopped quota`, an error of `Reading.error`, `deferred` (its
    limits leave no room now), `unregistered` (it is not told of a number that nobody watches) or
    `not_asked`.
    """

    channel: str
    state: str
    asked_at: datetime | None = None
    fresh_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one number says, and what the channels say of it."""

    check: NumberCheck
    carrier: str | None
    channels: tuple[ChannelStanding, ...]
    state: ParcelState
    diagnosis: Diagnosis | None
    link: str

    @property
    def is_complete(self) -> bool:
        """Whether every channel asked has answered, so that asking again would bring no more."""
        states = {str(one.state) for one in self.channels}
        return states <= {*map(str, ChannelState), "unregistered", "not_asked", "not_registered"}


def look_up(tracker: Tracker, number: str, occasion: Occasion, *, carrier: str | None) -> Look:
    """Ask now, within every channel's limits and periods; refused numbers are not asked about."""
    found = check(number)
    shipment = _known(tracker, found.normalised, carrier)
    is_watched = shipment is not None
    if shipment is None:
        wanted = completed(Wanted(number=number, carrier=carrier))
        made_route = route(tracker, wanted.carrier)
        shipment = new_shipment(wanted, channels=made_route, at=occasion.at)
    told: Mapping[str, Reading | str] = {}
    if found.valid is not False:
        told = _ask_each(tracker, shipment, occasion)
    state = shipment.state
    for said in told.values():
        if isinstance(said, Reading):
            state = absorb(state, said, at=occasion.at)
            if is_watched:
                hear(tracker, Item(shipment=shipment), said, occasion)
    standings = tuple(_standing(code, told.get(code), state) for code in shipment.channels)
    return Look(
        check=found,
        carrier=shipment.carrier,
        channels=standings,
        state=state,
        diagnosis=diagnose(
            found,
            state,
            _reports(tracker, shipment.channels, at=occasion.at),
            now=occasion.at,
            lane=shipment.lane,
            shipped_on=shipment.shipped_on,
            carrier=shipment.carrier if carrier or is_watched else None,
        ),
        link=tracking_link(shipment.carrier, found.normalised),
    )


def _known(tracker: Tracker, number: str, carrier: str | None) -> Shipment | None:
    """The watched parcel of that number, the latest use of it."""
    found = [tracker.shipments.get(waybill) for waybill in tracker.shipments.under(number)]
    fitting = [
        one
        for one in found
        if one is not None and (carrier is None or house_of(one.carrier) == house_of(carrier))
    ]
    return max(fitting, key=lambda one: one.watched_since, default=None)


def _ask_each(
    tracker: Tracker, shipment: Shipment, occasion: Occasion
) -> Mapping[str, Reading | str]:
    """Ask side by side: the slowest channel decides how long it takes."""
    codes = shipment.channels[:MOST_CHANNELS]
    if not codes:
        return {}
    with ThreadPoolExecutor(max_workers=MOST_CHANNELS) as pool:
        asking = [pool.submit(_ask, tracker, shipment, code, occasion.at) for code in codes]
        return {code: one.result() for code, one in zip(codes, asking, strict=True)}


def _ask(tracker: Tracker, shipment: Shipment, code: str, at: datetime) -> Reading | str:
    if channel_of(code).LIMITS.registers and code not in shipment.registered:
        return "unregistered"
    asked_at = {word.channel: word.at for word in shipment.state.words}.get(code)
    if asked_at and at - asked_at < tracker.channels.refresh_after(code):
        return "fresh"
    try:
        told = ask(tracker.channels, code, [shipment.asked]).readings
        return told.get(shipment.number, "deferred")
    except Deferred:
        return "deferred"


def _standing(code: str, said: Reading | str | None, state: ParcelState) -> ChannelStanding:
    word = next((one for one in state.words if one.channel == code), None)
    failure = next((one for one in state.failing if one.channel == code), None)
    if isinstance(said, str) and said != "fresh":
        name = said
    elif failure is not None:
        name = failure.error
    else:
        name = word.state if word else "not_asked"
    last = failure or word
    return ChannelStanding(
        channel=code,
        state=str(name),
        asked_at=last.at if last else None,
        fresh_at=(word.fresh_at or word.at) if word else None,
    )


def _reports(tracker: Tracker, codes: Sequence[str], *, at: datetime) -> list[ChannelReport]:
    return [
        ChannelReport(
            channel=one.channel, is_up=one.is_up, carriers=channel_of(one.channel).CARRIERS
        )
        for one in health_of(tracker.channels, codes, at=at)
    ]
