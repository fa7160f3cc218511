"""One lost parcel before the reader's eyes: from the report to the answered survey."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from amends.domain.parcel.checksums import s10
from amends.domain.parcel.number import check
from tools.local.caller import Called, call
from tools.local.mailbox import mail
from tools.local.waiting import until

Found = TypeVar("Found")

EMAIL = "li.wei@example.com"
PATIENCE = 180.0
"""Longer than a sweep every minute; a step that takes longer has failed."""


class Stuck(Exception):  # noqa: N818 - a demonstration that does not go on
    """A step did not come within its time, or the API said no."""


@dataclass(slots=True, kw_only=True)
class Walk:
    """One case on its way, each step said with the seconds since the beginning."""

    stack: Mapping[str, Any]
    say: Callable[[str], None] = print
    began: float = field(default_factory=time.monotonic)
    case_id: str = ""
    token: str = ""

    def step(self, text: str) -> None:
        """Say one step."""
        self.say(f"{time.monotonic() - self.began:6.1f} s  {text}")

    def ask(self, method: str, path: str, body: object = None, *, key: str | None = None) -> Any:
        """Call the API as the claimant and answer the document, or stop."""
        answer = self.try_to(method, path, body, key=key)
        if answer.status >= 400:
            raise Stuck(f"{method} {path}: {answer.status} {answer.document}")
        return answer.document

    def try_to(
        self, method: str, path: str, body: object = None, *, key: str | None = None
    ) -> Called:
        """Call the API as the claimant, whatever comes."""
        url = f"{self.stack['api_url']}{path}"
        return call(url, method=method, body=body, bearer=self.token or None, key=key)

    def wait(self, what: str, found: Callable[[], Found | None]) -> Found:
        """Look until there is something."""
        try:
            return until(lambda: found() or None, PATIENCE)
        except TimeoutError as late:
            raise Stuck(f"{what} did not come within {PATIENCE:.0f} s") from late


def main(description: Mapping[str, Any]) -> int:
    """Carry one case; 0 when it came to its end."""
    walk = Walk(stack=description)
    try:
        carry(walk)
    except Stuck as stuck:
        walk.step(f"STOPPED: {stuck}")
        return 1
    return 0


def carry(walk: Walk) -> str:
    """The whole way; answers the case's id."""
    number = a_number(time.time_ns() // 1_000_000)
    script_parcel(walk.stack, number)
    walk.step(f"a parcel {number} was sent 100 days ago; nobody has scanned it for 60")
    report(walk, number)
    offer = read_offer(walk)
    accept(walk, offer)
    answer_survey(walk)
    print_timeline(walk)
    return walk.case_id


def a_number(seed: int) -> str:
    """A registered item's S10 number that no earlier run has used."""
    serial = f"{seed % 100_000_000:08d}"
    return f"RR{serial}{s10(serial)}CN"


def script_parcel(stack: Mapping[str, Any], number: str) -> None:
    """Tell the simulated world where the parcel was last seen."""
    now = datetime.now(UTC)
    story = (
        (100, "accepted", "accepted", "Guangzhou", "Accepted by the post"),
        (97, "in_transit", "arrived", "Guangzhou International", "Arrived at the exchange office"),
        (60, "in_transit", "left_origin_country", "Guangzhou International", "Left the country"),
    )
    scans = [
        {
            "at": (now - timedelta(days=days)).isoformat(),
            "milestone": milestone,
            "step": step,
            "location": place,
            "country": "CN",
            "text": text,
        }
        for days, milestone, step, place, text in story
    ]
    url = f"{stack['simulators_url']}/_world/parcels/{number}"
    answer = call(url, method="PUT", body={"scans": scans, "origin": "CN", "destination": "DE"})
    if answer.status >= 400:
        raise Stuck(f"the simulated world: {answer.status} {answer.document}")


def report(walk: Walk, number: str) -> None:
    """The sender reports the loss; a wrong digit is refused first."""
    wrong = number[:-3] + str((int(number[-3]) + 1) % 10) + number[-2:]
    doubted = check(wrong)
    if doubted.valid is not False:
        raise Stuck(f"a wrong check digit was not noticed: {wrong}")
    walk.step(f"{wrong} is refused: its check digit is wrong; meant was perhaps {number}")
    document = walk.ask("POST", "/v1/cases", report_body(number), key=f"demo-{number}")
    walk.case_id, walk.token = document["id"], document["token"]
    walk.step(f"reported: {walk.case_id}, number valid: {document['number_valid']}")
    # Else the survey would wait for the morning wherever it is night in China.
    any_hour = {"quiet_from": "00:00", "quiet_until": "00:00"}
    walk.ask("PUT", f"/v1/cases/{walk.case_id}/preferences", any_hour)
    walk.step("may be written to at any hour")
    read = walk.wait(
        "a channel's answer", lambda: walk.ask("GET", f"/v1/cases/{walk.case_id}")["tracking"]
    )
    walk.step(
        f"{' and '.join(read['channels'])} answered: {read['milestone']}, "
        f"last movement {read['last_movement_at']}"
    )


def report_body(number: str) -> dict[str, object]:
    """What a sender writes about a lost registered small packet."""
    today = datetime.now(UTC).date()
    return {
        "incident": {
            "kind": "lost",
            "noticed_at": f"{today - timedelta(days=20)}T08:00:00Z",
            "narrative": "It never came; the recipient waited for two months.",
            "details": {"inquired_on": str(today - timedelta(days=70))},
        },
        "shipment": {
            "tracking_number": number,
            "carrier": "china_post",
            "service": "registered_small_packet",
            "shipped_on": str(today - timedelta(days=100)),
            "origin": {"country": "CN"},
            "destination": {"country": "DE", "postal_code": "20095"},
            "weight_grams": 480,
            "postage": {"amount": "32.50", "currency": "CNY"},
        },
        "items": [
            {
                "name": "silk scarf",
                "quantity": 2,
                "unit_value": {"amount": "260.00", "currency": "CNY"},
            }
        ],
        "reporter": {"role": "sender", "name": "Li Wei", "email": EMAIL, "language": "en"},
    }


def read_offer(walk: Walk) -> dict[str, Any]:
    """The case concludes by itself; the claimant reads what is owed and why."""
    path = f"/v1/cases/{walk.case_id}/offers"
    offer: dict[str, Any] = walk.wait("an offer", lambda: walk.ask("GET", path)["data"])[0]
    case = walk.ask("GET", f"/v1/cases/{walk.case_id}")
    walk.step(f"concluded {case['conclusion']['finding']}: {case['conclusion']['ground']}")
    amount = offer["amount"]
    walk.step(f"offered {amount['amount']} {amount['currency']}, worked out:")
    for line in offer["explanation"]["steps"]:
        walk.say(f"            {line['text']}")
    return offer


def accept(walk: Walk, offer: Mapping[str, Any]) -> None:
    """The claimant accepts; the payout goes out once, with a key and an outcome."""
    path = f"/v1/cases/{walk.case_id}/offers/{offer['id']}/accept"
    body = {"payout_method": {"rail": "coupon"}}
    walk.ask("POST", path, body, key=f"accept-{offer['id']}")
    walk.step("accepted; to be paid as a coupon")

    def paid() -> Any:
        payout = walk.ask("GET", f"/v1/cases/{walk.case_id}")["payout"]
        return payout if payout and payout["status"] == "succeeded" else None

    payout = walk.wait("the payout", paid)
    walk.step(
        f"paid {payout['amount']['amount']} {payout['amount']['currency']} by {payout['rail']}: "
        f"intent {payout['id']}, outcome {payout['reference']}"
    )


def answer_survey(walk: Walk) -> None:
    """After its delay the survey comes by mail, and is answered."""
    letters = walk.wait("the survey", lambda: survey_and_letters(walk))
    for letter in letters:
        walk.step(f"mail to {EMAIL}: {letter['Subject']}")
    path = f"/v1/cases/{walk.case_id}/feedback"
    walk.ask("POST", path, {"score": 5, "resolved": True, "comment": "Clear and quick."})
    walk.step("the claimant answers the survey: 5 of 5")

    def closed() -> Any:
        case = walk.ask("GET", f"/v1/cases/{walk.case_id}")
        return case if case["status"] == "closed" else None

    case = walk.wait("the end of the case", closed)
    walk.step(f"closed: {case['outcome']}")


def survey_and_letters(walk: Walk) -> list[dict[str, Any]] | None:
    """Every mail of the case, once the one that asks how it was is among them."""
    mine = [one for one in mail(walk.stack) if EMAIL in one["To"] and walk.case_id in str(one)]
    return mine if any("/v1/answers/survey/" in str(one) for one in mine) else None


def print_timeline(walk: Walk) -> None:
    """What the case has kept of all this."""
    walk.say("\nThe timeline of the case:")
    for line in walk.ask("GET", f"/v1/cases/{walk.case_id}/timeline")["data"]:
        walk.say(f"  {line['at']}  {line['type']:<20} {line['text']}")
    walk.say(f"\nread it again: .venv/bin/amends case show {walk.case_id}")
