"""HTTP -> intake: reports, the case and its history, information, evidence, withdrawal."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.proving import prove
from amends.web.router import Endpoint, Router
from report_intake import evidence, reading, reporting, shipments, taking, writing
from report_intake.desk import live


def read_contract(_: Call) -> Answer:
    """`GET /v1/openapi.json`: the parts that `tools.openapi` wrote beside this module."""
    folder = Path(__file__).with_name("openapi")
    head, paths, staff, components = (
        (folder / f"{name}.json").read_text(encoding="utf-8").strip()
        for name in ("head", "paths", "staff", "components")
    )
    told = f'{head[:-1]},"paths":{paths[:-1]},{staff[1:]},"components":{components}}}'
    return Answer(status=200, body=told, headers={"content-type": "application/json"})


DESK = live()
router = Router(
    Endpoint(method="GET", path="/v1/openapi.json", answer=read_contract),
    *reporting.endpoints(DESK),
    *reading.endpoints(DESK),
    *writing.endpoints(DESK),
    *evidence.endpoints(DESK),
    *shipments.endpoints(DESK),
    *taking.endpoints(DESK),
    prove=prove,
)


def handler(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
    """Answer one request."""
    return router(event)
