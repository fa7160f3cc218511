"""Reconciliation: the ledger and the rail's own books, matched both ways."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from amends.domain.payment.ledger import Entry, cash
from amends.domain.payment.rail import StatementLine


class DifferenceKind(StrEnum):
    """What does not fit; each opens one work item."""

    PAID_NOT_BOOKED = "paid_not_booked"
    BOOKED_NOT_PAID = "booked_not_paid"
    AMOUNT = "amount"
    DUPLICATE = "duplicate"
    """The rail paid one key more than once."""
    RETURNED = "returned"
    """Money came back that the ledger still counts as paid."""
    RETURN_NOT_SEEN = "return_not_seen"
    """The ledger books a return that the rail does not show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One difference; amounts in minor units of `currency`."""

    kind: DifferenceKind
    rail: str
    key: str
    case_id: str
    """Empty when no entry of ours bears the key."""
    booked: int
    shown: int
    currency: str
    references: tuple[str, ...] = ()


@dataclass(slots=True)
class _Side:
    """What one side says of one key: what left, what came back, and how often."""

    out: int = 0
    back: int = 0
    payments: int = 0


def reconcile(
    *,
    rail: str,
    entries: Iterable[Entry],
    lines: Sequence[StatementLine],
    through: date,
    patience: timedelta = timedelta(days=1),
) -> list[Difference]:
    """Every difference, sorted by key; both sides hold everything from one start to `through`.

    An entry booked less than `patience` before the end of `through` may still be on its way to
    the statement, so only its presence there is checked.
    """
    ours: dict[tuple[str, str], _Side] = defaultdict(_Side)
    theirs: dict[tuple[str, str], _Side] = defaultdict(_Side)
    cases: dict[str, str] = {}
    young: set[str] = set()
    for entry in {entry.entry_id: entry for entry in entries}.values():
        if entry.account != cash(rail) or not entry.key:
            continue
        cases[entry.key] = entry.case_id
        _count(ours[entry.key, entry.currency], abs(entry.minor), is_return=entry.minor > 0)
        if entry.booked_at.date() > through - patience:
            young.add(entry.key)
    references: dict[str, list[str]] = defaultdict(list)
    for line in {(line.reference, line.is_return, line.key): line for line in lines}.values():
        name = line.key if line.key in cases else line.key or line.reference
        side = theirs[name, line.amount.currency]
        _count(side, line.amount.minor, is_return=line.is_return)
        references[name].append(line.reference)
    found: list[Difference] = []
    for key, currency in sorted({*ours, *theirs}):
        mine, shown = ours[key, currency], theirs[key, currency]
        for kind in _kinds(mine, shown, is_young=key in young):
            found.append(  # noqa: PERF401 - named arguments read better than a comprehension here
                Difference(
                    kind=kind,
                    rail=rail,
                    key=key,
                    case_id=cases.get(key, ""),
                    booked=mine.out - mine.back,
                    shown=shown.out - shown.back,
                    currency=currency,
                    references=tuple(references[key]),
                )
            )
    return found


def _count(side: _Side, minor: int, *, is_return: bool) -> None:
    if is_return:
        side.back += minor
    else:
        side.out += minor
        side.payments += 1


def _kinds(mine: _Side, shown: _Side, *, is_young: bool) -> Iterable[DifferenceKind]:
    if shown.payments > max(mine.payments, 1):
        yield DifferenceKind.DUPLICATE
    elif shown.out and not mine.out:
        yield DifferenceKind.PAID_NOT_BOOKED
    elif mine.out and not shown.out:
        if not is_young:
            yield DifferenceKind.BOOKED_NOT_PAID
    elif mine.out != shown.out:
        yield DifferenceKind.AMOUNT
    if shown.back > mine.back:
        yield DifferenceKind.RETURNED
    elif mine.back > shown.back and not is_young:
        yield DifferenceKind.RETURN_NOT_SEEN
