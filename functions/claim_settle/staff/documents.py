"""Staff commands of documents: a person accepts one as proof, or refuses it with a reason."""

from amends.domain.case.agreement import document_check
from amends.domain.case.permissions import Action
from amends.domain.case.state.upload import Flaw
from claim_settle.staff_desk import CASE, Asked, Command, Decide


def _verify(a: Asked) -> Decide:
    """Yes, or no with the flaw; the claimant is asked for another by a day."""
    accepted = a.body.yes("accept")
    flaw = a.body.choice("flaw", Flaw) if "flaw" in a.body.raw or not accepted else None
    because, days = a.body.maybe("because"), a.body.whole("days", _DAYS)
    return lambda case: document_check.verify(
        case,
        a.param("evidence_id"),
        flaw=None if accepted else flaw,
        because=because,
        days=days,
        occasion=a.occasion,
    )


_DAYS = document_check.REPLACE_WITHIN.days
COMMANDS = (
    Command(
        path=f"{CASE}/evidence/{{evidence_id}}/verification",
        action=Action.VERIFY_DOCUMENT,
        prepare=_verify,
    ),
)
