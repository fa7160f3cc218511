"""Every minute -> the cases, messages and webhooks whose moment has come."""

import json
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.service.announcing import sweep_hooks
from amends.service.due import sweep
from amends.service.informing import inform, sweep_postings

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, int]:
    """Sweep the due indexes; what fails stays due, and is counted."""
    failed: list[str] = []

    def note(case_id: str, error: Exception) -> None:
        failed.append(case_id)
        line = {"level": "ERROR", "message": "due case failed", "case_id": case_id}
        print(json.dumps({**line, "error": repr(error)[:300]}), file=sys.stderr)  # noqa: T201 - the log

    occasion = runtime.occasion(by="followup", because=str(event.get("id", "schedule")))

    def acted(case_id: str) -> None:
        """Whatever the stream may have missed of this case is planned now."""
        inform(runtime.cases(), case_id, runtime.informing(), occasion)

    seen = sweep(runtime.cases(), runtime.settling(), occasion, failed=note, acted=acted)
    messages = sweep_postings(runtime.postings(), runtime.delivery_queue(), occasion)
    hooks = sweep_hooks(runtime.herald(), occasion)
    counts = {"due": seen, "failed": len(failed), "messages": messages, "webhooks": hooks}
    line = {"message": "swept", **counts}
    print(json.dumps(line), file=sys.stderr)  # noqa: T201 - the log
    return counts
