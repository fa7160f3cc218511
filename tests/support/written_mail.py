"""Mail as somebody writes it to us, as the mail service hands it over."""

from collections.abc import Mapping
from email.message import EmailMessage

from amends.domain.people.inbound import MailHouse

HOUSE = MailHouse(domain="amends.example")
REPORT = "My parcel RR123456785CN never arrived. It seems to be lost, please help."


def written(
    text: str = REPORT, *, files: Mapping[str, bytes] | None = None, **headers: str
) -> bytes:
    """One mail; `headers` by their names with underscores."""
    given = {
        "X-SES-Spam-Verdict": "PASS",
        "X-SES-Virus-Verdict": "PASS",
        "Authentication-Results": "amazonses.com; spf=pass; dkim=pass; dmarc=pass",
        "From": "Erika <erika@example.org>",
        "To": "claims@amends.example",
        "Subject": "Parcel",
        "Message-ID": "<1@example.org>",
    }
    mail = EmailMessage()
    for name, value in (given | {k.replace("_", "-"): v for k, v in headers.items()}).items():
        mail[name] = value
    mail.set_content(text)
    for name, content in (files or {}).items():
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()
