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


WORDS = ("narrative", "details", "not_taken")
"""What somebody told who joined: nobody asks them again, and no other place shows it."""


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """Who they are, as far as those who work on the case need to know."""

    def parties(call: Call) -> Answer:
        _, groups = caller(call)
        require(groups, Action.SEE_PARTIES)
        case = visible(desk, call.params["case_id"], groups)
        told = desk.contacts().get(case.id, "report") or {}
        others = desk.contacts().parts(case.id, *case.investigation.joined_parts)
        return Answer.of({**_people(told), "joined": [_joined(one) for one in others.values()]})

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


def _people(told: Mapping[str, object]) -> dict[str, object]:
    people = ((who, told.get(who)) for who in PARTIES)
    return {who: masked(person) for who, person in people if isinstance(person, Mapping)}


def _joined(told: Mapping[str, object]) -> dict[str, object]:
    return {**_people(told), **{name: told[name] for name in WORDS if told.get(name)}}
