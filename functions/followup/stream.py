"""Events stream -> messages, staff's lists and merchants' events: who is to be told what."""

from collections.abc import Mapping
from typing import Any

from amends import runtime
from amends.service.people.informing import inform
from amends.web.batch import each, turns_of_cases


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Plan what the events of each case call for."""
    return each(turns_of_cases(event), tell)


def tell(record: Mapping[str, Any]) -> None:
    """Its events from this one on: messages are planned, by reference, and worded when sent."""
    keys = record["dynamodb"]["Keys"]
    case_id, version = keys["case_id"]["S"], int(keys["version"]["N"])
    occasion = runtime.occasion(by="followup", because=record.get("eventID", case_id))
    inform(runtime.cases(), case_id, runtime.informing(), occasion, since=version)
