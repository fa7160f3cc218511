"""Events stream -> settlement: what the last event calls for next."""

from collections.abc import Mapping
from typing import Any

from amends import runtime
from amends.service.remembering import Remembered
from amends.service.settling import next_step, send_payout
from amends.web.batch import each, turns_of_cases

TO_THE_RAIL = ("PayoutRequested", "PayoutCallbackAsked")


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """React to each case; report the failed ones, so that only those are retried."""
    return each(turns_of_cases(event, *TO_THE_RAIL), react)


def react(record: Mapping[str, Any]) -> None:
    """Take the steps that the case is ready for.

    An intent to pay goes to its queue for its own record, so that the stream's retries send it
    when the queue could not be reached; the due index sends it again when even they gave up.
    """
    case_id = record["dynamodb"]["Keys"]["case_id"]["S"]
    occasion = runtime.occasion(by="claim_settle", because=record["eventID"])
    if record["dynamodb"]["NewImage"]["type"]["S"] in TO_THE_RAIL:
        send_payout(runtime.cases(), case_id, runtime.settling())
    next_step(Remembered(runtime.cases()), case_id, runtime.settling(), occasion)
