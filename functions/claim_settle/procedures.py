"""`GET /v1/compensation/procedures/{kind}`: how a claim of that kind is made, for everybody."""

from amends.domain.case.vocabulary import Kind
from amends.domain.refusal import FieldError, Invalid, NotFound
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint

PATH = "/v1/compensation/procedures/{kind}"


def read_procedure(call: Call) -> Answer:
    """What to send, which remedies there are, by which reasons documents and claims are refused."""
    from amends.catalog import codes
    from amends.catalog.regimes import regime as regime_of
    from amends.domain.refusal import Refusal
    from amends.web.procedure_view import procedure_document

    kind, regime = call.params["kind"], call.query.get("regime")
    if kind not in set(Kind) or kind not in codes("incidents"):
        raise NotFound("there is no such kind of incident")
    if regime is not None:
        try:
            regime_of(regime)
        except Refusal as error:
            wrong = FieldError(field="regime", code="unknown", message="no rules bear this code")
            raise Invalid("there is no such regime", errors=[wrong]) from error
    return Answer.of(procedure_document(Kind(kind), regime, call.language))


ENDPOINTS = (Endpoint(method="GET", path=PATH, answer=read_procedure),)
