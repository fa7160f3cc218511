"""Models: what the settlement's requests may say."""

from typing import Annotated

from pydantic import Field

from amends.domain.case.vocabulary import Remedy
from amends.web.bodies import Body, Long, MoneyBody

MethodValue = Annotated[str, Field(min_length=1, max_length=140)]


class AcceptBody(Body):
    """`POST …/offers/{offer_id}/accept`: `payout_method.rail`, and what that rail needs."""

    payout_method: Annotated[
        dict[Annotated[str, Field(pattern=r"^[a-z_]{1,40}$")], MethodValue],
        Field(min_length=1, max_length=20),
    ]


class CounterBody(Body):
    """What the claimant would agree to."""

    remedy: Remedy
    amount: MoneyBody | None = None


class RefuseBody(Body):
    """`POST …/offers/{offer_id}/refuse`."""

    reason: Long
    counter: CounterBody | None = None
