"""Mail bucket -> intake: each mail opens a case, joins the one that it names, or is let be."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote_plus

from amends import runtime
from amends.service.intake.mail import receive
from amends.web.log import say


def handler(event: Mapping[str, Any], _context: object) -> None:
    """Take in each mail that the bucket tells of.

    What fails raises: the service tries the event twice more, then parks it and an alarm rings. The
    mail itself stays in the bucket, and taking it in again changes nothing.
    """
    for record in event.get("Records", []):
        take(unquote_plus(record["s3"]["object"]["key"]))


def take(key: str) -> None:
    """One mail; what became of it is logged without a word of it."""
    occasion = runtime.occasion(by="report_intake", because=key)
    became = receive(runtime.mail().read(key), runtime.mailroom(occasion), occasion)
    told = {"became": became.became, "case_id": became.case_id, "because": became.because}
    say("mail", told)
