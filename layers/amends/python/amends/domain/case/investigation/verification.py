"""Verification: the report against the shipment on file and the channels, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import (
    CaseReopened,
    Event,
    InformationGiven,
    InformationRequested,
    KindChanged,
    ReportJoined,
    Verified,
)
from amends.domain.case.report import Report
from amends.domain.case.state.investigation import FieldCheck, Match
from amends.domain.case.vocabulary import Kind, Outcome, ReportChannel, Role, Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import Invalid, OutOfOrder

ANSWER_WITHIN = timedelta(days=14)
PEOPLE = tuple(
    f"{role}.{part}" for role in ("sender", "addressee") for part in ("name", "phone", "address")
)
POSTED_APART = timedelta(days=1)
"""A label is often made the day before posting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnFile:
    """What we or the channels know of the shipment; None: not known, so not compared.

    `people` says of name, phone and address of sender and addressee whether they are the same:
    they are compared by keyed digests, and known to nobody here.
    """

    source: str
    carrier: str | None = None
    shipped_on: date | None = None
    origin_country: str | None = None
    destination_country: str | None = None
    destination_postal_code: str | None = None
    weight_grams: int | None = None
    items: tuple[str, ...] | None = None
    people: Mapping[str, bool] = field(default_factory=dict)


def compare(
    report: Report,
    on_file: Sequence[OnFile],
    *,
    number_valid: bool | None,
) -> tuple[FieldCheck, ...]:
    """Every field with its match; of several sources one that contradicts outweighs the others."""
    shipment = report.shipment
    number = {None: Match.UNKNOWN, True: Match.MATCH, False: Match.MISMATCH}[number_valid]
    checks = [FieldCheck(field="shipment.tracking_number", result=number, against="check_digit")]
    said: dict[str, object] = {
        "shipment.carrier": shipment.carrier,
        "shipment.shipped_on": shipment.shipped_on,
        "shipment.origin.country": shipment.origin_country,
        "shipment.destination.country": shipment.destination_country,
        "shipment.destination.postal_code": shipment.destination_postal_code,
        "items": tuple(sorted(item.name.strip().lower() for item in report.items)) or None,
    }
    for path, value in said.items():
        results = [(file.source, _result(path, value, _known(file, path))) for file in on_file]
        worst = next((r for r in results if r[1] is Match.MISMATCH), None)
        best = next((r for r in results if r[1] is Match.MATCH), None)
        source, result = worst or best or ("nothing on file", Match.UNKNOWN)
        checks.append(FieldCheck(field=path, result=result, against=source))
    for path in PEOPLE:
        told = [(file.source, file.people[path]) for file in on_file if path in file.people]
        source, result = "nothing on file", Match.UNKNOWN
        if told:
            source, is_same = min(told, key=lambda one: one[1])
            result = Match.MATCH if is_same else Match.MISMATCH
        checks.append(FieldCheck(field=path, result=result, against=source))
    return tuple(checks)


def verify(
    case: Case, checks: tuple[FieldCheck, ...], missing: Sequence[str], occasion: Occasion
) -> list[Event]:
    """Record the comparison; what contradicts or is missing is asked of the claimant, once.

    Who sender and addressee are is for staff to ask: whoever knows a number could try names on us.
    """
    if not case.is_open:
        raise OutOfOrder("the case is closed")
    events: list[Event] = []
    if checks != case.investigation.checks:
        events.append(Verified(checks=checks))
    wrong = [
        check.field
        for check in checks
        if check.result is Match.MISMATCH and check.field not in PEOPLE
    ]
    known = case.investigation.asked
    items = tuple(item for item in dict.fromkeys((*wrong, *missing)) if item not in known)
    if events and items and not case.asked_for and case.stage in _ASKING:
        events.append(InformationRequested(items=items, due_at=occasion.at + ANSWER_WITHIN))
    return events


def give_information(case: Case, items: tuple[str, ...]) -> list[Event]:
    """The claimant answers; a case that was closed for silence goes on."""
    if case.is_open:
        if not case.asked_for:
            raise OutOfOrder("nothing was asked")
        return [InformationGiven(items=items)]
    if case.outcome is Outcome.WITHDRAWN and case.asked_for:
        return [InformationGiven(items=items), CaseReopened(because="answered")]
    raise OutOfOrder("the case is closed")


def change_kind(case: Case, after: Kind, because: str) -> list[Event]:
    """It is another kind of incident: the case keeps its id and says why."""
    if case.stage not in (Stage.TRACING, Stage.INVESTIGATING, Stage.RECOVERING):
        raise OutOfOrder(f"a case that is {case.stage} keeps its kind")
    if not because.strip():
        raise Invalid("a change of kind says why")
    if case.report.kind is after:
        return []
    return [KindChanged(before=case.report.kind, after=after, because=because)]


def join(case: Case, role: Role, channel: ReportChannel, *, part: str | None = None) -> list[Event]:
    """Somebody else reports the same incident; the same report, told again, joins once."""
    if not case.is_open or part in case.investigation.joined_parts:
        return []
    return [ReportJoined(role=role, channel=channel, part=part)]


_ASKING = frozenset({Stage.TRACING, Stage.INVESTIGATING})


def _known(file: OnFile, path: str) -> object:
    match path:
        case "shipment.origin.country":
            return file.origin_country
        case "shipment.destination.country":
            return file.destination_country
        case "shipment.destination.postal_code":
            return file.destination_postal_code
        case "items":
            return file.items and tuple(sorted(name.strip().lower() for name in file.items))
        case _:
            return getattr(file, path.removeprefix("shipment."))


def _result(path: str, said: object, known: object) -> Match:
    if said is None or known is None:
        return Match.UNKNOWN
    if path == "shipment.shipped_on" and isinstance(said, date) and isinstance(known, date):
        return Match.MATCH if abs(said - known) <= POSTED_APART else Match.MISMATCH
    if isinstance(said, str) and isinstance(known, str):
        alike = said.replace(" ", "").casefold() == known.replace(" ", "").casefold()
        return Match.MATCH if alike else Match.MISMATCH
    return Match.MATCH if said == known else Match.MISMATCH
