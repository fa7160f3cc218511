"""Staff endpoints of money: payouts to approve or call back, rails, differences, the books."""

from collections.abc import Iterator
from datetime import date, datetime

from amends.catalog import codes
from amends.domain.case.case import Case
from amends.domain.case.money.paying import find_payout
from amends.domain.case.permissions import Action
from amends.domain.case.state.settlement import CasePayout
from amends.domain.case.vocabulary import Stage
from amends.domain.occasion import Occasion
from amends.domain.refusal import FieldError, Invalid, NotFound
from amends.service.money import bookkeeping, differences, payout_limits
from amends.service.money.approving import approve_payout, call_back, retry_payout
from amends.service.money.rates import latest
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.money_view import entries_csv, staff_payout, trial_balance_document
from amends.web.paging import page_of, whole
from amends.web.router import Endpoint
from claim_settle.body import Body
from claim_settle.money_desk import MoneyDesk, acting, live, reading
from claim_settle.staff_desk import CASE

MONEY = "/v1/staff/money"
PAGE = 100


def endpoints(desk: MoneyDesk) -> tuple[Endpoint, ...]:
    """Every endpoint, on this desk."""
    payout = f"{CASE}/payouts/{{payout_id}}"
    return (
        reading(desk, "/v1/staff/payouts", _list_payouts),
        acting(desk, f"{payout}/approval", Action.APPROVE_PAYOUT, _approve),
        acting(desk, f"{payout}/cancellation", Action.CALL_BACK_PAYOUT, _call_back),
        acting(desk, f"{payout}/retry", Action.RETRY_PAYOUT, _retry),
        acting(desk, f"{payout}/failure", Action.DECLARE_FAILED, _propose_failure),
        acting(desk, f"{payout}/failure/approval", Action.DECLARE_FAILED, _agree_failure),
        reading(desk, f"{MONEY}/rails", _list_rails),
        acting(desk, f"{MONEY}/rails/{{rail}}/switch", Action.SWITCH_RAIL, _switch),
        reading(desk, f"{MONEY}/differences", _list_differences),
        acting(desk, f"{MONEY}/differences/{{id}}/settlement", Action.SETTLE_DIFFERENCE, _settle),
        reading(desk, f"{MONEY}/trial-balance", _trial_balance),
        reading(desk, f"{MONEY}/entries", _export),
        reading(desk, f"{MONEY}/rates", _rates),
        acting(desk, f"{MONEY}/periods", Action.CLOSE_PERIOD, _close_period),
    )


def _list_payouts(desk: MoneyDesk, call: Call, _at: datetime) -> Answer:
    wanted = call.query.get("status")
    found = [one for one in _payouts(desk) if wanted in (None, one[1].state, one[1].held)]
    page = page_of(
        call,
        found,
        place=lambda one: f"{one[1].pay_by}#{one[1].id}",
        show=lambda one: staff_payout(*one),
        default=PAGE,
    )
    return Answer.of(page)


def _payouts(desk: MoneyDesk) -> Iterator[tuple[Case, CasePayout]]:
    """What is being paid; cases that are paid are found in the ledger."""
    cursor: str | None = None
    while True:
        page = desk.cases().queue(stage=Stage.SETTLING, limit=PAGE, cursor=cursor)
        for case_id in page.case_ids:
            case = desk.cases().load(case_id)
            yield from ((case, payout) for payout in case.payouts)
        cursor = page.next_cursor
        if cursor is None:
            return


def _approve(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    body.done()
    case = approve_payout(
        desk.cases(),
        desk.queue(),
        call.params["case_id"],
        call.params["payout_id"],
        occasion,
    )
    return _answer(case, call)


def _call_back(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    why = body.text("reason")
    body.done()
    case = call_back(
        desk.cases(),
        call.params["case_id"],
        call.params["payout_id"],
        why,
        desk.treasury(),
        occasion,
    )
    return _answer(case, call)


def _retry(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    """A further attempt at one part, which alone failed; the answer is the new payout."""
    body.done()
    failed = call.params["payout_id"]
    case = retry_payout(desk.cases(), desk.queue(), call.params["case_id"], failed, occasion)
    part = find_payout(case, failed).part
    again = case.payouts_of(part)[-1]
    return Answer.of(staff_payout(case, again), status=201, headers={"etag": etag(case)})


def _propose_failure(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    from amends.service.money.giving_up import propose

    reason, evidence = body.text("reason"), body.text("evidence")
    body.done()
    place = call.params["case_id"], call.params["payout_id"]
    case = propose(
        desk.cases(), *place, desk.treasury(), occasion, reason=reason, evidence=evidence
    )
    return _answer(case, call)


def _agree_failure(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    from amends.service.money.giving_up import agree

    body.done()
    place = call.params["case_id"], call.params["payout_id"]
    return _answer(agree(desk.cases(), *place, desk.treasury(), occasion), call)


def _answer(case: Case, call: Call) -> Answer:
    (payout,) = (one for one in case.payouts if one.id == call.params["payout_id"])
    return Answer.of(staff_payout(case, payout), headers={"etag": etag(case)})


def _list_rails(desk: MoneyDesk, _call: Call, _at: datetime) -> Answer:
    configured = desk.treasury().settings().get("rails", {})
    data = [
        {
            "rail": code,
            "is_configured": code in configured,
            "is_off": payout_limits.is_off(code, desk.records()),
        }
        for code in codes("rails")
    ]
    return Answer.of(whole(data))


def _switch(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    rail = call.params["rail"]
    if rail not in codes("rails"):
        raise NotFound("there is no such rail")
    off, reason = body.yes("is_off"), body.text("reason")
    body.done()
    payout_limits.throw_switch(
        rail, off=off, reason=reason, occasion=occasion, records=desk.records()
    )
    return Answer.of({"rail": rail, "is_off": off, "reason": reason, "by": occasion.by})


def _list_differences(desk: MoneyDesk, call: Call, _at: datetime) -> Answer:
    found = differences.open_differences(desk.records())
    page = page_of(call, found, place=lambda one: str(one["id"]), show=dict, default=PAGE)
    return Answer.of(page)


def _settle(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    why = body.text("reason")
    body.done()
    return Answer.of(differences.settle(call.params["id"], why, desk.records(), occasion))


def _trial_balance(desk: MoneyDesk, call: Call, at: datetime) -> Answer:
    occasion = Occasion(at=at, by="", because="")
    entries = bookkeeping.entries_of(desk.ledger(), _period(call), occasion)
    closed = bookkeeping.closed_through(desk.records())
    document = trial_balance_document(entries)
    return Answer.of({**document, "closed_through": closed.isoformat() if closed else None})


def _export(desk: MoneyDesk, call: Call, at: datetime) -> Answer:
    """`?from=&to=&account=`: entries as CSV."""
    entries = bookkeeping.entries_of(
        desk.ledger(),
        _period(call),
        Occasion(at=at, by="", because=""),
        account=call.query.get("account"),
    )
    return Answer(
        status=200,
        body=entries_csv(entries),
        headers={
            "content-type": "text/csv; charset=utf-8",
            "content-disposition": 'attachment; filename="ledger.csv"',
        },
    )


def _rates(desk: MoneyDesk, _call: Call, at: datetime) -> Answer:
    rates = latest(desk.records(), at.date())
    data = [{"currency": name, **rate} for name, rate in sorted(rates.items())]
    return Answer.of(whole(data))


def _close_period(desk: MoneyDesk, _call: Call, body: Body, occasion: Occasion) -> Answer:
    through = body.day("through")
    body.done()
    row = bookkeeping.close_period(desk.ledger(), desk.records(), through, occasion)
    shown = {name: value for name, value in row.items() if name != "because"}
    return Answer.of(shown, status=201)


def _period(call: Call) -> bookkeeping.Period:
    return bookkeeping.Period(first=_day(call, "from"), last=_day(call, "to"))


def _day(call: Call, name: str) -> date | None:
    text = call.query.get(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        wrong = FieldError(field=name, code="wrong_type", message="a date such as 2026-11-20")
        raise Invalid("this is no date", errors=[wrong]) from error


ENDPOINTS = endpoints(live())
