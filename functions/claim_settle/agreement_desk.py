"""The agreement's desk: what claimants' and adjusters' endpoints need of the outside."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amends import runtime
from amends.catalog import plugin
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.vocabulary import Remedy
from amends.domain.occasion import Occasion
from amends.service.amend import amend, is_recorded
from amends.service.assessment.assessing import Contract, RateTable
from amends.web.access import as_seen, claimants_case, speaker
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once
from claim_settle import staff_desk


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementDesk:
    """The staff's desk, the stack's rates, and the merchants' own contracts."""

    staff: staff_desk.Desk
    rates: Callable[[], RateTable]
    tariff: Callable[[Case], Contract | None]

    def case(self, call: Call) -> Case:
        """The claimant's case, proved by its token."""
        return claimants_case(call, self.staff.cases())

    def claimant(self, call: Call) -> Occasion:
        """Now, by the claimant or their merchant, because of this request."""
        return self.staff.occasion(speaker(call), call.cause)

    def change(
        self, call: Call, act: Callable[[Case, str], Answer], *, needs_key: bool = False
    ) -> Answer:
        """A claimant changes their own case: on the version they saw, once for each key.

        `act` is given the origin that ids are derived from.
        """
        case = self.case(call)
        return once(
            call,
            caller=case.id,
            store=self.staff.idempotency(),
            at=self.claimant(call).at,
            act=lambda origin: act(as_seen(call, case), origin),
            is_required=needs_key,
        )

    def say(
        self,
        call: Call,
        case: Case,
        decide: Callable[[Case], Sequence[Event]],
        *,
        part: str,
        reason: str | None,
    ) -> Case:
        """Decide, and keep the claimant's own words, which stand before their event does.

        What is refused is refused before anything is kept; what was done is not said anew.
        """
        cases, occasion = self.staff.cases(), self.claimant(call)
        if is_recorded(cases, case.id, occasion):
            return cases.load(case.id)
        decide(case)
        self.staff.contacts().put(case.id, part, {"reason": reason})
        return amend(cases, case.id, occasion, decide)


def live() -> AgreementDesk:
    """The desk of the deployed stack."""
    return AgreementDesk(
        staff=staff_desk.live(),
        rates=lambda: runtime.settings().get("rates", {}),
        tariff=lambda case: runtime.settings().get("tariffs", {}).get(case.merchant),
    )


def remedies_of(case: Case) -> tuple[Remedy, ...]:
    """What the incident's file knows to offer."""
    remedies: tuple[Remedy, ...] = plugin("incidents", case.report.kind).REMEDIES
    return remedies
