"""Staff commands of the agreement: offers, approvals, counters, reviews, assessments, extras."""

from collections.abc import Mapping

from amends.domain.case.agreement import appealing, offering, settlement
from amends.domain.case.case import Case
from amends.domain.case.events import Concluded, Event
from amends.domain.case.permissions import Action, require
from amends.domain.case.state.agreement import Option, Part
from amends.domain.case.vocabulary import Finding, Remedy, Stage
from amends.domain.refusal import OutOfOrder
from amends.service.assessment.assessing import explain, reassessment
from amends.web.access import etag
from amends.web.agreement_view import staff_agreement_document
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint
from amends.web.staff import caller
from claim_settle.agreement_desk import AgreementDesk, remedies_of
from claim_settle.body import Body
from claim_settle.staff import policies
from claim_settle.staff.approving import approve_offer
from claim_settle.staff_desk import CASE, Asked, Command, Decide, endpoint, visible

LONGEST_LIFE = 90
"""Days that an offer may stand at most."""


def endpoints(desk: AgreementDesk) -> tuple[Endpoint, ...]:
    """Every endpoint of the adjuster, on this desk."""

    def read(call: Call) -> Answer:
        _, groups = caller(call)
        require(groups, Action.SEE_OFFERS)
        case = visible(desk.staff, call.params["case_id"], groups)
        document = staff_agreement_document(case, explain(case, call.language))
        return Answer.of(document, headers={"etag": etag(case)})

    return (
        *(
            endpoint(command, desk.staff, lambda case, _: staff_agreement_document(case, None))
            for command in commands(desk)
        ),
        Endpoint(method="GET", path=f"{CASE}/offers", answer=read),
    )


def commands(desk: AgreementDesk) -> tuple[Command, ...]:
    """What staff decide about money and terms."""
    return (
        Command(path=f"{CASE}/offers", action=Action.MAKE_OFFER, prepare=_propose, needs_key=True),
        Command(
            path=f"{CASE}/offers/{{offer_id}}/approval",
            action=Action.APPROVE_OFFER,
            prepare=lambda asked: approve_offer(asked, asked.param("offer_id")),
            needs_key=True,
        ),
        Command(path=f"{CASE}/counter", action=Action.ANSWER_COUNTER, prepare=_answer),
        Command(
            path=f"{CASE}/assessment",
            action=Action.ASSESS,
            prepare=lambda asked: _assess(asked, desk),
        ),
        Command(
            path=f"{CASE}/appeal",
            action=Action.REVIEW_CLAIM,
            prepare=lambda asked: _review(asked, desk),
        ),
        Command(path=f"{CASE}/extras", action=Action.MAKE_OFFER, prepare=_extra),
        *policies.COMMANDS,
    )


def _propose(a: Asked) -> Decide:
    body, because = a.body, a.body.text("because")
    days = body.whole("days", 30)
    options = [
        Option(
            parts=tuple(
                Part(remedy=part.choice("remedy", Remedy), amount=part.money("amount"))
                for part in row.rows("parts")
            )
        )
        for row in body.rows("options")
    ]
    return lambda case: offering.propose(
        case,
        options,
        because=because,
        days=min(max(days, 1), LONGEST_LIFE),
        remedies=remedies_of(case),
        occasion=a.occasion,
    )


def _answer(a: Asked) -> Decide:
    accept, because = a.body.yes("accept"), a.body.text("because")
    return lambda case: offering.answer_counter(
        case,
        accept=accept,
        because=because,
        remedies=remedies_of(case),
        occasion=a.occasion,
    )


def _assess(a: Asked, desk: AgreementDesk) -> Decide:
    """By hand, where the rules on file did not fit or the facts told were wrong."""
    changes = _facts(a.body)

    def decide(case: Case) -> list[Event]:
        if case.stage is not Stage.ASSESSING or case.assessed is not None:
            raise OutOfOrder("an assessment is made once; an appeal makes another")
        return [reassessment(case, changes, desk.rates(), desk.tariff(case))]

    return decide


def _review(a: Asked, desk: AgreementDesk) -> Decide:
    """The second look; the second appeal is a supervisor's."""
    body = a.body
    upheld, because = body.yes("uphold"), body.text("because")
    changes = _facts(body) if "facts" in body.raw else {}
    finding = body.choice("finding", Finding) if "finding" in body.raw else None
    evidence = body.texts("evidence", default=())

    def decide(case: Case) -> list[Event]:
        number = appealing.require_reviewer(case, a.by)
        if number > 1:
            require(a.groups, Action.APPROVE_OFFER)
        if not upheld:
            return appealing.dismiss(case, because=because, by=a.by, occasion=a.occasion)
        found = None
        if finding is not None:
            found = Concluded(
                finding=finding, ground=because, rule="appeal", source=a.by, evidence=evidence
            )
        anew = None
        if changes and found is None:
            anew = reassessment(case, changes, desk.rates(), desk.tariff(case))
        return appealing.uphold(case, because=because, by=a.by, finding=found, assessed=anew)

    return decide


def _extra(a: Asked) -> Decide:
    remedy, reference = a.body.choice("remedy", Remedy), a.body.text("reference")
    return lambda case: settlement.do_extra(case, remedy, reference)


def _facts(body: Body) -> Mapping[str, object]:
    return body.mapping("facts")
