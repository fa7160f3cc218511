"""Money desk: what the staff endpoints of money share: who may, what they work with."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from amends import runtime
from amends.domain.case.permissions import Action, require
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Queue
from amends.ports.idempotency import Idempotency
from amends.ports.money import LedgerReader, MoneyRecords
from amends.service.money.rail_desk import Treasury
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.router import Endpoint
from amends.web.staff import caller, staffs_case
from claim_settle.body import Body, body_of


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyDesk:
    """What the endpoints need of the outside, each made when first asked for."""

    cases: Callable[[], CaseStore]
    queue: Callable[[], Queue]
    records: Callable[[], MoneyRecords]
    ledger: Callable[[], LedgerReader]
    treasury: Callable[[], Treasury]
    idempotency: Callable[[], Idempotency]
    occasion: Callable[[str, str], Occasion]


Act = Callable[[MoneyDesk, Call, Body, Occasion], Answer]
Read = Callable[[MoneyDesk, Call, datetime], Answer]


def live() -> MoneyDesk:
    """The desk of the deployed stack."""
    return MoneyDesk(
        cases=runtime.cases,
        queue=runtime.payout_queue,
        records=runtime.money_records,
        ledger=runtime.ledger,
        treasury=runtime.treasury,
        idempotency=runtime.idempotency,
        occasion=lambda by, because: runtime.occasion(by=by, because=because),
    )


def reading(desk: MoneyDesk, path: str, read: Read) -> Endpoint:
    """A `GET` for whoever may see money."""

    def answer(call: Call) -> Answer:
        by, groups = caller(call)
        require(groups, Action.SEE_MONEY)
        _check_case(desk, call, groups)
        return read(desk, call, desk.occasion(by, call.cause).at)

    return Endpoint(method="GET", path=path, answer=answer)


def acting(desk: MoneyDesk, path: str, action: Action, act: Act) -> Endpoint:
    """A `POST`, carried out once for each Idempotency-Key, which it needs."""

    def answer(call: Call) -> Answer:
        by, groups = caller(call)
        require(groups, action)
        _check_case(desk, call, groups)
        occasion = desk.occasion(by, call.cause)

        def do(_origin: str) -> Answer:
            return act(desk, call, body_of(call.json()), occasion)

        return once(
            call,
            caller=by,
            store=desk.idempotency(),
            at=occasion.at,
            act=do,
            is_required=True,
        )

    return Endpoint(method="POST", path=path, answer=answer)


def _check_case(desk: MoneyDesk, call: Call, groups: Sequence[str]) -> None:
    """Refuse a case that does not exist for these groups, where the path names one."""
    if (case_id := call.params.get("case_id")) is not None:
        staffs_case(desk.cases(), case_id, groups)
