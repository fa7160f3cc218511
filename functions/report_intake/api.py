"""HTTP -> intake: reports, the case and its history, information, evidence, withdrawal."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends.web.router import Router
from report_intake import evidence, reading, reporting, taking, writing
from report_intake.desk import live

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext

DESK = live()
router = Router(
    *reporting.endpoints(DESK),
    *reading.endpoints(DESK),
    *writing.endpoints(DESK),
    *evidence.endpoints(DESK),
    *taking.endpoints(DESK),
)


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, Any]:
    """Answer one request."""
    return router(event)
