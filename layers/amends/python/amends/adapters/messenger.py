"""Messenger: e-mail through SES, built by the standard library's MIME."""

from email.message import EmailMessage
from email.utils import make_msgid
from typing import TYPE_CHECKING

from amends.ports import NotSent

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient


class SesMessenger:
    """Sends from one address."""

    def __init__(self, client: "SESClient", *, sender: str) -> None:
        self._client = client
        self._sender = sender

    def send_email(self, *, key: str, to: str, subject: str, text: str, html: str) -> str:
        """Send; the Message-ID is the key, so that a mailbox shows a repeat once."""
        domain = self._sender.rpartition("@")[2]
        mail = EmailMessage()
        mail["From"] = self._sender
        mail["To"] = to
        mail["Subject"] = subject
        mail["Message-ID"] = f"<{key}@{domain}>" if key else make_msgid(domain=domain)
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(text)
        mail.add_alternative(html, subtype="html")
        try:
            answer = self._client.send_raw_email(
                Source=self._sender, Destinations=[to], RawMessage={"Data": mail.as_bytes()}
            )
        except self._client.exceptions.ClientError as error:
            raise NotSent(error.response["Error"]["Code"]) from error
        return answer["MessageId"]
