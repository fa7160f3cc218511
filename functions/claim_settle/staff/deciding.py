"""Staff commands of liability: force majeure, findings, approvals, appeals, referrals."""

from uuid import NAMESPACE_URL, uuid5

from amends.domain.case.investigation import liability
from amends.domain.case.permissions import Action
from amends.domain.case.state.liability import Share
from amends.domain.case.vocabulary import Party
from claim_settle.staff.approving import approve_offer
from claim_settle.staff_desk import CASE, Asked, Command, Decide


def _force_majeure(a: Asked) -> Decide:
    body = a.body
    event, proof = body.text("event", ""), body.texts("proof", default=())
    link = body.text("causal_link", "")
    return lambda case: liability.weigh_force_majeure(
        case, event=event, proof=proof, causal_link=link
    )


def _propose(a: Asked) -> Decide:
    shares = [
        Share(
            party=row.choice("party", Party),
            share=row.text("share"),
            ground=row.text("ground"),
            rule=row.text("rule"),
            name=row.maybe("name"),
        )
        for row in a.body.rows("shares")
    ]
    evidence = a.body.texts("evidence")
    return lambda case: liability.propose(case, shares, evidence=evidence, by=a.by)


def _approve(a: Asked) -> Decide:
    """The second person's word: on a finding, or (`offer_id`) on an offer above a limit."""
    if "offer_id" in a.body.raw:
        return approve_offer(a, a.body.text("offer_id"))
    finding, agreed = a.body.text("finding_id"), a.body.yes("approve")
    because = a.body.maybe("because") or "not stated"
    if agreed:
        return lambda case: liability.approve(case, finding, by=a.by)
    return lambda case: liability.refuse(case, finding, by=a.by, because=because)


def _appeal(a: Asked) -> Decide:
    finding, party = a.body.text("finding_id"), a.body.text("party")
    because = a.body.text("because")
    return lambda case: liability.appeal(case, finding, party=party, because=because)


def _review(a: Asked) -> Decide:
    upheld, because = a.body.yes("uphold"), a.body.text("because")
    return lambda case: liability.review(
        case, a.param("finding_id"), by=a.by, is_upheld=upheld, because=because
    )


def _refer(a: Asked) -> Decide:
    """The referral itself goes to the contacts, encrypted and apart; the history names it only."""
    matter, outcome = a.body.text("matter"), a.body.maybe("outcome")
    a.body.done()
    part = f"referral#{uuid5(NAMESPACE_URL, a.call.cause).hex}"
    document = {"matter": matter, "outcome": outcome, "by": a.by}
    a.desk.contacts().put(a.param("case_id"), part, document)
    return lambda case: liability.refer(case, part=part)


COMMANDS = (
    Command(path=f"{CASE}/force-majeure", action=Action.FIND_LIABILITY, prepare=_force_majeure),
    Command(path=f"{CASE}/liability", action=Action.FIND_LIABILITY, prepare=_propose),
    Command(
        path=f"{CASE}/approvals",
        action=Action.APPROVE_LIABILITY,
        prepare=_approve,
        needs_key=True,
    ),
    Command(path=f"{CASE}/liability/appeals", action=Action.APPEAL_LIABILITY, prepare=_appeal),
    Command(
        path=f"{CASE}/liability/{{finding_id}}/review",
        action=Action.REVIEW_APPEAL,
        prepare=_review,
    ),
    Command(path=f"{CASE}/referrals", action=Action.REFER_PERSONNEL, prepare=_refer),
)
