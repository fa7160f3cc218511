"""A world for coming to terms: the claimant's and the adjuster's real routers on memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from amends.domain.case import intake
from amends.domain.case.case import Case
from amends.domain.case.events import Event, EvidenceExpected, EvidenceReceived
from amends.domain.case.vocabulary import Kind, Role
from amends.service.amend import amend
from amends.service.settling import Settling
from amends.web.router import Router
from claim_settle import claims, offers
from claim_settle.agreement_desk import AgreementDesk
from claim_settle.staff import offering
from claim_settle.staff.investigation import endpoints
from tests.support.investigation_desks import RATES
from tests.support.investigation_reports import report_of
from tests.support.investigation_world import World
from tests.support.proofs import prove

TOKEN = "the claimant's token"
CASE = "/v1/cases/case_1"
BANK = {"payout_method": {"rail": "bank", "name": "Li", "iban": "DE89370400440532013000"}}
ADJUSTER, SUPERVISOR = "adjuster:anna", "supervisor:sven"


@dataclass
class AgreementWorld(World):
    """A case that comes to terms, over HTTP."""

    tariffs: dict[str, Mapping[str, Any]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__post_init__()
        desk = AgreementDesk(staff=self.desk, rates=lambda: RATES, tariff=self._tariff)
        self.router = Router(
            *endpoints(self.desk),
            *offers.endpoints(desk),
            *claims.endpoints(desk),
            *offering.endpoints(desk),
            prove=prove,
        )

    def settling(self) -> Settling:
        return replace(super().settling(), tariff=self._tariff)

    def _tariff(self, case: Case) -> Mapping[str, Any] | None:
        return self.tariffs.get(case.merchant or "")

    def begin(
        self,
        kind: Kind = Kind.LOST,
        *,
        merchant: str | None = None,
        role: Role = Role.SENDER,
        **changes: Any,
    ) -> Case:
        """Report, with a token that the claimant has."""
        opened = intake.open_case(
            replace(report_of(kind, **changes), role=role),
            case_id="case_1",
            number_valid=True,
            token_hash=sha256(TOKEN.encode()).hexdigest(),
            merchant=merchant,
            occasion=self.occasion("claimant"),
        )
        self.cases.open(opened, self.occasion("claimant"))
        return self.settle()

    def upload(self, *kinds: str) -> None:
        """Files that arrived and are what was announced, under ids that name their kind."""
        events: list[Event] = []
        for kind in kinds:
            expected = EvidenceExpected(
                evidence_id=f"evd_{kind}",
                kind=kind,
                content_type="image/jpeg",
                size=1000,
                sha256="a" * 64,
            )
            events += [expected, EvidenceReceived(evidence_id=expected.evidence_id)]
        amend(self.cases, self.id, self.occasion("claimant"), lambda _: events)

    def conclude(self, finding: str = "lost") -> Case:
        """An investigator says what became of it; the case assesses and offers by itself."""
        body = {
            "finding": finding,
            "ground": "searched everywhere",
            "rule": "searched_and_not_found",
            "evidence": ["the custody chain"],
        }
        self.staff("investigator:ida", "conclusion", body)
        return self.case()

    def get(self, path: str) -> Any:
        """The claimant reads."""
        status, document = self.call("GET", f"{CASE}/{path}", token=TOKEN)
        assert status == 200, document
        return document

    def post(self, path: str, body: object) -> tuple[int, Any]:
        """The claimant writes, and the case takes the steps that follow."""
        told = self.call("POST", f"{CASE}/{path}", body, token=TOKEN)
        self.settle()
        return told

    def do(self, path: str, body: object) -> Any:
        """The claimant writes what must succeed."""
        status, document = self.post(path, body)
        assert status in (200, 201), document
        return document

    @property
    def offer(self) -> dict[str, Any]:
        """The newest offer, as the claimant reads it."""
        found: dict[str, Any] = self.get("offers")["data"][-1]
        return found


def yuan(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "CNY"}


def option(*parts: tuple[str, str]) -> dict[str, Any]:
    return {"parts": [{"remedy": remedy, "amount": yuan(amount)} for remedy, amount in parts]}
