"""Messages to carriers: the fields of the inquiry's form, as the history keeps them."""

from collections.abc import Mapping
from datetime import date

from amends.domain.case.events import InquirySent
from amends.domain.people.values import BadValue, Value
from amends.service.people.outbox import Intent


def inquiry_values(intent: Intent) -> Mapping[str, Value]:
    """What an inquiry says."""
    case, event = intent.case, intent.recorded.event
    if not isinstance(event, InquirySent):
        raise TypeError("only an inquiry is told to a carrier")
    form = {fact.code: fact.value for fact in event.form}
    try:
        posted_on = date.fromisoformat(form["posted_on"])
    except (KeyError, ValueError) as error:
        raise BadValue("the form names no day of posting") from error
    told: dict[str, Value] = {
        "case_number": case.id,
        "tracking_number": form.get("tracking_number", case.report.shipment.tracking_number),
        "kind": case.report.kind,
        "service": form.get("service", "-").replace("_", " "),
        "posted_on": posted_on,
        "origin": form.get("origin", "-"),
        "destination": form.get("destination", "-"),
        "contents": form.get("contents", "-"),
        "reply_by": event.reply_by.date(),
    }
    weight = form.get("weight_grams", "")
    return told | {"weight_grams": int(weight)} if weight.isdigit() else told
