"""Reconciling: every rail's own books against the ledger, both ways, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from amends.domain.case.money import paying
from amends.domain.exchange import converse
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.domain.payment.ledger import Entry, cash
from amends.domain.payment.rail import NoStatement, StatementLine
from amends.domain.payment.reconciliation import Difference, reconcile
from amends.ports import CaseStore
from amends.ports.money import LedgerReader, MoneyRecords
from amends.service.money.differences import OPEN, SETTLED, Found, raise_to_staff, settle
from amends.service.money.hearing import hear
from amends.service.money.payout_limits import owner_of
from amends.service.money.rail_desk import Treasury, account_of, counter, rail_day, rail_of

WITHOUT_BOOKS = frozenset({"coupon"})
"""Our ledger is the only book of these."""
WINDOW = timedelta(days=35)
EDGE = timedelta(days=3)
"""At the start of the window one side may lie before it: what is seen only there is not judged."""
FIRST_DAYS = "first_statements"
"""The day from which on each rail owes us statements: when we first asked."""
STILL_MOVES = timedelta(days=3)
"""A day's statement may gain lines for so long."""
FETCH_EVERY = timedelta(hours=6)
EXPECTED_WITHIN = timedelta(days=2)
"""A day's statement may come so late; then it is missing, and staff are told."""
CATCH_UP = 10
"""Days of one rail that one run fetches at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What reconciling works with."""

    cases: CaseStore
    ledger: LedgerReader
    treasury: Treasury


def rails_with_books(treasury: Treasury) -> list[str]:
    """The rails of this stack that have books of their own."""
    told = treasury.settings().get("rails", {})
    return sorted(code for code in told if code not in WITHOUT_BOOKS)


def reconcile_rail(code: str, desk: Desk, occasion: Occasion) -> list[Difference]:
    """Fetch what is missing of the rail's statements, match, and raise every difference.

    A difference whose payout is ours is asked about first: what the rail then says is recorded, so
    that a payment learned only from a statement is booked, and one that came back is offered again.
    """
    through = rail_day(occasion) - timedelta(days=1)
    fetch_statements(code, desk.treasury, occasion, through=through)
    since = through - WINDOW
    start = datetime.combine(since, time(), tzinfo=UTC)
    entries = desk.ledger.of_account(cash(code), since=start, until=occasion.at)
    lines = lines_of(code, desk.treasury.records, since=since, through=through)
    judged = _beyond_the_edge(entries, lines, since + EDGE)
    found = [
        difference
        for difference in reconcile(rail=code, entries=entries, lines=lines, through=through)
        if (difference.key or difference.references[0]) in judged
    ]
    for difference in found:
        _raise(difference, desk, occasion)
    return found


def fetch_statements(
    code: str, treasury: Treasury, occasion: Occasion, *, through: date
) -> list[date]:
    """Fetch the days that were not fetched since they ended, or may still have moved."""
    rail, account = rail_of(code), account_of(code, treasury, occasion)
    treasury.records.add(FIRST_DAYS, code, {"day": through.isoformat()})
    fetched: list[date] = []
    for back in range(WINDOW.days):
        day = through - timedelta(days=back)
        if len(fetched) == CATCH_UP or not _wants(code, day, treasury.records, occasion):
            continue
        try:
            lines = converse(rail.statement(day, account), treasury.http)
        except NoStatement:
            _note_missing(code, day, treasury.records, occasion)
            continue  # asked for again at the next run
        _note_found(code, day, treasury.records, occasion)
        for line in lines:
            _keep(code, line, treasury.records)
        at = {"fetched_at": occasion.at.isoformat(), "lines": len(lines)}
        treasury.records.put(f"statements#{code}", day.isoformat(), at)
        fetched.append(day)
    return fetched


def lines_of(
    code: str, records: MoneyRecords, *, since: date, through: date
) -> list[StatementLine]:
    """The lines that were fetched."""
    rows = records.read(f"lines#{code}", since=since.isoformat(), until=f"{through}~")
    return [
        StatementLine(
            key=str(row["key"]),
            reference=str(row["reference"]),
            amount=Money.of(str(row["amount"]), str(row["currency"])),
            booked_on=date.fromisoformat(str(row["booked_on"])),
            is_return=bool(row["is_return"]),
            reason=str(row["reason"]),
        )
        for row in rows
    ]


def _note_missing(code: str, day: date, records: MoneyRecords, occasion: Occasion) -> None:
    """Tell staff that an expected day is missing; what was booked on it cannot be matched."""
    first = records.get(FIRST_DAYS, code)
    is_owed = first is not None and day >= date.fromisoformat(str(first["day"]))
    is_known = records.get(f"statements#{code}", day.isoformat()) is not None
    if is_owed and not is_known and rail_day(occasion) > day + EXPECTED_WITHIN:
        raise_to_staff(_missing(code, day), records, occasion)


def _note_found(code: str, day: date, records: MoneyRecords, occasion: Occasion) -> None:
    name = _missing(code, day).name
    if records.get(OPEN, name) is not None and records.get(SETTLED, name) is None:
        settle(name, "the statement has come", records, occasion)


def _missing(code: str, day: date) -> Found:
    return Found(
        kind="no_statement",
        rail=code,
        key=day.isoformat(),
        case_id="",
        detail=f"the rail has given no statement for {day}",
    )


def _wants(code: str, day: date, records: MoneyRecords, occasion: Occasion) -> bool:
    known = records.get(f"statements#{code}", day.isoformat())
    if known is None:
        return True
    at = datetime.fromisoformat(str(known["fetched_at"]))
    was_final = rail_day(Occasion(at=at, by="", because="")) > day + STILL_MOVES
    return not was_final and occasion.at >= at + FETCH_EVERY


def _keep(code: str, line: StatementLine, records: MoneyRecords) -> None:
    way = "back" if line.is_return else "out"
    records.put(
        f"lines#{code}",
        f"{line.booked_on}#{line.reference}#{way}#{line.key}",
        {
            "key": line.key,
            "reference": line.reference,
            "amount": str(line.amount.amount),
            "currency": line.amount.currency,
            "booked_on": line.booked_on.isoformat(),
            "is_return": line.is_return,
            "reason": line.reason,
        },
    )


def _beyond_the_edge(
    entries: Sequence[Entry], lines: Sequence[StatementLine], first: date
) -> set[str]:
    """Keys (and references) that either side shows after the edge of the window."""
    ours = {entry.key for entry in entries if entry.booked_at.date() >= first}
    theirs = {
        name for line in lines if line.booked_on >= first for name in (line.key, line.reference)
    }
    return ours | theirs


def _raise(difference: Difference, desk: Desk, occasion: Occasion) -> None:
    owner = owner_of(difference.key, desk.treasury.records)
    found = Found(
        kind=difference.kind,
        rail=difference.rail,
        key=difference.key,
        case_id=difference.case_id or (owner[0] if owner else ""),
        booked=difference.booked,
        shown=difference.shown,
        currency=difference.currency,
        references=difference.references,
    )
    is_new = raise_to_staff(found, desk.treasury.records, occasion)
    if owner is not None and _was_mended_by_asking(owner, desk, occasion) and is_new:
        settle(found.name, "the rail was asked, and what it said is booked",
               desk.treasury.records, occasion)  # fmt: skip


def _was_mended_by_asking(owner: tuple[str, str], desk: Desk, occasion: Occasion) -> bool:
    case = desk.cases.load(owner[0])
    payout = paying.find_payout(case, owner[1])
    said = counter(case, payout, desk.treasury, occasion).ask()
    after = hear(desk.cases, case, payout.id, said, desk.treasury, occasion)
    return paying.find_payout(after, payout.id).state is not payout.state
