"""Payments over HTTP: what rails call back with, and how far a claimant's payouts have come."""

from amends.domain.case.money.calling_back import ask_back
from amends.service.amend import amend_once
from amends.web.access import as_seen, claimants_case, etag, speaker
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.money_view import HANDED, payouts_document
from amends.web.router import Endpoint
from claim_settle.money_desk import MoneyDesk, live

CANCELLATION = "/v1/cases/{case_id}/payouts/{payout_id}/cancellation"


def endpoints(desk: MoneyDesk) -> tuple[Endpoint, ...]:
    """Every endpoint, on this desk."""

    def take_notice(call: Call) -> Answer:
        """`POST /v1/payouts/webhooks/{rail}`: verified on the raw bytes; a repeat is harmless."""
        from amends.service.money.payout_notices import Notice, acknowledgement, take

        notice = Notice(rail=call.params["rail"], body=call.raw_body, headers=call.headers)
        occasion = desk.occasion(f"rail:{notice.rail}", call.cause)
        take(desk.cases(), notice, desk.treasury(), occasion)
        return Answer(
            status=200,
            body=acknowledgement(notice.rail),
            headers={"content-type": "text/plain; charset=utf-8"},
        )

    def read_payouts(call: Call) -> Answer:
        """`GET /v1/cases/{id}/payouts`: state, deadline, and what the payee must be handed."""
        case = claimants_case(call, desk.cases())
        contacts = desk.treasury().contacts
        handed = {
            payout.id: contacts.get(case.id, f"payout:{payout.id}")
            for payout in case.payouts
            if payout.rail in HANDED
        }
        return Answer.of(payouts_document(case, handed))

    def cancel(call: Call) -> Answer:
        """`POST …/cancellation`: recorded; the rail calls it back, and is asked until it says."""
        case = claimants_case(call, desk.cases())
        occasion = desk.occasion(speaker(call), call.cause)
        payout_id = call.params["payout_id"]

        def act(_origin: str) -> Answer:
            as_seen(call, case)
            asked = amend_once(
                desk.cases(), case.id, occasion, lambda now: ask_back(now, payout_id)
            )
            rows = payouts_document(asked, {})["data"]
            (row,) = (row for row in rows if row["id"] == payout_id)
            return Answer.of(row, status=202, headers={"etag": etag(asked)})

        return once(call, caller=case.id, store=desk.idempotency(), at=occasion.at, act=act)

    return (
        Endpoint(method="POST", path="/v1/payouts/webhooks/{rail}", answer=take_notice),
        Endpoint(method="GET", path="/v1/cases/{case_id}/payouts", answer=read_payouts),
        Endpoint(method="POST", path=CANCELLATION, answer=cancel),
    )


ENDPOINTS = endpoints(live())
