"""Contracts: what of the settings cannot be read, merchants' tariffs and policies among it."""

from collections.abc import Callable, Mapping
from hashlib import sha256
from json import dumps
from typing import Any

from amends.domain.case.money.insuring import read_policy
from amends.domain.compensation.tariff import read_tariff
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Refusal
from amends.ports.money import MoneyRecords
from amends.service.money.differences import Found, open_differences, raise_to_staff, settle
from amends.service.stack_settings import unread

UNREADABLE = "unreadable_setting"
READERS: Mapping[str, Callable[[Any], object]] = {"tariffs": read_tariff, "policies": read_policy}


class BadSettings(Refusal):
    """Something in the settings cannot be read; `errors` names each term."""

    code = "bad_settings"


def unreadable(settings: Mapping[str, Any]) -> Mapping[str, tuple[FieldError, ...]]:
    """What nobody reads, and each contract that cannot be read (`tariffs.MERCHANT`), by place."""
    found: dict[str, tuple[FieldError, ...]] = {
        place: (error,) for place, error in unread(settings).items()
    }
    for kind, read in READERS.items():
        contracts = settings.get(kind, {})
        if not isinstance(contracts, Mapping):
            found[kind] = (_error(kind, "one contract for each merchant is expected"),)
            continue
        for merchant, document in contracts.items():
            place = f"{kind}.{merchant}"
            try:
                read(document)
            except Refusal as refusal:
                told = tuple(
                    FieldError(field=f"{place}.{one.field}", code=one.code, message=one.message)
                    for one in refusal.errors
                )
                found[place] = told or (_error(place, str(refusal)),)
    return found


def check_settings(settings: Mapping[str, Any]) -> int:
    """How many contracts the settings hold; refuses them when anything cannot be read."""
    bad = unreadable(settings)
    if bad:
        errors = [error for told in bad.values() for error in told]
        places = ", ".join(bad)
        raise BadSettings(f"{len(bad)} thing(s) cannot be read: {places}", errors=errors)
    return sum(len(settings.get(kind, {})) for kind in READERS)


def tell_unreadable(settings: Mapping[str, Any], records: MoneyRecords, occasion: Occasion) -> int:
    """Raise what cannot be read to staff, a contract once for each text of it; how many.

    One that can be read again settles its own work item.
    """
    names = set()
    bad = unreadable(settings)
    for place, errors in bad.items():
        text = dumps(_contract(settings, place), sort_keys=True, default=str)
        digest = sha256(text.encode()).hexdigest()[:12]
        found = Found(
            kind=UNREADABLE,
            rail="",
            key=f"{place}#{digest}",
            case_id="",
            detail="; ".join(f"{error.field}: {error.message}" for error in errors[:5]),
        )
        names.add(found.name)
        raise_to_staff(found, records, occasion)
    for row in open_differences(records):
        if row["kind"] == UNREADABLE and row["id"] not in names:
            settle(str(row["id"]), "it was corrected or taken out", records, occasion)
    return len(bad)


def _contract(settings: Mapping[str, Any], place: str) -> object:
    """The contract at that place; nothing for a name that nobody reads, whatever it says."""
    kind, _, merchant = place.partition(".")
    contracts = settings.get(kind) if kind in READERS else None
    return contracts.get(merchant) if isinstance(contracts, Mapping) else contracts


def _error(field: str, message: str) -> FieldError:
    return FieldError(field=field, code="bad_contract", message=message)
