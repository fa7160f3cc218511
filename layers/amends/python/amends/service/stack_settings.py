"""Settings: which names the settings document knows, and what it holds that nobody reads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TypeAlias

from amends.catalog import codes
from amends.domain.refusal import FieldError


@dataclass(frozen=True, slots=True, kw_only=True)
class Each:
    """An object whose names are free, or those of a shelf; what stands under each is alike."""

    of: "Shape"
    shelf: str | None = None


Shape: TypeAlias = Mapping[str, "Shape"] | Each | None
"""None: whoever reads it knows its form."""


def _names(*names: str) -> Mapping[str, Shape]:
    return dict.fromkeys(names)


_DAILY = ("per_payee_day", "per_day")
KNOWN: Mapping[str, Shape] = {
    "channels": Each(shelf="channels", of=_names("account", "base_url", "push", "refresh_seconds")),
    "carriers": Each(of=None),
    "early_discovery": None,
    "four_eyes_above": Each(of=None),
    "inquiry_desks": Each(of=_names("email", "language")),
    "merchants": Each(of=_names("email", "language", "name", "phone")),
    "policies": Each(
        of=_names(
            *("claim_days", "cover", "covers", "deductible", "excludes", "insurer", "kind"),
            *("notice_days", "number", "papers", "premium", "reply_days"),
            *("valid_from", "valid_to"),
        )
    ),
    "rails": Each(
        shelf="rails",
        of={
            **_names("base_url", "settings"),
            "granted": Each(of=_names("largest", *_DAILY)),
            "limits": Each(of=_names("budget", "per_operator_day", *_DAILY)),
        },
    ),
    "rates": Each(of=_names("on", "source", "xdr_per_unit")),
    "rates_feed": _names("base_url"),
    "scanner": _names("host", "port"),
    "staff": Each(of=None),
    "staff_mail": None,
    "tariffs": None,
    "zone": None,
}


def unread(settings: Mapping[str, object]) -> Mapping[str, FieldError]:
    """What of the settings nobody reads, by its place; each with the known name that is nearest."""
    return {error.field: error for error in _unread(settings, KNOWN, "")}


def _unread(told: object, shape: Shape, place: str) -> Iterator[FieldError]:
    if shape is None or told is None:
        return
    if not isinstance(told, Mapping):
        yield FieldError(field=place, code="wrong_type", message="an object is expected")
        return
    known = _known(shape)
    for name, one in told.items():
        at = f"{place}.{name}" if place else str(name)
        if known is not None and name not in known:
            near = get_close_matches(str(name), known, n=1)
            hint = f": {near[0]} is the nearest that there is" if near else ""
            message = f"there is no such setting{hint}"
            yield FieldError(field=at, code="unknown_setting", message=message)
        else:
            yield from _unread(one, shape.of if isinstance(shape, Each) else shape[name], at)


def _known(shape: Mapping[str, Shape] | Each) -> tuple[str, ...] | None:
    if not isinstance(shape, Each):
        return tuple(shape)
    return codes(shape.shelf) if shape.shelf else None
