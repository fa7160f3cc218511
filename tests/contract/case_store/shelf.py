"""A case store with what it stands on, and cases to put there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import uuid4

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import CaseClosed, CaseOpened, PayoutConfirmed
from amends.domain.case.vocabulary import Outcome
from amends.ports import CaseStore
from tests.support.engines import cases_on
from tests.support.event_samples import sample
from tests.support.histories import occasion
from tests.support.tables import CaseTables, make_case_tables

OPENED = sample(CaseOpened)
HOUR = timedelta(hours=1)
numbers = count()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A store on an engine of its own, and the engine itself where it has one."""

    store: CaseStore
    client: Any = None
    tables: CaseTables | None = None


def book(case: Case, recorded: Recorded) -> Sequence[Mapping[str, str | int]]:
    """The two sides of a payment."""
    event = recorded.event
    if not isinstance(event, PayoutConfirmed):
        return []
    return [
        {
            "account": account,
            "entry_id": f"{event.payout_id}:paid",
            "minor": sign * event.amount.minor,
            "case": case.id,
        }
        for account, sign in (("payable:claimant", 1), ("cash:bank", -1))
    ]


def on_tables(client: Any) -> Shelf:
    tables = make_case_tables(client, f"contract-{uuid4().hex[:12]}")
    return Shelf(store=cases_on(client, tables, book), client=client, tables=tables)


def new_id() -> str:
    return f"case_{next(numbers):06d}{uuid4().hex[:20]}"


def opening(
    case_id: str, *, number: str = "RR123456785CN", reference: str = "A-1007"
) -> CaseOpened:
    shipment = replace(OPENED.report.shipment, tracking_number=number, order_reference=reference)
    return replace(OPENED, case_id=case_id, report=replace(OPENED.report, shipment=shipment))


def opened(store: CaseStore, after: timedelta = timedelta(0), **changes: str) -> Case:
    return store.open([opening(changes.pop("case_id", new_id()), **changes)], occasion(after))


def closed(store: CaseStore, case: Case) -> Case:
    return store.append(case, [CaseClosed(outcome=Outcome.DECLINED)], occasion())
