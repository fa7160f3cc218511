"""Access: who calls, proved; a case that is not yours does not exist."""

from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import as_told
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from amends.service.intake.reporting import opens
from amends.web.call import Call
from amends.web.identity import Merchant
from amends.web.problem import Forbidden, PreconditionFailed, Unauthenticated


def claimants_case(call: Call, store: CaseStore) -> Case:
    """The case of the path as told to the holder of its token, or the merchant who reported it.

    Anybody else is told that it is not there.
    """
    token = call.bearer
    if token is None:
        raise Unauthenticated("a case token is needed: Authorization: Bearer <token>")
    owner = merchant_or_none(call)
    case = store.load(call.params["case_id"])
    if not (opens(case, token) if owner is None else case.merchant == owner):
        raise NotFound("there is no such case")
    return as_told(case)


def merchant_or_none(call: Call) -> str | None:
    """The merchant who calls, or None for whoever shows no JWT; refuses a JWT of another use."""
    return merchant(call, "cases") if call.identity() else None


def speaker(call: Call) -> str:
    """Who acts on a case: `claimant`, or `merchant:<client id>`."""
    owner = merchant_or_none(call)
    return "claimant" if owner is None else f"merchant:{owner}"


def check_version(call: Call, case: Case) -> None:
    """Honour If-Match: refuse to act on a version that the caller has not seen."""
    wanted = call.headers.get("if-match")
    if wanted is not None and wanted.strip() not in ("*", etag(case)):
        raise PreconditionFailed("the case has changed since you read it")


def as_seen(call: Call, case: Case) -> Case:
    """The case, if it is as the caller saw it.

    Asked when there is something to do: what was done with the same key is answered as it was.
    """
    check_version(call, case)
    return case


def etag(case: Case) -> str:
    """The ETag of a case."""
    return f'"{case.version}"'


def merchant(call: Call, scope: str) -> str:
    """The merchant's client id, when their token carries the scope."""
    known = call.identity()
    if known is None:
        raise Unauthenticated("a merchant token is needed")
    if not isinstance(known, Merchant) or f"amends/{scope}" not in known.scopes:
        raise Forbidden(f"the token lacks the scope {scope}")
    return known.id
