"""What the stack has sent: mail and text messages that the emulator keeps instead of sending."""

import json
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from tools.local.waiting import until


def mail(description: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Every mail of the stack's account, oldest first: `Source To Subject BodyText BodyHtml …`."""
    by_account = _kept(str(description["mail_url"]))["messages"]
    messages: list[dict[str, Any]] = by_account.get(description["account"], [])
    return messages


def texts(description: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Every text message, by the number that it went to."""
    by_number: dict[str, list[dict[str, Any]]] = _kept(str(description["sms_url"]))["sms_messages"]
    return by_number


def wait_for_mail(
    description: Mapping[str, Any], wanted: Callable[[dict[str, Any]], bool], *, within: float
) -> dict[str, Any]:
    """The first mail that is wanted; TimeoutError after `within` seconds."""
    return until(lambda: next(filter(wanted, mail(description)), None), within)


def _kept(url: str) -> dict[str, Any]:
    with urllib.request.urlopen(url, timeout=120) as answer:
        document: dict[str, Any] = json.load(answer)
    return document
