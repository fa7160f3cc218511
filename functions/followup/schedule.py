"""Every minute -> the cases whose moment has come."""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.service.due import sweep

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, int]:
    """Sweep the due index; what fails stays due, and is counted."""
    failed: list[str] = []

    def note(case_id: str, error: Exception) -> None:
        failed.append(case_id)
        line = {"level": "ERROR", "message": "due case failed", "case_id": case_id}
        print(json.dumps({**line, "error": repr(error)[:300]}), file=sys.stderr)  # noqa: T201 - the log

    occasion = runtime.occasion(by="followup", because=str(event.get("id", "schedule")))
    seen = sweep(runtime.cases(), runtime.settling(), occasion, failed=note)
    print(json.dumps({"message": "swept", "due": seen, "failed": len(failed)}), file=sys.stderr)  # noqa: T201 - the log
    return {"due": seen, "failed": len(failed)}
