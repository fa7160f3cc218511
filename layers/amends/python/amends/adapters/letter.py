"""A mail as bytes: plain text and HTML, marked as written by a machine, known by its key."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from amends.domain.people.mail_text import clean_line


def raw_mail(
    *,
    key: str,
    case_id: str,
    sender: str,
    sender_name: str,
    to: str,
    subject: str,
    text: str,
    html: str,
    reply_to: str | None,
    unsubscribe: str | None,
) -> bytes:
    """The MIME form; ValueError when an address is none.

    SES gives a mail a Message-ID of its own, so the key travels in a header of ours as well.
    """
    mail = EmailMessage(policy=SMTP)
    domain = sender.rpartition("@")[2]
    mail["From"] = Address(display_name=clean_line(sender_name), addr_spec=sender)
    mail["To"] = Address(addr_spec=to)
    if reply_to:
        mail["Reply-To"] = Address(addr_spec=reply_to)
    mail["Subject"] = clean_line(subject)
    mail["Message-ID"] = f"<{key}@{domain}>"
    mail["X-Amends-Message"] = f"<{key}@{domain}>"
    mail["X-Amends-Case"] = case_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine should answer
    mail["X-Auto-Response-Suppress"] = "All"
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail.set_content(text)
    mail.add_alternative(html, subtype="html")
    return mail.as_bytes()
