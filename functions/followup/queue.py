"""Delivery queue -> people: one message goes out."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.domain.people.message import Message
from amends.service.sending import send
from amends.web.batch import each

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, list[dict[str, str]]]:
    """Send each message."""
    return each(event, deliver)


def deliver(record: Mapping[str, Any]) -> None:
    """One message."""
    message = Message(**json.loads(record["body"]))
    occasion = runtime.occasion(by="followup", because=record["messageId"])
    send(runtime.cases(), message, runtime.post(), occasion)
