"""Rates: XDR for one unit of a currency, by day, from a dated table with its source."""

import csv
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Self

from amends.domain.money import XDR
from amends.domain.refusal import Invalid

# The fund publishes none on its holidays and blanks cells: the latest earlier day then stands.
STALE_AFTER_DAYS = 7


class NoRate(Invalid):
    """No rate of that currency is known for that day."""

    code = "no_rate"


class StaleRate(NoRate):
    """The latest rate before that day is older than a week, and is not used."""

    code = "stale_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """XDR for one unit of a currency, as published on a day."""

    currency: str
    on: date
    xdr_per_unit: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """A table of published rates; grows by `with_`, never changes what it said."""

    by_currency: dict[str, tuple[Rate, ...]]

    @classmethod
    def of(cls, published: Iterable[Rate]) -> Self:
        """A table of these rates; of two for one day the later given stands."""
        sorted_by: defaultdict[str, dict[date, Rate]] = defaultdict(dict)
        for one in published:
            sorted_by[one.currency][one.on] = one
        return cls({name: tuple(days[on] for on in sorted(days)) for name, days in
                    sorted_by.items()})  # fmt: skip

    def with_(self, published: Iterable[Rate]) -> "Rates":
        """This table and newly published rates; a day already told keeps what it said."""
        told = [one for row in self.by_currency.values() for one in row]
        return Rates.of([*published, *told])

    def rate(self, currency: str, on: date, sdr_rate: Decimal | None = None) -> Rate:
        """XDR for one unit on a day, or on the latest day within a week before it.

        `sdr_rate`, when given, goes before the table. XDR itself is one. Refuses a currency that
        the table lacks (`NoRate`) and a rate that is too old (`StaleRate`).
        """
        if sdr_rate is not None:
            return Rate(currency=currency, on=on, xdr_per_unit=sdr_rate, source="given")
        if currency == XDR:
            return Rate(currency=XDR, on=on, xdr_per_unit=Decimal(1), source="definition")
        row = self.by_currency.get(currency, ())
        index = bisect_right(row, on, key=lambda one: one.on)
        if not index:
            raise NoRate(f"no rate of {currency} is known for {on}")
        found = row[index - 1]
        if (on - found.on).days > STALE_AFTER_DAYS:
            raise StaleRate(f"the latest rate of {currency} before {on} is of {found.on}: too old")
        return found


@cache
def published() -> Rates:
    """The rates that ship with the product."""
    text = Path(__file__).with_name("xdr_rates.csv").read_text("utf-8")
    return Rates.of(
        Rate(
            currency=row["currency"],
            on=date.fromisoformat(row["date"]),
            xdr_per_unit=Decimal(row["xdr_per_unit"]),
            source=row["source"],
        )
        for row in csv.DictReader(text.splitlines())
    )
