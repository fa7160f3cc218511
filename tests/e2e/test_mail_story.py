"""One lost parcel's whole story by mail on the deployed stack, from two photos to the way back.

It is told in both languages side by side, so that what one waits for is waited for by both.
"""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from amends.adapters.secrets import SsmSecrets
from amends.service.people.addressing import reply_address
from tests.e2e.test_local_stack import token
from tests.e2e.test_mail_in import case_on, deliver, fresh_number
from tests.support.cloud import PATIENCE, client, outcome
from tests.support.intake_world import JPEG, photo
from tools.local.demo import Walk, accept, read_offer, script_parcel
from tools.local.mailbox import mail, wait_for_mail
from tools.local.waiting import until

pytestmark = pytest.mark.stack
LONG = 180.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What one claimant writes, and by which words the house's mails are known."""

    language: str
    report: str
    answer: str
    comment: str
    acknowledged: str
    offered: str
    question: str


TONGUES = (
    Tongue(
        language="en",
        report="I sent parcel {number} and it never arrived. It seems to be lost; photos attached.",
        answer="In a box, taped twice.",
        comment="Two months without a word.",
        acknowledged="We have received your report",
        offered="Our offer to you",
        question="Was it in a box or in a bag?",
    ),
    Tongue(
        language="zh-CN",
        report="我寄的包裹{number}丢失了，附上两张照片。",
        answer="用纸箱装的，封了两层胶带。",
        comment="两个月没有任何消息。",
        acknowledged="我们已收到您的反馈",
        offered="我们的赔付方案",
        question="请问是用纸箱还是袋子包装的？",
    ),
)


def written(address: str, text: str, *, to: str = "claims@amends.example") -> EmailMessage:
    """A mail that its sender's own domain vouches for."""
    one = EmailMessage()
    one["X-SES-Spam-Verdict"] = one["X-SES-Virus-Verdict"] = "PASS"
    one["Authentication-Results"] = "amazonses.com; spf=pass; dkim=pass; dmarc=pass"
    one["From"], one["To"], one["Subject"] = address, to, "Parcel"
    one["Message-ID"] = f"<{uuid4().hex}@example.org>"
    one.set_content(text)
    return one


def with_photos(one: EmailMessage) -> bytes:
    for name, content in (("outside.jpg", JPEG), ("inside.jpg", photo(2))):
        one.add_attachment(content, maintype="image", subtype="jpeg", filename=name)
    return one.as_bytes()


def told(stack: Mapping[str, Any], address: str, words: str) -> dict[str, Any]:
    """The first mail to this address that has these words."""
    return wait_for_mail(
        stack,
        lambda one: address in one["To"] and words in f"{one['Subject']} {one['BodyText']}",
        within=LONG,
    )


def opened(stack: Mapping[str, Any], number: str) -> str:
    return until(lambda: next(iter(case_on(stack, number)), None), within=LONG)


def let_in(stack: Mapping[str, Any], case_id: str, address: str, tongue: Tongue) -> Walk:
    """The claimant enters by the acknowledgement's link, and may be written to at any hour."""
    walk = Walk(stack=stack, say=lambda _: None, case_id=case_id)
    acknowledged = told(stack, address, tongue.acknowledged)
    (walk.token,) = re.findall(rf"{case_id}#token=([0-9a-f]{{64}})", acknowledged["BodyText"])
    any_hour = {"quiet_from": "00:00", "quiet_until": "00:00"}
    walk.ask("PUT", f"/v1/cases/{case_id}/preferences", any_hour)
    return walk


def history(walk: Walk) -> list[str]:
    lines = walk.ask("GET", f"/v1/cases/{walk.case_id}/timeline")["data"]
    return [line["type"] for line in lines]


def thread(walk: Walk) -> list[str]:
    """The words of everybody in the case's thread."""
    rows = walk.ask("GET", f"/v1/cases/{walk.case_id}/messages")["data"]
    return [row["text"] for row in rows]


def mailed(walk: Walk) -> list[str]:
    """The messages of the house that went out."""
    rows = walk.ask("GET", f"/v1/cases/{walk.case_id}/messages")["data"]
    return [row["code"] for row in rows if row["state"] == "sent"]


def own_address(stack: Mapping[str, Any], case_id: str) -> str:
    """The case's Reply-To, which the emulator's mailbox does not keep."""
    kept = SsmSecrets(client(stack, "ssm"), prefix=stack["secrets_prefix"]).of("tokens")
    return reply_address("claims@amends.example", case_id, kept["key"].encode())


def sent(url: str, fields: Mapping[str, str] | None = None) -> str:
    """A page opened, or its form sent by its button."""
    body = None if fields is None else urlencode(fields).encode()
    with urlopen(Request(url, data=body), timeout=PATIENCE) as answer:
        assert answer.headers["Content-Type"].startswith("text/html")
        page: str = answer.read().decode()
        return page


class Shape(HTMLParser):
    """What a mail's HTML says of itself."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.language, self.heads = "", 0
        self.feed(document)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.heads += tag == "h1"
        if tag == "html":
            self.language = dict(attrs).get("lang") or ""


def details() -> dict[str, Any]:
    """What a sender adds about a registered small packet when asked."""
    today = datetime.now(UTC).date()
    return {
        "incident": {"inquired_on": str(today - timedelta(days=70))},
        "shipment": {
            "carrier": "china_post",
            "service": "registered_small_packet",
            "shipped_on": str(today - timedelta(days=100)),
            "origin": {"country": "CN"},
            "destination": {"country": "DE"},
            "weight_grams": 480,
            "postage": {"amount": "32.50", "currency": "CNY"},
        },
        "items": [{"name": "scarf", "unit_value": {"amount": "520.00", "currency": "CNY"}}],
    }


@pytest.mark.stretch(3)
@pytest.mark.requirement("004-1", "000-4", "000-22", "002-16", "002-19", "004-26", "004-28")
def test_a_report_by_mail_is_answered_settled_asked_about_and_reopened_by_a_low_score(
    stack: Mapping[str, Any],
) -> None:
    with ThreadPoolExecutor(len(TONGUES)) as side_by_side:
        list(side_by_side.map(lambda tongue: story(stack, tongue), TONGUES))


def calls_for(stack: Mapping[str, Any], case_id: str, bearer: str) -> list[str]:
    """Why somebody is to call about the case, as the desk's list has it."""
    calls = outcome(stack, "GET", "/v1/staff/work?kind=call", bearer=bearer).json()["data"]
    return [call["because"] for call in calls if call["case_id"] == case_id]


def story(stack: Mapping[str, Any], tongue: Tongue) -> None:
    """From the report to the reopening, in one language."""
    number, address = fresh_number(), f"{uuid4().hex}@example.org"
    script_parcel(stack, number)
    deliver(stack, with_photos(written(address, tongue.report.format(number=number))))

    case_id = opened(stack, number)
    walk = let_in(stack, case_id, address, tongue)
    until(lambda: history(walk).count("EvidenceReceived") == 2 or None, within=LONG)

    agent = token(stack, "agent")
    staff = f"/v1/staff/cases/{case_id}/messages"
    asked = {"text": tongue.question}
    assert outcome(stack, "POST", staff, body=asked, bearer=agent).status == 201
    told(stack, address, tongue.question)
    answer = written(address, tongue.answer, to=own_address(stack, case_id))
    deliver(stack, answer.as_bytes())
    until(lambda: tongue.answer in thread(walk) or None, within=LONG)
    assert case_on(stack, number) == [case_id]

    until(lambda: "information_request" in mailed(walk) or None, within=LONG)
    walk.ask("POST", f"/v1/cases/{case_id}/information", details())
    offer = read_offer(walk)
    assert offer["amount"] == {"amount": "313.58", "currency": "CNY"}
    told(stack, address, tongue.offered)
    accept(walk, offer)
    survey = told(stack, address, "/v1/answers/survey/")

    before = walk.ask("GET", f"/v1/cases/{case_id}")
    link = re.search(r"\S+(/v1/answers/survey/\S+)\?score=1", survey["BodyText"])
    assert link is not None
    page = f"{stack['api_url']}{link[1]}"
    assert 'value="1" required checked' in sent(f"{page}?score=1")
    assert "FeedbackGiven" not in history(walk)  # opening a link changes nothing
    assert 'name="resolved"' in sent(page, {"score": "1"})
    sent(page, {"resolved": "no", "comment": tongue.comment})

    after = walk.ask("GET", f"/v1/cases/{case_id}")
    assert (before["status"], after["stage"]) == ("surveyed", "negotiating")
    kinds = history(walk)
    assert kinds.count("PayoutRequested") == kinds.count("PayoutConfirmed") == 1
    assert kinds.count("FeedbackGiven") == kinds.count("CaseReopened") == 1
    assert until(lambda: calls_for(stack, case_id, agent) or None, within=LONG) == ["low_score"]

    letters = [one for one in mail(stack) if address in one["To"]]
    for one in letters:
        shape = Shape(one["BodyHtml"])
        assert (shape.language, shape.heads) == (tongue.language, 1), one["Subject"]
        assert "shipment." not in one["BodyText"], one["Subject"]
    assert len({one["Subject"] for one in letters}) == len(letters) >= 5
