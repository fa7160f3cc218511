"""Preflight: what is wrong with a parcel before it is shipped, field by field.

Requirements 001-12, -17, -21, -23 and 003-14: completeness, not certainty; a person decides.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from amends.domain.money import Money, worth_of
from amends.domain.parcel.number import check

_POSTCODES = {
    country: re.compile(pattern)
    for country, pattern in {
        "AU": r"\d{4}", "AT": r"\d{4}", "BE": r"\d{4}", "BR": r"\d{5}-?\d{3}",
        "CA": r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "CH": r"\d{4}", "CN": r"\d{6}", "DE": r"\d{5}",
        "ES": r"\d{5}", "FR": r"\d{5}",
        "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", "IN": r"\d{6}", "IT": r"\d{5}",
        "JP": r"\d{3}-?\d{4}", "KR": r"\d{5}", "NL": r"\d{4} ?[A-Z]{2}", "PL": r"\d{2}-?\d{3}",
        "RU": r"\d{6}", "SE": r"\d{3} ?\d{2}", "SG": r"\d{6}", "US": r"\d{5}(-?\d{4})?",
    }.items()
}  # fmt: skip
"""Shapes of postal codes by the UPU's addressing sheets; a country that is not here has none."""
_NO_POSTCODES = frozenset({"AE", "HK", "MO", "QA"})
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_READS_CHINESE = frozenset({"CN", "HK", "MO", "TW", "SG", "JP"})
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")
_INNER_FOR = {
    "fragile": "cushioning",
    "liquid": "a sealed inner bag and absorbent material",
    "battery": "terminals covered and each cell apart",
    "valuable": "an outer box that shows tampering",
}
_HEAVY_GRAMS = 20_000


class Severity(StrEnum):
    """How bad: an error will stop or lose the parcel, a warning may, advice is good practice."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend; `code` has its sentences in `preflight_text`."""

    check: str
    severity: Severity
    field: str
    code: str
    said: tuple[str, ...] = ()
    """What the sentence is about: a correction, a category."""
    source: str | None = None
    """Where a rule of others stands, and when it was looked at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to; personal data, never kept."""

    country: str | None = None
    postal_code: str | None = None
    city: str | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom to reach; personal data, never kept."""

    name: str | None = None
    phone: str | None = None
    email: str | None = None
    tax_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the declaration."""

    name: str
    quantity: int = 1
    unit_value: Money | None = None
    flags: tuple[str, ...] = ()
    hs_code: str | None = None
    origin_country: str | None = None
    """Where it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A parcel that is to be shipped; `packaging` holds `outer`, `inner` and `sealed` if known."""

    origin: Address = field(default_factory=Address)
    destination: Address = field(default_factory=Address)
    sender: Person | None = None
    addressee: Person | None = None
    items: tuple[Item, ...] = ()
    tracking_number: str | None = None
    weight_grams: int | None = None
    packaging: tuple[tuple[str, str], ...] | None = None
    insured_value: Money | None = None
    insurance_fee: Money | None = None
    postage: Money | None = None

    @property
    def is_abroad(self) -> bool:
        """Whether a border lies between; unknown ends count as one."""
        return self.origin.country is None or self.origin.country != self.destination.country

    @property
    def value(self) -> Money | None:
        """The declared value in one currency, or None where it is not said for each item."""
        return worth_of((item.unit_value, item.quantity) for item in self.items)


def findings(plan: Plan) -> list[Finding]:
    """What address, contact, number and packaging show; the declaration has its own modules."""
    return [
        *_address(plan),
        *_contact(plan),
        *_number(plan),
        *_packaging(plan),
    ]


def _found(check_: str, severity: Severity, path: str, code: str, *said: str) -> Finding:
    return Finding(check=check_, severity=severity, field=path, code=code, said=said)


def _address(plan: Plan) -> Iterator[Finding]:
    where, at = plan.destination, "shipment.destination"
    for name in ("country", "city"):
        if not getattr(where, name):
            yield _found("address", Severity.ERROR, f"{at}.{name}", "missing")
    if not any(line.strip() for line in where.lines):
        yield _found("address", Severity.ERROR, f"{at}.lines", "missing")
    elif not any(char.isdigit() for line in where.lines for char in line):
        yield _found("address", Severity.WARNING, f"{at}.lines", "no_house_number")
    shape = _POSTCODES.get(where.country or "")
    code = (where.postal_code or "").strip().upper()
    if not code and where.country not in _NO_POSTCODES:
        severity = Severity.ERROR if shape else Severity.WARNING
        yield _found("address", severity, f"{at}.postal_code", "missing")
    elif code and shape and not shape.fullmatch(code):
        country = where.country or ""
        yield _found("address", Severity.ERROR, f"{at}.postal_code", "postal_code_shape", country)
    written = (*where.lines, where.city or "")
    if where.country and where.country not in _READS_CHINESE and _CHINESE.search(" ".join(written)):
        yield _found("address", Severity.WARNING, f"{at}.lines", "not_in_latin_letters")
    if not plan.origin.country:
        yield _found("address", Severity.WARNING, "shipment.origin.country", "missing")


def _contact(plan: Plan) -> Iterator[Finding]:
    for who, person in (("addressee", plan.addressee), ("sender", plan.sender)):
        severity = Severity.ERROR if who == "addressee" else Severity.WARNING
        if person is None or not (person.name or "").strip():
            yield _found("contact", severity, f"{who}.name", "missing")
        if person is None or not (person.phone or person.email):
            yield _found("contact", severity, f"{who}.phone", "no_way_to_reach")
            continue
        digits = sum(char.isdigit() for char in person.phone or "")
        if person.phone and not 7 <= digits <= 15:
            yield _found("contact", Severity.ERROR, f"{who}.phone", "phone_shape")
        elif person.phone and plan.is_abroad and not person.phone.strip().startswith(("+", "00")):
            yield _found("contact", Severity.WARNING, f"{who}.phone", "no_country_code")
        if person.email and not _EMAIL.fullmatch(person.email):
            yield _found("contact", Severity.ERROR, f"{who}.email", "email_shape")


def _number(plan: Plan) -> Iterator[Finding]:
    path = "shipment.tracking_number"
    if not plan.tracking_number:
        yield _found("number", Severity.WARNING, path, "missing")
        return
    told = check(plan.tracking_number)
    if told.valid is False:
        yield _found("number", Severity.ERROR, path, "number_wrong", told.suggestion or "-")
    elif told.s10 is not None and not told.s10.is_tracked:
        yield _found("number", Severity.WARNING, path, "untracked_service")
    elif told.valid is None:
        yield _found("number", Severity.ADVICE, path, "number_unknown")


def _packaging(plan: Plan) -> Iterator[Finding]:
    told = None if plan.packaging is None else dict(plan.packaging)
    for place, item in enumerate(plan.items):
        for flag in item.flags:
            wanted = _INNER_FOR.get(flag)
            if wanted and (told is None or told.get("inner", "none") in ("", "none")):
                severity = Severity.ADVICE if told is None else Severity.WARNING
                yield _found("packaging", severity, f"items.{place}.flags", f"pack_{flag}")
    if told is None:
        return
    is_heavy = (plan.weight_grams or 0) > _HEAVY_GRAMS
    if is_heavy and told.get("outer") in ("envelope", "bag"):
        yield _found("packaging", Severity.ERROR, "packaging.outer", "too_heavy_for_outer")
    if told.get("sealed") == "no":
        yield _found("packaging", Severity.ERROR, "packaging.sealed", "not_sealed")
