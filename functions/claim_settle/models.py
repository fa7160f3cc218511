"""Models: what the settlement's requests may say."""

from typing import Annotated

from pydantic import Field

from amends.domain.case.state.agreement import Basis
from amends.domain.case.vocabulary import Remedy, Role
from amends.web.bodies import Body, Long, MoneyBody, Short

MethodValue = Annotated[str, Field(min_length=1, max_length=140)]


class AcceptBody(Body):
    """`POST …/offers/{offer_id}/accept`: `payout_method.rail`, and what that rail needs."""

    payout_method: Annotated[
        dict[Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")], MethodValue],
        Field(min_length=1, max_length=20),
    ]
    option: Annotated[int, Field(ge=1, le=20)] | None = None
    """Which of the offer's options, counted from one; the first when not said."""
    without: Annotated[list[Remedy], Field(max_length=7)] = []
    """What comes beside the payment and is not wanted."""
    reserve: MoneyBody | None = None
    """What is not given up by accepting."""


class CounterBody(Body):
    """What the claimant would agree to."""

    remedy: Remedy
    amount: MoneyBody | None = None


class RefuseBody(Body):
    """`POST …/offers/{offer_id}/refuse`."""

    reason: Long
    counter: CounterBody | None = None


class EntitlementBody(Body):
    """By what right somebody claims: `assigned` and `joint` name the paper that says so."""

    role: Role
    basis: Basis
    evidence_id: Short | None = None


class ClaimBody(Body):
    """`POST …/claim`: what is asked for, in money or in kind."""

    demanded: MoneyBody | None = None
    remedy: Remedy
    reason: Long
    entitlement: EntitlementBody | None = None


class AppealBody(Body):
    """`POST …/appeal`."""

    reason: Long


class ReceiptBody(Body):
    """`POST …/settlement/receipt`."""

    offer_id: Short
