"""What is offered or declined is explained, with the source and the day of everything."""

import json
from typing import Any, cast

import pytest

from amends.service.assessment.assessing import explain
from tests.support.agreement_world import AgreementWorld, yuan


@pytest.mark.requirement("004-25", "002-18")
def test_an_offer_is_explained_with_the_source_of_every_figure(world: AgreementWorld) -> None:
    world.conclude()

    worked = world.offer["explanation"]
    adds = [step for step in worked["steps"] if step["adds_to"]]
    assert sum(float(step["amount"]["amount"]) for step in adds) == pytest.approx(
        float(worked["total"]["amount"])
    )
    assert all(step["source"] for step in worked["steps"])
    for figure in worked["figures"]:
        assert figure["source"]
        assert figure["confidence"] in ("high", "medium-high", "medium")
        assert figure["checked_on"]
    assert {figure["name"] for figure in worked["figures"]} >= {"registered", "inquiry_months"}
    assert world.offer["amount"] == worked["total"]


@pytest.mark.requirement("001-14", "004-23")
def test_the_laws_days_are_kept_and_warned_of(world: AgreementWorld) -> None:
    world.conclude()
    days = {one["name"]: one for one in world.get("claim")["deadlines"]}

    assert days["payment"]["rule"] == "upu.25"
    world.do("appeal", {"reason": "it was worth more"})
    world.wait(days=70)

    assert "DeadlineWarned" in world.events()
    assert "payment" in world.case().agreement.warned


@pytest.mark.requirement("004-24")
def test_a_merchants_own_contract_is_applied_and_recomputed_from_what_was_recorded() -> None:
    world = AgreementWorld()
    world.tariffs["mer_tea"] = {
        "code": "contract.tea",
        "title": {"en": "Tea house contract", "zh-CN": "茶庄合同"},
        "valid_from": "2026-01-01",
        "source": "contract no. 7, clause 9",
        "cap": yuan("200.00"),
        "freight_back": ["lost"],
    }
    world.begin(merchant="mer_tea")
    world.conclude()
    assert world.offer["explanation"]["regime"] == "contract.tea"
    assert world.offer["explanation"]["indemnity"] == yuan("200.00")

    world.tariffs.clear()  # what was agreed since changes nothing that was worked out before

    assert world.offer["explanation"]["indemnity"] == yuan("200.00")


@pytest.mark.requirement("002-18", "004-25")
def test_the_explanation_is_recomputed_from_what_was_recorded_in_both_languages(
    world: AgreementWorld,
) -> None:
    world.conclude()
    case = world.case()
    assert case.assessed is not None

    english, chinese = explain(case, "en"), explain(case, "zh-CN")

    assert english == json.loads(case.assessed.assessment)
    assert english is not None
    assert chinese is not None
    assert english["total"] == chinese["total"]
    assert [step["amount"] for step in rows(english)] == [step["amount"] for step in rows(chinese)]
    assert all(any("一" <= sign <= "鿿" for sign in step["text"]) for step in rows(chinese))


def rows(document: dict[str, object]) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", document["steps"])
