"""Staff endpoints of claims: against whoever is liable, and coupons at the till."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.money import reclaiming
from amends.domain.case.permissions import Action
from amends.domain.occasion import Occasion
from amends.domain.payment.recovery import Debtor
from amends.ports.money import Document
from amends.service.amend import amend
from amends.service.money import claiming_back
from amends.web.access import etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.money_view import claims_of, money
from amends.web.paging import page_of, whole
from amends.web.router import Endpoint
from claim_settle.body import Body
from claim_settle.money_desk import MoneyDesk, acting, live, reading
from claim_settle.staff_desk import CASE

CLAIM = f"{CASE}/recoveries/{{recovery_id}}"
PAGE = 100


def endpoints(desk: MoneyDesk) -> tuple[Endpoint, ...]:
    """Every endpoint, on this desk."""
    return (
        reading(desk, "/v1/staff/recoveries", _list_claims),
        reading(desk, f"{CASE}/recoveries", _claims_of),
        acting(desk, f"{CLAIM}/filing", Action.PURSUE_RECOVERY, _file),
        acting(desk, f"{CLAIM}/acknowledgement", Action.PURSUE_RECOVERY, _acknowledge),
        acting(desk, f"{CLAIM}/receipts", Action.PURSUE_RECOVERY, _receive),
        acting(desk, f"{CLAIM}/denial", Action.PURSUE_RECOVERY, _deny),
        acting(desk, f"{CLAIM}/write-off", Action.WRITE_OFF, _write_off),
        acting(desk, "/v1/staff/coupons/redemption", Action.REDEEM_COUPON, _redeem),
    )


def _list_claims(desk: MoneyDesk, call: Call, _at: datetime) -> Answer:
    page = page_of(
        call,
        claiming_back.claims(desk.records()),
        place=lambda row: f"{row['reply_by']}#{row['recovery_id']}",
        show=lambda row: _claim(desk, row),
        default=PAGE,
    )
    noted = [one for one in page["data"] if one is not None]
    return Answer.of({**page, "data": noted})


def _claim(desk: MoneyDesk, row: Document) -> Mapping[str, object] | None:
    """None where the filing was cut off before the case knew of it."""
    case = desk.cases().load(str(row["case_id"]))
    return next((one for one in claims_of(case) if one["id"] == row["recovery_id"]), None)


def _claims_of(desk: MoneyDesk, call: Call, _at: datetime) -> Answer:
    return _answer(desk.cases().load(call.params["case_id"]))


def _file(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    debtor, amount = body.choice("debtor", Debtor), body.money("amount")
    form, file_by = body.text("form"), body.day("file_by")
    reply_days = body.whole("reply_days")
    body.done()
    case = claiming_back.file(
        desk.cases(),
        desk.records(),
        call.params["case_id"],
        call.params["recovery_id"],
        debtor=debtor,
        amount=amount,
        form=form,
        file_by=file_by,
        reply_within=timedelta(days=min(reply_days, 3650)),
        occasion=occasion,
    )
    return _answer(case)


def _acknowledge(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    amount = body.money("amount")
    body.done()
    claim = call.params["recovery_id"]
    return _amended(
        desk,
        call,
        occasion,
        lambda case: reclaiming.acknowledge(case, claim, amount, occasion),
    )


def _receive(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    amount, part, rail = body.money("amount"), body.whole("part"), body.text("rail", "bank")
    body.done()
    claim = call.params["recovery_id"]
    return _amended(
        desk,
        call,
        occasion,
        lambda case: reclaiming.receive(
            case, claim, amount, part=part, rail=rail, occasion=occasion
        ),
    )


def _deny(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    reason = body.text("reason")
    body.done()
    claim = call.params["recovery_id"]
    return _amended(desk, call, occasion, lambda case: reclaiming.deny(case, claim, reason))


def _write_off(desk: MoneyDesk, call: Call, body: Body, occasion: Occasion) -> Answer:
    """The first person asks, a second one decides."""
    reason = body.text("reason")
    body.done()
    claim = call.params["recovery_id"]
    return _amended(
        desk, call, occasion, lambda case: reclaiming.write_off(case, claim, reason, occasion)
    )


def _redeem(desk: MoneyDesk, _call: Call, body: Body, occasion: Occasion) -> Answer:
    code, order = body.text("code"), body.text("order_reference")
    body.done()
    case = claiming_back.use_coupon(desk.cases(), desk.records(), code, order, occasion)
    (payout,) = (one for one in case.payouts if one.used_for == order)
    return Answer.of({"amount": money(payout.amount), "order_reference": order})


def _amended(desk: MoneyDesk, call: Call, occasion: Occasion, decide: reclaiming.Decide) -> Answer:
    return _answer(amend(desk.cases(), call.params["case_id"], occasion, decide))


def _answer(case: Case) -> Answer:
    document = whole(claims_of(case))
    return Answer.of(document, headers={"etag": etag(case)})


ENDPOINTS = endpoints(live())
