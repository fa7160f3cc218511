"""Staff endpoints of people: the parties of a case, and whoever holds a parcel, masked."""

from collections.abc import Mapping

from amends.domain.case.permissions import Action, require
from amends.domain.people.masking import masked
from amends.domain.refusal import NotFound
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint
from amends.web.staff import caller
from claim_settle.staff_desk import CASE, Desk, visible

PARTIES = ("reporter", "sender", "addressee")


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Who they are, as far as those who work on the case need to know."""

    def parties(call: Call) -> Answer:
        _, groups = caller(call)
        require(groups, Action.SEE_PARTIES)
        case = visible(desk, call.params["case_id"], groups)
        told = desk.contacts().get(case.id, "report") or {}
        people = ((who, told.get(who)) for who in PARTIES)
        return Answer.of(
            {who: masked(person) for who, person in people if isinstance(person, Mapping)}
        )

    def recipient(call: Call) -> Answer:
        """`?full=true` unmasks it for the recovery alone, while that lasts."""
        _, groups = caller(call)
        require(groups, Action.RECOVER)
        case = visible(desk, call.params["case_id"], groups)
        part = case.recovering.recipient_part
        told = desk.contacts().get(case.id, part) if part else None
        if told is None or told.get("erased"):
            raise NotFound("nobody is known to hold it")
        full = call.query.get("full") == "true"
        return Answer.of(dict(told) if full else masked(told))

    return (
        Endpoint(method="GET", path=f"{CASE}/parties", answer=parties),
        Endpoint(method="GET", path=f"{CASE}/recovery/recipient", answer=recipient),
    )
