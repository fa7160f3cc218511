"""HTTP -> a problem, until this function has its routes."""

import json
from collections.abc import Mapping


def handler(_event: Mapping[str, object], _context: object) -> dict[str, object]:
    """Answer that nothing is here."""
    problem = {"type": "about:blank", "title": "Not found", "status": 404, "code": "not_found"}
    return {
        "statusCode": 404,
        "headers": {"content-type": "application/problem+json"},
        "body": json.dumps(problem),
    }
