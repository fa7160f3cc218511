"""A mail as bytes: plain text and HTML, marked as written by a machine, known by its key.

Made of the library's plain parts: an `EmailMessage` parses every header that it is given, which
took more than all else of a mail.
"""

from email.header import Header
from email.headerregistry import Address
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.policy import compat32

from amends.domain.people.mail_text import clean_line

_AS_SENT = compat32.clone(linesep="\r\n", max_line_length=0)
"""Headers as they are: only words that must be encoded have lines of their own."""
_LONGEST_LINE = 900
"""A longer one is encoded: SMTP takes a thousand bytes."""


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
    mail = MIMEMultipart("alternative")
    domain = sender.rpartition("@")[2]
    mail["From"] = _address(sender, clean_line(sender_name))
    mail["To"] = _address(to)
    if reply_to:
        mail["Reply-To"] = _address(reply_to)
    mail["Subject"] = Header(clean_line(subject), header_name="Subject").encode()
    mail["Message-ID"] = f"<{key}@{domain}>"
    mail["X-Amends-Message"] = f"<{key}@{domain}>"
    mail["X-Amends-Case"] = case_id
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no machine should answer
    mail["X-Auto-Response-Suppress"] = "All"
    if unsubscribe:
        mail["List-Unsubscribe"] = f"<{unsubscribe}>"
        mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    mail.attach(_part(text, "plain"))
    mail.attach(_part(html, "html"))
    return mail.as_bytes(policy=_AS_SENT)


def _address(address: str, name: str = "") -> str:
    found = Address(display_name=name, addr_spec=address)
    if not found.addr_spec.isascii():
        raise ValueError("no provider takes such an address")
    if name.isascii():
        return str(found)
    return f"{Header(name, 'utf-8').encode()} <{found.addr_spec}>"


def _part(text: str, kind: str) -> MIMEText:
    is_plain = text.isascii() and max(map(len, text.splitlines()), default=0) <= _LONGEST_LINE
    return MIMEText(text, kind, "us-ascii" if is_plain else "utf-8")
