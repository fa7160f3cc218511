"""What the receiving service found out about a mail, by the headers it puts on top."""

import re
from email.message import Message
from email.parser import BytesHeaderParser

from amends.domain.people.inbound import Verdict, Verdicts

_HEADERS_WITHIN = 64 * 1024
_DMARC = re.compile(r"\bdmarc\s*=\s*([a-z]+)", re.IGNORECASE)
_SERVICE = "amazonses.com"
_WORDS = {"pass": Verdict.PASS, "fail": Verdict.FAIL}


def verdicts_of(raw: bytes) -> Verdicts:
    """Spam, virus and DMARC by the service's own headers; what is absent or odd is undecided.

    Of several the topmost counts: what stands below it came with the mail and may be forged.
    """
    try:
        headers = BytesHeaderParser().parsebytes(raw[:_HEADERS_WITHIN])
    except Exception:  # noqa: BLE001 - hostile bytes leave the verdict open and lose no mail
        return Verdicts()
    return Verdicts(
        spam=_word(headers, "X-SES-Spam-Verdict"),
        virus=_word(headers, "X-SES-Virus-Verdict"),
        sender=_dmarc(headers),
    )


def _word(headers: Message, name: str) -> Verdict:
    return _WORDS.get(str(headers.get(name, "")).strip().lower(), Verdict.GRAY)


def _dmarc(headers: Message) -> Verdict:
    told = str(headers.get("Authentication-Results", ""))
    server, _, results = told.partition(";")
    found = _DMARC.search(results)
    if server.strip().lower() != _SERVICE or found is None:
        return Verdict.GRAY
    return _WORDS.get(found[1].lower(), Verdict.GRAY)
