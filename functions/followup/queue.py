"""Delivery queue -> people and merchants: one message or webhook goes out, one notice comes in."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from amends import runtime
from amends.domain.people.mail_feedback import TRIED, feedback_of
from amends.service.intake.entering import send_links
from amends.service.people.announcing import deliver as tell
from amends.service.people.informing import note
from amends.service.people.referring import planned_by
from amends.service.people.sending import send
from amends.web.batch import each

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.typing import LambdaContext


def handler(event: Mapping[str, Any], _context: "LambdaContext") -> dict[str, list[dict[str, str]]]:
    """Deal with each record."""
    return each(event, deliver)


def deliver(record: Mapping[str, Any]) -> None:
    """A message of ours to send, who lost the way in, who is late, or what the provider tells."""
    if str(record["body"]).startswith(TRIED):
        return
    document = json.loads(record["body"])
    occasion = runtime.occasion(by="followup", because=record["messageId"])
    if "key" in document:
        case_id, key, planned = document["case_id"], document["key"], planned_by(document)
        send(runtime.cases(), case_id, key, runtime.post(), occasion, planned=planned)
    elif "endpoint_id" in document:
        tell(runtime.herald(), **document, occasion=occasion)
    elif "reference" in document:
        send_links(
            runtime.cases(),
            runtime.directory(),
            reference=document["reference"],
            contact=document["contact"],
            key=runtime.token_key(),
            occasion=occasion,
        )
    elif "remind" in document:
        from amends.service.insight.reminding import remind_owners

        remind_owners(runtime.reminding(), occasion)
    elif told := feedback_of(document):
        note(runtime.postings(), told, occasion)
