"""The staff's desk: one command is a path, who may, and what is decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amends import runtime
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.permissions import Action, Group, require
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Contacts, Evidence
from amends.ports.idempotency import Idempotency
from amends.service.amend import amend_once
from amends.web.access import check_version, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from amends.web.router import Endpoint
from amends.web.staff import caller, staffs_case
from claim_settle.body import Body, body_of

CASE = "/v1/staff/cases/{case_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What the endpoints need of the outside, each made when first asked for."""

    cases: Callable[[], CaseStore]
    contacts: Callable[[], Contacts]
    idempotency: Callable[[], Idempotency]
    occasion: Callable[[str, str], Occasion]
    link_key: Callable[[], bytes]
    evidence: Callable[[], Evidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One command being carried out: by whom, when, with which body and path."""

    desk: Desk
    call: Call
    body: Body
    by: str
    groups: tuple[str, ...]
    occasion: Occasion

    def param(self, name: str) -> str:
        """A part of the path."""
        return self.call.params[name]


Decide = Callable[[Case], Sequence[Event]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """`prepare` reads the body (and refuses it) before the decision is taken, maybe repeatedly."""

    path: str
    action: Action
    prepare: Callable[[Asked], Decide]
    needs_key: bool = False


def live() -> Desk:
    """The desk of the deployed stack."""
    return Desk(
        cases=runtime.cases,
        contacts=runtime.contacts,
        idempotency=runtime.idempotency,
        occasion=lambda by, because: runtime.occasion(by=by, because=because),
        link_key=_link_key,
        evidence=runtime.evidence,
    )


def _link_key() -> bytes:
    return runtime.secrets().of("tokens")["key"].encode()


def endpoint(
    command: Command, desk: Desk, view: Callable[[Case, Sequence[str]], object]
) -> Endpoint:
    """A `POST` that carries out a command and answers with the investigation as it now is."""

    def answer(call: Call) -> Answer:
        by, groups = caller(call)
        require(groups, command.action)
        occasion = desk.occasion(by, call.cause)
        case = visible(desk, call.params["case_id"], groups)

        def act(_origin: str) -> Answer:
            check_version(call, case)
            body = body_of(call.json())
            asked = Asked(desk=desk, call=call, body=body, by=by, groups=groups, occasion=occasion)
            decide = command.prepare(asked)
            body.done()
            after = amend_once(desk.cases(), case.id, occasion, decide)
            return Answer.of(view(after, groups), headers={"etag": etag(after)})

        return once(
            call,
            caller=by,
            store=desk.idempotency(),
            at=occasion.at,
            act=act,
            is_required=command.needs_key,
        )

    return Endpoint(method="POST", path=command.path, answer=answer)


def visible(desk: Desk, case_id: str, groups: Sequence[str]) -> Case:
    """The case, unless its kind does not exist for these groups."""
    if Group.HR in groups:  # who reads referrals, of whatever kind the case is
        return desk.cases().load(case_id)
    return staffs_case(desk.cases(), case_id, groups)
