"""Reports are prompt and whole: what is missing is asked for, and what came too late is told."""

import json
from pathlib import Path
from typing import Any

import pytest

from amends.domain.case.vocabulary import Kind
from claim_settle.api import router as settlement
from tests.support.arriving import request_of
from tests.support.investigation_reports import SHIPMENT
from tests.support.investigation_world import World

EXAMPLES = Path(__file__).parents[1] / "data" / "compensation_examples.json"


def late_facts() -> dict[str, Any]:
    vectors = json.loads(EXAMPLES.read_text("utf-8"))["vectors"]
    return next(
        dict(one["facts"])
        for one in vectors
        if (one["expected"].get("denied") or {}).get("reason") == "inquiry_too_late"
    )


def quoted(facts: dict[str, Any]) -> Any:
    answer = settlement(request_of("POST", "/v1/compensation/quotes", facts, number=1))
    assert answer["statusCode"] == 200, answer["body"]
    return json.loads(answer["body"])


@pytest.mark.requirement("000-18")
def test_a_report_without_what_handling_needs_is_refused_or_asked_for_the_rest() -> None:
    world = World()
    status, problem = world.call("POST", "/v1/cases", {"incident": {"kind": "lost"}})
    assert status == 422
    assert {error["field"] for error in problem["errors"]} >= {"shipment", "reporter"}

    bare = {name: None for name in SHIPMENT if name not in ("tracking_number", "destination")}
    world.tell(Kind.LOST, {}, shipment=bare, items=[])
    world.wait(hours=0.1)

    asked = set(world.claimant("GET", "")["information_requested"])
    assert asked >= {"shipment.carrier", "shipment.shipped_on", "shipment.postage", "items"}


@pytest.mark.requirement("000-18")
def test_an_inquiry_after_its_window_is_told_so_with_the_last_day_and_the_rule() -> None:
    late = late_facts()

    told = quoted(late)
    (window,) = [one for one in told["deadlines"] if one["met"] is False]
    prompt = quoted({**late, "inquired_on": window["last_day"], "as_of": late["as_of"]})

    assert told["denied"]["reason"] == "inquiry_too_late"
    assert late["inquired_on"] > window["last_day"]
    assert window["rule"]
    assert prompt["denied"] is None


@pytest.mark.requirement("000-18", "000-17")
def test_what_evidence_a_report_still_lacks_is_told_with_it_until_it_has_come() -> None:
    world = World()
    world.tell(Kind.DAMAGED, {"noticed_when": "after_opening", "damage": "broken"})

    def missing() -> set[str]:
        rows = world.claimant("GET", "/evidence")["data"]
        return {row["kind"] for row in rows if row["status"] == "missing" and row["is_required"]}

    before = missing()
    assert "damage" in before
    world.upload("damage")
    assert missing() == before - {"damage"}
