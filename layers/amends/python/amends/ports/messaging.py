"""Port of the ways out."""

from typing import Protocol

from amends.domain.people.delivery import Outcome


class Unsent(Exception):  # noqa: N818 - it may have been sent: `outcome` says so
    """The message was not sent (`BUSY`, `REFUSED`), or nobody knows (`UNKNOWN`)."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(f"{outcome}: {reason}")
        self.outcome = outcome


class Messenger(Protocol):
    """Sends one message by one way; answers with the provider's id, or raises Unsent."""

    def send_email(
        self,
        *,
        key: str,
        case_id: str,
        to: str,
        subject: str,
        text: str,
        html: str,
        reply_to: str | None = None,
        unsubscribe: str | None = None,
    ) -> str:
        """Send by e-mail; key and case travel with it, so that what came of it is known."""
        ...

    def send_sms(self, *, to: str, short: str) -> str:
        """Send by SMS to an E.164 number."""
        ...

    def send_push(self, *, endpoint_arn: str, key: str, subject: str, short: str) -> str:
        """Send to one device; the key lets the app drop a repeat."""
        ...
