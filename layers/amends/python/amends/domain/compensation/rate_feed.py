"""Rate feed: the fund's published table of XDR per currency unit, read without any I/O.

The provider's file has a title, then a row of dates, then one row a currency, tab-separated:

    Currency<TAB>March 17, 2026<TAB>March 16, 2026
    Chinese yuan<TAB>0.106732<TAB>

A cell may be blank on a holiday; names stand for codes.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal

from amends.domain.compensation.rates import Rate
from amends.domain.refusal import Invalid

LARGEST_CHARACTERS = 1_000_000
_NAMES = {
    "chinese yuan": "CNY",
    "euro": "EUR",
    "japanese yen": "JPY",
    "u.k. pound": "GBP",
    "u.k. pound sterling": "GBP",
    "u.s. dollar": "USD",
    "algerian dinar": "DZD",
    "australian dollar": "AUD",
    "brazilian real": "BRL",
    "canadian dollar": "CAD",
    "chilean peso": "CLP",
    "czech koruna": "CZK",
    "danish krone": "DKK",
    "indian rupee": "INR",
    "israeli new shekel": "ILS",
    "korean won": "KRW",
    "malaysian ringgit": "MYR",
    "mexican peso": "MXN",
    "new zealand dollar": "NZD",
    "norwegian krone": "NOK",
    "philippine peso": "PHP",
    "polish zloty": "PLN",
    "russian ruble": "RUB",
    "saudi arabian riyal": "SAR",
    "singapore dollar": "SGD",
    "south african rand": "ZAR",
    "swedish krona": "SEK",
    "swiss franc": "CHF",
    "thai baht": "THB",
    "u.a.e. dirham": "AED",
}
_LIKELY = (Decimal("0.00001"), Decimal(10))


class BadFeed(Invalid):
    """A file that is not the provider's table; nothing of it is used."""

    code = "bad_feed"


def read_xdr_table(content: str, *, source: str) -> list[Rate]:
    """Every rate of the table; blank cells and unknown currencies are left out.

    Refuses a file without dates or rates, and a rate that no currency could have: a half-read
    table would pay wrong sums.
    """
    if len(content) > LARGEST_CHARACTERS:
        raise BadFeed("the table is larger than any that the provider publishes")
    days: list[date | None] = []
    found: list[Rate] = []
    for line in content.splitlines():
        cells = [cell.strip().strip('"') for cell in line.split("\t")]
        dates = [_day(cell) for cell in cells[1:]]
        if any(dates):
            days = dates
        elif days and (currency := _NAMES.get(cells[0].lower().rstrip(" 123456789()"))):
            found += _row(currency, cells[1:], days, source)
    if not found:
        raise BadFeed("no dated rates were found: this is not the provider's table")
    return found


def _row(currency: str, cells: list[str], days: list[date | None], source: str) -> Iterator[Rate]:
    for on, cell in zip(days, cells, strict=False):
        if on is None or cell.upper() in ("", "NA", "N.A."):
            continue
        digits = cell.replace(",", "")
        if not digits.replace(".", "", 1).isascii() or not digits.replace(".", "", 1).isdigit():
            raise BadFeed(f"{cell[:20]!r} is no rate of {currency} on {on}")
        rate = Decimal(digits)
        if not _LIKELY[0] < rate < _LIKELY[1]:
            raise BadFeed(f"{cell[:20]!r} is no likely XDR value of one {currency}")
        yield Rate(currency=currency, on=on, xdr_per_unit=rate, source=source)


def _day(cell: str) -> date | None:
    for form in ("%B %d, %Y", "%d-%b-%Y", "%Y-%m-%d"):
        with suppress(ValueError):
            return datetime.strptime(cell, form).replace(tzinfo=UTC).date()
    return None
