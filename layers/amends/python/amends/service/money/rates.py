"""Rates: the published XDR table fetched, kept day by day with its source, and read back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from amends.domain.compensation.rate_feed import BadFeed, read_xdr_table
from amends.domain.compensation.rates import STALE_AFTER_DAYS, Rate
from amends.domain.exchange import Request
from amends.domain.occasion import Occasion
from amends.ports import Http
from amends.ports.money import MoneyRecords
from amends.service.money.differences import Found, raise_to_staff

BOOK = "rates"
TRIED = "rates_tried"
TRY_EVERY = timedelta(hours=1)
PATH = "/external/np/fin/data/rms_five.aspx"
"""The fund's page of the last five days; with `tsvflag` it is the table alone."""
RateTable = Mapping[str, Mapping[str, str]]


def refresh(
    base_url: str, records: MoneyRecords, http: Http, occasion: Occasion
) -> list[Rate] | None:
    """Fetch the table if today's is not known and the last try is an hour old; the new rates.

    None when there was nothing to do or to be had. A day already told keeps what it said. A feed
    that stays silent until the rates are nearly stale is raised to staff.
    """
    newest = _newest(records, occasion.at.date())
    tried = records.get(TRIED, "last")
    if newest == occasion.at.date() or (tried and occasion.at < _when(tried) + TRY_EVERY):
        return None
    records.put(TRIED, "last", {"at": occasion.at.isoformat()})
    url = f"{base_url}{PATH}"
    answer = http(Request.get(url, query={"tsvflag": "Y"}))
    if answer.trouble or not answer.is_ok:
        _warn_when_old(newest, str(answer.trouble or answer.status), records, occasion)
        return None
    try:
        table = read_xdr_table(answer.body.decode("utf-8", "replace"), source=url)
    except BadFeed as error:
        _warn_when_old(newest, str(error), records, occasion)
        return None
    return [rate for rate in table if _keep(rate, records)]


def latest(records: MoneyRecords, on: date) -> RateTable:
    """The newest rate of each currency on a day or in the week before it, as settling reads them.

    A rate that is older is not there at all: a case that needs it waits, and says so.
    """
    since = on - timedelta(days=STALE_AFTER_DAYS)
    found: dict[str, Mapping[str, str]] = {}
    for row in records.read(BOOK, since=since.isoformat(), until=f"{on}~"):
        found[str(row["currency"])] = {
            "xdr_per_unit": str(row["xdr_per_unit"]),
            "on": str(row["on"]),
            "source": str(row["source"]),
        }
    return found


def with_feed(given: Mapping[str, Any], records: MoneyRecords, on: date) -> RateTable:
    """The fetched rates, and for currencies that the feed lacks those that the stack is told."""
    oldest = (on - timedelta(days=STALE_AFTER_DAYS)).isoformat()
    fresh = {name: rate for name, rate in given.items() if str(rate.get("on", "")) >= oldest}
    return {**fresh, **latest(records, on)}


def _keep(rate: Rate, records: MoneyRecords) -> bool:
    return records.add(
        BOOK,
        f"{rate.on}#{rate.currency}",
        {
            "currency": rate.currency,
            "on": rate.on.isoformat(),
            "xdr_per_unit": str(Decimal(rate.xdr_per_unit)),
            "source": rate.source,
        },
    )


def _newest(records: MoneyRecords, today: date) -> date | None:
    since = today - timedelta(days=3 * STALE_AFTER_DAYS)
    rows = records.read(BOOK, since=since.isoformat(), until=f"{today}~")
    return max((date.fromisoformat(str(row["on"])) for row in rows), default=None)


def _warn_when_old(
    newest: date | None, why: str, records: MoneyRecords, occasion: Occasion
) -> None:
    age = (occasion.at.date() - newest).days if newest else STALE_AFTER_DAYS
    if age >= STALE_AFTER_DAYS - 2:
        found = Found(
            kind="rates_feed",
            rail="rates",
            key=occasion.at.date().isoformat(),
            case_id="",
            detail=f"no rates newer than {newest}: {why}",
        )
        raise_to_staff(found, records, occasion)


def _when(row: Mapping[str, object]) -> datetime:
    return datetime.fromisoformat(str(row["at"]))
