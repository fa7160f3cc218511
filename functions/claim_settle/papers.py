"""HTTP -> papers: the dossier of a case, and what a carrier is sent, as PDF."""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import told_of
from amends.domain.case.permissions import Action
from amends.domain.people.paper import Paper
from amends.domain.refusal import NotFound
from amends.ports import CaseStore, Contacts
from amends.service.assessment.assessing import explain
from amends.service.papers.claim import claim_form, cover_letter
from amends.service.papers.dossier import Told, dossier
from amends.web.access import claimants_case, etag
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.proving import prove
from amends.web.router import Endpoint, Router
from amends.web.staff import staff, staffs_case
from amends.web.wording import EVENT_TEXTS

if TYPE_CHECKING:
    from amends.domain.people.values import Formats

PAPERS = ("dossier", "claim_form", "cover_letter")


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """What printing needs of the outside, each made when first asked for."""

    cases: Callable[[], CaseStore]
    contacts: Callable[[], Contacts]
    formats: Callable[[], "Formats"]
    typeset: Callable[[Paper], bytes]


def endpoints(press: Press) -> tuple[Endpoint, ...]:
    """`GET …/dossier` and `GET …/documents/{name}`, for the claimant and for staff."""

    def claimants(call: Call) -> Case:
        return claimants_case(call, press.cases())

    def staffs(call: Call) -> Case:
        _, groups = staff(call, Action.SEE_QUEUE)
        return staffs_case(press.cases(), call.params["case_id"], groups)

    def print_for(opened: Callable[[Call], Case]) -> Callable[[Call], Answer]:
        def answer(call: Call) -> Answer:
            name = call.params.get("name", "dossier")
            case = opened(call)
            if name not in PAPERS:
                raise NotFound("there is no such document")
            return _printed(press, case, name, call.language, is_staff=opened is staffs)

        return answer

    return tuple(
        Endpoint(method="GET", path=f"{base}/cases/{{case_id}}/{path}", answer=print_for(opened))
        for base, opened in (("/v1", claimants), ("/v1/staff", staffs))
        for path in ("dossier", "documents/{name}")
    )


def _printed(press: Press, case: Case, name: str, language: str, *, is_staff: bool) -> Answer:
    told = Told(
        language=language,
        formats=press.formats(),
        texts=EVENT_TEXTS,
        explanation=explain(case, language),
    )
    match name:
        case "claim_form":
            paper = claim_form(case, press.contacts().get(case.id, "report") or {}, told)
        case "cover_letter":
            paper = cover_letter(case, told)
        case _:
            history = press.cases().history(case.id)
            paper = dossier(case, history if is_staff else told_of(history), told)
    return Answer(
        status=200,
        body=b64encode(press.typeset(paper)).decode(),
        headers={
            "content-type": "application/pdf",
            "content-disposition": f'attachment; filename="{name}-{case.id}.pdf"',
            "etag": etag(case),
        },
        is_binary=True,
    )


router = Router(
    *endpoints(
        Press(
            cases=runtime.cases,
            contacts=runtime.contacts,
            formats=runtime.formats,
            typeset=runtime.typeset,
        )
    ),
    prove=prove,
)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request."""
    return router(event)
