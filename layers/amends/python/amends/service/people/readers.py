"""Readers: who a message is for, in which language, by which ways, and when not."""

from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import time
from hashlib import sha256
from zoneinfo import ZoneInfo

from amends.domain.case.case import Case
from amends.domain.case.vocabulary import ReportChannel, Role
from amends.domain.parcel.times import zone_of as zone_of_country
from amends.domain.people.message import Audience, Way
from amends.domain.people.phrases import nearest
from amends.domain.people.timing import Preferences, QuietHours, zone_of
from amends.domain.people.values import Personal, Reader
from amends.ports import Contacts
from amends.service.people.reaching import addresses_of
from amends.service.people.withholding import withheld

PREFERENCES = "preferences"
_FIRST = {
    ReportChannel.APP: (Way.PUSH, Way.EMAIL, Way.SMS, Way.IN_APP, Way.LETTER),
    ReportChannel.PHONE: (Way.SMS, Way.EMAIL, Way.LETTER),
    ReportChannel.LETTER: (Way.LETTER, Way.EMAIL, Way.SMS),
}
_USUAL = (Way.EMAIL, Way.PUSH, Way.SMS, Way.LETTER)
_ANY_HOUR = {"quiet_from": "00:00", "quiet_until": "00:00"}
Parts = Mapping[str, Mapping[str, Mapping[str, object]]]
"""What was told, by case and part."""
_CHINESE = frozenset({"CN", "HK", "MO", "TW"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One reader: what to write, where to, and what they want."""

    reader: Reader
    preferences: Preferences
    addresses: Mapping[Way, str]

    @property
    def hash(self) -> str | None:
        """Who it is, without saying so: the first address, hashed."""
        known = [at for way, at in self.addresses.items() if way is not Way.IN_APP]
        if not known:
            return None
        address = known[0]
        return sha256(address.strip().lower().encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Where readers are looked up; `staff` is the house's own address, if it has one.

    `merchants` says how each merchant is reached about cases that nobody reported (`email`,
    `phone`, `name`, `language`); `listens` whether a webhook of that merchant is awake.
    """

    contacts: Contacts
    suppressed: Callable[[Collection[str]], Collection[str]]
    """Those of some addresses that nobody may write to."""
    zone: str
    merchants: Mapping[str, Mapping[str, object]]
    listens: Callable[[str], bool]
    staff: str | None = None
    carriers: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Where each carrier takes inquiries: `email`, `language`."""
    colleagues: Mapping[str, str] = field(default_factory=dict)
    """Mail addresses of people and roles of the house; for who is not there, `staff` is."""

    def person(self, case: Case, audience: Audience) -> Person:
        """The reader of a message; one that nobody knows how to reach has no addresses."""
        (person,) = self.people([(case, audience, None)])
        return person

    def people(self, wanted: Sequence[tuple[Case, Audience, str | None]]) -> Sequence[Person]:
        """The readers of many messages, looked up together; of the house, who is named."""
        claimants = [case.id for case, audience, _ in wanted if audience is Audience.CLAIMANT]
        parts = self.contacts.parts_of(claimants, "report", PREFERENCES) if claimants else {}
        return self._open([self._found(*one, parts) for one in wanted])

    def house(self) -> Person:
        """The house's own desk, at any hour."""
        (person,) = self._open([self._house()])
        return person

    def _found(self, case: Case, audience: Audience, to: str | None, parts: Parts) -> Person:
        match audience:
            case Audience.CLAIMANT:
                return self._claimant(case, parts.get(case.id, {}))
            case Audience.RECIPIENT:
                return self._recipient(case)
            case Audience.STAFF:
                return self._house(to)
            case Audience.CARRIER:
                return self._carrier(case)

    def _open(self, people: Sequence[Person]) -> Sequence[Person]:
        """Without the ways that are closed to them."""
        far = {at for one in people for way, at in one.addresses.items() if way is not Way.IN_APP}
        closed = self.suppressed(far) if far else ()
        return [_without(one, closed) for one in people]

    def preferences(self, case: Case) -> Preferences:
        """What the claimant wants."""
        return self.person(case, Audience.CLAIMANT).preferences

    def telephone(self, case: Case) -> tuple[str | None, str | None]:
        """Name and number of whoever reported, as told: people dial what no machine could."""
        told = _mapping((self.contacts.get(case.id, "report") or {}).get("reporter"))
        told = told or self.merchants.get(case.merchant or "", {})
        name, phone = told.get("name"), told.get("phone")
        return str(name) if name else None, str(phone) if phone else None

    def is_told_by_webhook(self, case: Case) -> bool:
        """Whether the case's merchant hears of it anyway, by a webhook that is awake."""
        return case.merchant is not None and self.listens(case.merchant)

    def _claimant(self, case: Case, parts: Mapping[str, Mapping[str, object]]) -> Person:
        known, wishes = parts.get("report", {}), parts.get(PREFERENCES, {})
        told = _mapping(known.get("reporter"))
        house = {} if known or case.merchant is None else self.merchants.get(case.merchant, {})
        told = told or house
        said = wishes.get("language") or house.get("language") or case.report.language
        language = nearest(str(said))
        addresses = addresses_of(told, wishes)
        if case.report.channel is ReportChannel.APP or Way.IN_APP in _texts(
            wishes.get("ways"), None
        ):
            addresses[Way.IN_APP] = case.id
        order = _order(wishes, _FIRST.get(case.report.channel, _USUAL))
        zone = str(wishes.get("zone") or self._home(case))
        name = told.get("name")
        reader = Reader(
            language=language,
            zone=_valid(zone, self.zone),
            name=Personal(text=name, of=Audience.CLAIMANT) if isinstance(name, str) else None,
            withheld=withheld(told, known.get("sender"), known.get("addressee")),
        )
        return self._made(reader, addresses, order, wishes)

    def _recipient(self, case: Case) -> Person:
        part = case.recovering.recipient_part
        told = (self.contacts.get(case.id, part) if part else None) or {}
        country = case.report.shipment.destination_country or ""
        said = told.get("language")
        language = nearest(str(said)) if said else ("zh-CN" if country in _CHINESE else "en")
        name = told.get("name")
        known = self.contacts.get(case.id, "report") or {}
        parties = (known.get("reporter"), known.get("sender"), known.get("addressee"))
        reader = Reader(
            language=language,
            zone=_valid(zone_of_country(country) or self.zone, self.zone),
            name=Personal(text=name, of=Audience.RECIPIENT) if isinstance(name, str) else None,
            withheld=withheld(told, *parties),
        )
        return self._made(reader, addresses_of(told, {}), _USUAL, {})

    def _house(self, to: str | None = None) -> Person:
        at = self.colleagues.get(to.removeprefix("staff:"), self.staff) if to else self.staff
        addresses = {Way.EMAIL: at} if at else {}
        reader = Reader(language="zh-CN" if self.zone == "Asia/Shanghai" else "en", zone=self.zone)
        return self._made(reader, addresses, (Way.EMAIL,), _ANY_HOUR)

    def _carrier(self, case: Case) -> Person:
        """Whoever was asked last, at their own desk, whatever the hour."""
        asked = case.investigation.inquiries
        desk = self.carriers.get(asked[-1].to, {}) if asked else {}
        known = self.contacts.get(case.id, "report") or {}
        parties = (known.get("reporter"), known.get("sender"), known.get("addressee"))
        reader = Reader(
            language=nearest(str(desk.get("language") or "en")),
            zone=self.zone,
            withheld=withheld({}, *parties),
        )
        return self._made(reader, addresses_of(desk, {}), (Way.EMAIL,), _ANY_HOUR)

    def _made(
        self,
        reader: Reader,
        addresses: Mapping[Way, str],
        order: Sequence[Way],
        wishes: Mapping[str, object],
    ) -> Person:
        ways = tuple(way for way in order if way in addresses)
        preferences = Preferences(
            zone=ZoneInfo(reader.zone),
            ways=ways,
            opted_out=frozenset(Way(way) for way in _texts(wishes.get("opted_out"), set(Way))),
            muted=frozenset(_texts(wishes.get("muted"), None)),
            quiet=_quiet(wishes),
        )
        kept = {way: addresses[way] for way in ways}
        return Person(reader=reader, preferences=preferences, addresses=kept)

    def _home(self, case: Case) -> str:
        parcel = case.report.shipment
        country = (
            parcel.destination_country
            if case.report.role is Role.ADDRESSEE
            else parcel.origin_country
        )
        return zone_of_country(country) or self.zone


def _without(person: Person, closed: Collection[str]) -> Person:
    at = person.addresses
    shut = frozenset(way for way in at if way is not Way.IN_APP and at[way] in closed)
    if not shut:
        return person
    return replace(person, preferences=replace(person.preferences, unreachable=shut))


def _order(wishes: Mapping[str, object], usual: Sequence[Way]) -> tuple[Way, ...]:
    wanted = [Way(way) for way in _texts(wishes.get("ways"), set(Way))]
    return tuple(dict.fromkeys((*wanted, *usual)))


def _quiet(wishes: Mapping[str, object]) -> QuietHours:
    usual = QuietHours()
    with suppress(ValueError):
        start, end = wishes.get("quiet_from"), wishes.get("quiet_until")
        return QuietHours(
            start=time.fromisoformat(str(start)) if start else usual.start,
            end=time.fromisoformat(str(end)) if end else usual.end,
        )
    return usual


def _valid(zone: str, fallback: str) -> str:
    return zone_of(zone, ZoneInfo(fallback)).key


def _texts(value: object, known: set[Way] | None) -> tuple[str, ...]:
    told = value if isinstance(value, list) else []
    return tuple(str(one) for one in told if known is None or one in {str(way) for way in known})


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
