"""What may not travel: stopped, set apart, reported, disposed of, and seen by few."""

import pytest

from amends.domain.case.vocabulary import Kind, Outcome
from tests.support.investigation_world import World

INVESTIGATOR = "investigator:bo"
FOUND = {"found_at": "sorting", "contents": "烟花爆竹 fireworks", "leaking": False}


def found(details: dict[str, object] = FOUND) -> World:
    world = World()
    world.tell(Kind.PROHIBITED_CONTENTS, details, channel="counter")
    world.wait(hours=0.1)
    return world


def quarantined(category: str, details: dict[str, object] = FOUND) -> World:
    world = found(details)
    world.staff(INVESTIGATOR, "quarantine", {"category": category, "node": "Hangzhou"})
    return world


@pytest.mark.requirement("004-52", "000-9")
def test_an_authority_that_nobody_told_within_the_hour_is_somebodys_alarm() -> None:
    world = quarantined("CN03")

    world.wait(hours=1.1)

    assert "quarantine>supervisor" in world.case().investigation.escalations
    case = world.wait(days=200)
    assert (case.outcome, case.offers) == (Outcome.DISPOSED, ())


@pytest.mark.requirement("004-52", "000-9")
def test_a_quarantine_lasts_until_everybody_who_was_told_has_had_their_time() -> None:
    world = quarantined("R01")
    world.wait(days=80)
    world.staff(INVESTIGATOR, "quarantine/sender-told")

    assert world.wait(days=20).is_open

    case = world.wait(days=11)
    assert (case.outcome, case.offers) == (Outcome.DISPOSED, ())
    assert case.conclusion is not None


def test_what_nobody_set_apart_was_never_found_and_ends_declined() -> None:
    world = found()

    assert world.wait(days=91).outcome is Outcome.DECLINED


@pytest.mark.requirement("004-52")
def test_what_we_find_is_no_claimants_to_read_before_they_are_told() -> None:
    world = World()
    world.tell(Kind.LOST)
    world.wait(hours=0.1)
    world.staff(INVESTIGATOR, "quarantine", {"category": "CN05", "node": "Hangzhou"})

    def told() -> str:
        views = [world.claimant("GET", view) for view in ("", "/timeline", "/evidence")]
        return f"{views}"

    assert "prohibited" not in told()
    assert "CN05" not in told()
    assert "contents_photo" not in told()
    assert world.claimant("GET", "")["incident"]["kind"] == "lost"
    seen = world.call("GET", f"/v1/staff/cases/{world.id}", groups=INVESTIGATOR)[1]
    assert seen["incident"]["kind"] == "prohibited_contents"
    world.staff(INVESTIGATOR, "quarantine/sender-told")
    assert world.claimant("GET", "")["incident"]["kind"] == "prohibited_contents"
    assert "Quarantined" in told()


def test_a_quarantine_is_not_concluded_before_everybody_is_told() -> None:
    world = quarantined("CN03")
    finding = {"finding": "prohibited", "ground": "seen", "rule": "4.2", "evidence": ["photo"]}

    assert world.refused(INVESTIGATOR, "conclusion", finding)["code"] == "out_of_order"


@pytest.mark.requirement("004-52")
def test_any_parcel_may_turn_out_to_hold_what_may_not_travel() -> None:
    world = World()
    world.tell(Kind.LOST)
    world.wait(hours=0.1)

    world.staff(INVESTIGATOR, "quarantine", {"category": "CN05", "node": "Hangzhou"})

    assert world.case().report.kind is Kind.PROHIBITED_CONTENTS
    status, _ = world.call("GET", f"/v1/staff/cases/{world.id}/investigation", groups="agent:di")
    assert status == 404


@pytest.mark.requirement("004-52")
@pytest.mark.parametrize("group", ["agent", "adjuster", "finance", "admin"])
def test_who_has_no_part_in_it_sees_neither_the_case_nor_its_row(group: str) -> None:
    world = found()
    who = f"{group}:x"

    assert world.call("GET", f"/v1/staff/cases/{world.id}", groups=who)[0] == 404
    for view in ("cases?stage=investigating", "tasks"):
        status, page = world.call("GET", f"/v1/staff/{view}", groups=who)
        assert (status, page["data"]) == (200, [])


@pytest.mark.requirement("004-52")
def test_words_suggest_a_category_and_a_person_names_it() -> None:
    world = found()

    status, document = world.call(
        "GET", f"/v1/staff/cases/{world.id}/investigation", groups=INVESTIGATOR
    )

    assert status == 200
    suggested = document["suggested_categories"]
    assert suggested[0]["id"] == "CN03"
    assert set(suggested[0]["text"]) == {"en", "zh-CN"}
    assert world.case().goods.quarantine is None
