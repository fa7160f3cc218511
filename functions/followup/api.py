"""HTTP -> follow-up: conversation, preferences, opinions, webhooks, figures and lessons."""

from collections.abc import Mapping
from typing import Any

from amends.web.proving import prove
from amends.web.router import Prove, Router
from followup import (
    actions,
    calls,
    claimants,
    desk,
    desk_work,
    entrance,
    figures,
    merchants,
    pages,
    payment_page,
)
from followup.counter import Counter, live


def router_of(counter: Counter, prove: Prove) -> Router:
    """Every endpoint of the follow-up, on one counter."""
    return Router(
        *claimants.endpoints(counter),
        *entrance.endpoints(counter),
        *pages.endpoints(counter),
        *payment_page.endpoints(counter),
        *desk.endpoints(counter),
        *desk_work.endpoints(counter),
        *calls.endpoints(counter),
        *merchants.endpoints(counter),
        *figures.endpoints(counter),
        *actions.endpoints(counter),
        prove=prove,
    )


router = router_of(live(), prove)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request."""
    return router(event)
