"""Events stream -> messages: who is to be told what."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.service.messages import intents
from amends.web.batch import each

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, list[dict[str, str]]]:
    """Queue the messages that each event calls for."""
    return each(event, tell)


def tell(record: Mapping[str, Any]) -> None:
    """One event's messages, by reference: what they say is looked up when they are sent."""
    keys = record["dynamodb"]["Keys"]
    case_id, version = keys["case_id"]["S"], int(keys["version"]["N"])
    history = runtime.cases().history(case_id)
    recorded = next(known for known in history if known.version == version)
    language = runtime.cases().load(case_id).report.language
    for message in intents(case_id, recorded, language=language):
        runtime.delivery_queue().send(
            {
                "case_id": message.case_id,
                "code": message.code,
                "occasion": message.occasion,
                "recipient": message.recipient,
                "language": message.language,
            }
        )
