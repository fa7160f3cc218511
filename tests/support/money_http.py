"""Money over HTTP: the endpoints' own router on a money world."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from amends.domain.case.events import TokenIssued
from amends.domain.occasion import Occasion
from amends.service.amend import amend
from amends.service.intake.reporting import token_of
from amends.web.router import Router
from claim_settle import payments
from claim_settle.money_desk import MoneyDesk
from claim_settle.staff import money, policies, reclaims, turning
from tests.support.arriving import request_of
from tests.support.fake_idempotency import MemoryIdempotency
from tests.support.money_world import MoneyWorld
from tests.support.proofs import prove, staff_bearer


@dataclass(slots=True, kw_only=True)
class MoneyHttp:
    """Calls as staff (`finance:anna`), as a rail, or as the claimant."""

    world: MoneyWorld = field(default_factory=MoneyWorld)
    calls: int = 0
    replays: MemoryIdempotency = field(default_factory=MemoryIdempotency)
    router: Router = field(init=False)

    def __post_init__(self) -> None:
        desk = MoneyDesk(
            cases=lambda: self.world.cases,
            queue=lambda: self.world.queue,
            records=lambda: self.world.records,
            ledger=lambda: self.world.cases,
            treasury=self.world.treasury,
            idempotency=lambda: self.replays,
            occasion=lambda by, because: Occasion(at=self.world.now, by=by, because=because),
        )
        self.router = Router(
            *payments.endpoints(desk),
            *money.endpoints(desk),
            *turning.endpoints(desk),
            *reclaims.endpoints(desk),
            *policies.endpoints(desk),
            prove=prove,
        )

    def staff(
        self, who: str, method: str, path: str, body: object = None, *, expect: int = 200
    ) -> Any:
        """One call by a member of staff: `group:name`."""
        group, _, name = who.partition(":")
        raw = b"" if body is None else json.dumps(body).encode()
        status, answer = self.call(method, path, raw, bearer=staff_bearer(name, group))
        assert status == expect, (status, answer)
        return json.loads(answer) if answer[:1] in "{[" else answer

    def rail(self, code: str, body: bytes, headers: Mapping[str, str] | None = None) -> int:
        """A rail calls back."""
        return self.call("POST", f"/v1/payouts/webhooks/{code}", body, headers=headers)[0]

    def claimant(self, case_id: str) -> Any:
        """The claimant's own view of the payouts."""
        token = token_of(case_id, b"a key")
        issued = TokenIssued(token_hash=sha256(token.encode()).hexdigest())
        amend(self.world.cases, case_id, self.world.occasion("report_intake"), lambda _: [issued])
        status, answer = self.call(
            "GET", f"/v1/cases/{case_id}/payouts", headers={"authorization": f"Bearer {token}"}
        )
        assert status == 200, answer
        return json.loads(answer)["data"]

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
        bearer: str | None = None,
    ) -> tuple[int, str]:
        """One request through the handler's own router."""
        self.calls += 1
        sent = {"idempotency-key": f"key-{self.calls}", **(headers or {})}
        event = request_of(method, path, body, number=self.calls, bearer=bearer, headers=sent)
        answer = self.router(event)
        return answer["statusCode"], answer["body"]
