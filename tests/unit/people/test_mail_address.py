"""An answer finds its case by an address that nobody else can write."""

import hmac
from hashlib import sha256
from typing import Any

import pytest

from amends.domain.people.mail_feedback import feedback_of
from amends.domain.refusal import NotFound
from amends.service.people.mail_address import bounce_notice, case_of_bounce, case_of_reply
from followup.queue import handler

CASE = "case_" + "a" * 26
KEY = b"a key for tests"


def test_only_an_address_of_ours_names_a_case() -> None:
    mac = hmac.new(KEY, f"reply\x1f{CASE}".encode(), sha256).hexdigest()[:24]

    assert case_of_reply(f"{CASE}-{mac}", KEY) == CASE
    for forged in (f"{CASE}-{mac[:-1]}0", CASE, f"-{mac}", "", f"{CASE}b-{mac}"):
        with pytest.raises(NotFound):
            case_of_reply(forged, KEY if mac[-1] != "0" else b"other")


def test_a_bounce_by_mail_says_what_the_provider_would_say() -> None:
    raw = b"...\r\nMessage-ID: <x>\r\nX-Amends-Case: " + CASE.encode() + b"\r\n"

    assert case_of_bounce(raw) == CASE
    assert case_of_bounce(b"nothing of ours") is None
    told = feedback_of(bounce_notice(CASE, "msg_" + "b" * 26))
    assert told is not None
    assert (told.key, told.outcome, told.suppress) == ("msg_" + "b" * 26, "bounced", ())


def test_the_providers_own_try_of_the_topic_is_no_work_and_other_nonsense_is_parked() -> None:
    tried = "Successfully validated SNS topic for Amazon SES event publishing."

    records = [
        {"messageId": name, "body": body} for name, body in (("1", tried), ("2", "nonsense"))
    ]
    nobody: Any = None

    assert handler({"Records": records}, nobody) == {"batchItemFailures": [{"itemIdentifier": "2"}]}
