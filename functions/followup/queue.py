"""Delivery queue -> people and merchants: one message or webhook goes out, one notice comes in."""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from amends import runtime
from amends.domain.occasion import Occasion
from amends.domain.people.mail_feedback import TRIED, feedback_of
from amends.service.intake.entering import send_links
from amends.service.people.announcing import deliver as tell
from amends.service.people.informing import note
from amends.service.people.referring import wanted_by
from amends.service.people.sending import send_all
from amends.web.batch import each

BY = "followup"


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Messages of ours go out together, everything else record by record."""
    found: dict[str, Any] = {}
    for record in event.get("Records", []):
        name, body = record["messageId"], str(record["body"])
        with suppress(
            ValueError, TypeError
        ):  # what cannot be read is missed when its own turn comes
            found[name] = {} if body.startswith(TRIED) else dict(json.loads(body))
    failed = post({name: told for name, told in found.items() if "key" in told})

    def deal(record: Mapping[str, Any]) -> None:
        name = record["messageId"]
        if name in failed:
            raise failed[name]
        told = found[name]
        if told and "key" not in told:
            deliver(told, runtime.occasion(by=BY, because=name))

    return each(event, deal)


def post(wanted: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Exception]:
    """Send the messages of one batch; what went wrong, by the record that asked for it."""
    if not wanted:
        return {}
    messages = [wanted_by(document) for document in wanted.values()]
    occasion = runtime.occasion(by=BY, because=next(iter(wanted)))
    ends = send_all(runtime.cases(), messages, runtime.post(), occasion)
    told = zip(wanted, ends, strict=True)
    return {name: end for name, end in told if isinstance(end, Exception)}


def deliver(document: Mapping[str, Any], occasion: Occasion) -> None:
    """Who lost the way in, who is late, what a merchant is told, or what the provider tells."""
    if "endpoint_id" in document:
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
