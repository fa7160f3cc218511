"""Countries: the two-letter code that every other table is keyed by."""

import csv
from functools import cache, lru_cache
from pathlib import Path


@lru_cache(maxsize=1024)
def alpha2(code: str) -> str | None:
    """ISO 3166-1 alpha-2 of an alpha-2 or alpha-3 code or of a name; None for anything else.

    `countries.csv` is ISO 3166-1 as CLDR and the tz database list it, with the names that carriers
    write. `Georgia` alone is none: it is more often the state.
    """
    upper = code.strip().upper()
    if len(upper) == 2 and upper.isascii() and upper.isalpha():
        return "GB" if upper == "UK" else upper
    return _by_alpha3().get(upper) or _by_name().get(" ".join(upper.split()))


def is_country(code: str) -> bool:
    """Whether it is an alpha-2 code of ISO 3166-1, or `XK`, which posts use for Kosovo."""
    return code in _alpha2()


@cache
def _alpha2() -> frozenset[str]:
    return frozenset((*_by_alpha3().values(), "XK"))


@cache
def _by_alpha3() -> dict[str, str]:
    return {row["alpha3"]: row["alpha2"] for row in _rows()}


@cache
def _by_name() -> dict[str, str]:
    return {name.upper(): row["alpha2"] for row in _rows() for name in row["names"].split("|")}


def _rows() -> list[dict[str, str]]:
    text = Path(__file__).with_name("countries.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))
