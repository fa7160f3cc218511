"""After a loss every link is looked at; what is changed has an owner, a date and an effect."""

from datetime import timedelta

import pytest

from amends.domain.insight.action import PlannedAction
from amends.domain.insight.tally import Dimension
from tests.support.insight_fakes import MemoryActions
from tests.support.office import AGENT, INVESTIGATOR, SUPERVISOR, Office

ACTIONS = "/v1/staff/actions"


class Unwilling(MemoryActions):
    """A list that stops taking actions after so many."""

    def __init__(self, *, saves: int) -> None:
        super().__init__()
        self.left = saves

    def save(self, action: PlannedAction) -> PlannedAction:
        if self.left == 0:
            raise ConnectionError("cut off")
        self.left -= 1
        return super().save(action)


def numbers(count: int) -> list[str]:
    """Valid numbers of the post, each its own."""
    weights = (8, 6, 4, 2, 3, 5, 9, 7)
    made = []
    for serial in range(10_000_000, 10_000_000 + count):
        total = sum(int(d) * w for d, w in zip(str(serial), weights, strict=True))
        check = 11 - total % 11
        made.append(f"RR{serial}{ {10: 0, 11: 5}.get(check, check) }CN")
    return made


def proposed(office: Office, query: str = "") -> list[dict[str, object]]:
    return list(office.get(f"{ACTIONS}?{query}")["data"])


def raised(office: Office, query: str = "") -> list[dict[str, object]]:
    """What a repeated cause has raised by itself."""
    return [row for row in proposed(office, query) if row["raised_by"] == "rule:repeats"]


@pytest.mark.requirement("004-29")
def test_every_link_is_reviewed_and_the_weak_one_is_named() -> None:
    office = Office()
    case_id = office.lost_at("Hangzhou", "negligence", number=numbers(1)[0])

    lesson = office.get(f"/v1/staff/cases/{case_id}/lesson")

    assert (lesson["cause"], lesson["node"]) == ("negligence", "Hangzhou")
    assert lesson["practice"] == "guarding"
    (link,) = [link for link in lesson["links"] if link["node"] == "Hangzhou"]
    looks = {check["practice"]: check["look"] for check in link["checks"]}
    assert looks["signing_in"] == "sound"
    assert looks["cameras"] == "weak"
    assert {"training", "camera"} <= set(lesson["actions"])
    assert office.call("GET", f"/v1/staff/cases/{case_id}/lesson", groups="hr:h")[0] == 403


@pytest.mark.requirement("004-30", "004-32")
def test_closing_proposes_what_helps_and_somebody_takes_it_on_until_it_is_verified() -> None:
    office = Office()
    case_id = office.lost_at("Hangzhou", "negligence", number=numbers(1)[0])

    found = {row["kind"]: row for row in proposed(office, "state=proposed&node=Hangzhou")}
    assert {"training", "camera"} <= set(found)
    training = found["training"]
    assert (training["course"], training["cases"]) == ("duty", [case_id])
    assert training["topic"]
    path = f"{ACTIONS}/{training['id']}"
    done = {"said": "taught on Monday, list attached"}
    assert office.call("POST", f"{path}/done", done, groups=INVESTIGATOR)[0] == 409

    owner = {"owner": "hub Hangzhou", "due_on": "2026-04-01"}
    assert office.staff(INVESTIGATOR, f"{path}/owner", owner)["state"] == "open"
    office.now += timedelta(days=120)
    overdue = proposed(office, "view=overdue&owner=hub Hangzhou")
    assert [row["id"] for row in overdue] == [training["id"]]
    assert office.staff(SUPERVISOR, f"{path}/done", done)["state"] == "done"
    seen = {"said": "asked three people"}
    assert office.call("POST", f"{path}/verify", seen, groups=INVESTIGATOR)[0] == 403
    assert office.call("POST", f"{path}/verify", seen, groups=SUPERVISOR)[0] == 409
    verified = office.staff("supervisor:eve", f"{path}/verify", seen)

    assert verified["state"] == "verified"
    assert [step["by"] for step in verified["steps"]] == ["staff:bo", "staff:anna", "staff:eve"]
    assert verified["is_overdue"] is False
    assert proposed(office, "view=overdue&owner=hub Hangzhou") == []


@pytest.mark.requirement("004-31", "000-23")
def test_what_was_changed_is_measured_before_and_after() -> None:
    office = Office()
    known = iter(numbers(40))
    for _ in range(8):
        office.lost_at("Lagos", "missort", number=next(known))
    route = {"kind": "route", "because": "two hubs in one", "owner": "planning"}
    body = {**route, "due_on": "2026-06-01", "node": "Lagos", "cause": "missort"}
    made = office.staff(INVESTIGATOR, ACTIONS, body)
    office.now += timedelta(days=40)
    office.staff(INVESTIGATOR, f"{ACTIONS}/{made['id']}/done", {"said": "by the new hub"})
    effect = office.get(f"{ACTIONS}/{made['id']}")["effect"]
    assert (effect["verdict"], effect["before"]["hits"]) == ("too_early", 8)

    office.now += timedelta(days=40)
    for _ in range(8):
        office.lost_at("Lagos", None, number=next(known))

    effect = office.staff(SUPERVISOR, f"{ACTIONS}/{made['id']}/verify", {"said": "seen"})["effect"]
    assert effect["verdict"] == "fell"
    assert (effect["after"]["hits"], effect["after"]["of"]) == (0, 8)


@pytest.mark.requirement("004-30", "004-50")
def test_a_cause_that_repeats_itself_at_one_node_raises_an_action_by_itself_once() -> None:
    office = Office()
    known = iter(numbers(20))
    for _ in range(2):
        office.lost_at("Shanghai", "theft", number=next(known))
    assert raised(office) == []

    for _ in range(3):
        office.lost_at("Shanghai", "theft", number=next(known))
    office.learn()

    rows = raised(office)
    assert sorted(str(row["kind"]) for row in rows) == ["camera", "site_security"]
    assert {row["node"] for row in rows} == {"Shanghai"}
    assert all("3 of 3 cases" in str(row["because"]) for row in rows)


@pytest.mark.requirement("004-50")
def test_it_is_raised_again_only_by_what_comes_after_the_last_one_is_over() -> None:
    office = Office()
    known = iter(numbers(20))
    for _ in range(3):
        office.lost_at("Shanghai", "theft", number=next(known))
    for row in raised(office):
        office.staff(SUPERVISOR, f"{ACTIONS}/{row['id']}/drop", {"said": "guarded since Monday"})
    office.learn()
    assert raised(office, "state=proposed") == []

    office.now += timedelta(days=31)
    for _ in range(3):
        office.lost_at("Shanghai", "theft", number=next(known))

    again = [
        row for row in proposed(office, "state=proposed") if row["raised_by"] == "rule:repeats"
    ]
    assert sorted(str(row["kind"]) for row in again) == ["camera", "site_security"]


def test_cut_off_between_figures_and_actions_the_next_event_raises_what_is_due() -> None:
    office = Office()
    known = iter(numbers(20))
    for _ in range(2):
        office.lost_at("Shanghai", "theft", number=next(known))
    listed, office.actions = office.actions, Unwilling(saves=1)
    office.actions.rows = listed.rows
    with pytest.raises(ConnectionError):
        office.lost_at("Shanghai", "theft", number=next(known))
    office.actions = listed

    office.learn()
    office.learn()

    rows = raised(office)
    assert sorted(str(row["kind"]) for row in rows) == ["camera", "site_security"]
    (count,) = office.tallies.of(Dimension.NODE, f"{office.now:%Y-%m}", "Shanghai").values()
    assert (count["cause_theft"], count["passed"]) == (3, 3)


def test_what_chance_explains_raises_nothing() -> None:
    office = Office()
    known = iter(numbers(40))
    for _ in range(17):
        office.lost_at("Shanghai", None, number=next(known))
    for _ in range(3):
        office.lost_at("Shanghai", "theft", number=next(known))

    assert raised(office) == []


@pytest.mark.requirement("000-20", "000-21", "004-50")
def test_staff_raise_renewals_and_trainings_of_the_catalogue_with_an_owner_and_a_date() -> None:
    office = Office()
    training = {
        "kind": "training",
        "because": "opinions name the attitude of couriers",
        "owner": "district 4",
        "due_on": "2026-05-01",
        "topic": "talking to people who wait",
        "theme": "attitude",
    }
    status, problem = office.call("POST", ACTIONS, training, groups=INVESTIGATOR)
    assert (status, problem["errors"][0]["field"]) == (422, "course")
    assert "communication_skill" in problem["errors"][0]["message"]
    assert office.call("POST", ACTIONS, training, groups=AGENT)[0] == 403

    renewal = {
        "kind": "technology",
        "because": "scans of one hub come a day late",
        "owner": "tracking",
        "due_on": "2026-07-01",
        "node": "Hangzhou",
        "cause": "data_error",
    }
    for body in ({**training, "course": "communication_skill"}, renewal):
        made = office.desk_says(INVESTIGATOR, ACTIONS, body)
        assert (made["state"], made["raised_by"]) == ("open", "staff:bo")

    rows = proposed(office, "state=open")
    assert [row["kind"] for row in rows] == ["training", "technology"]
    assert rows[0]["course"] == "communication_skill"
    page = office.get(f"{ACTIONS}?limit=1")
    rest = office.get(f"{ACTIONS}?limit=1&cursor={page['next_cursor'].replace('#', '%23')}")
    assert [page["data"][0]["kind"], rest["data"][0]["kind"]] == ["training", "technology"]
    assert (page["has_more"], rest["has_more"]) == (True, False)


@pytest.mark.requirement("000-21", "004-32")
def test_an_action_of_a_case_stands_in_its_history_and_on_the_list() -> None:
    office = Office()
    case_id = office.lost_at("Hangzhou", "rule_broken", number=numbers(1)[0])
    body = {
        "kind": "training",
        "because": "handed over without a list",
        "owner": "hub",
        "due_on": "2026-04-01",
        "course": "standard_procedure",
        "topic": "handover by list",
        "case_id": case_id,
    }
    made = office.staff(INVESTIGATOR, ACTIONS, body)
    office.learn()
    office.staff(INVESTIGATOR, f"{ACTIONS}/{made['id']}/done", {"said": "taught"})
    office.staff(SUPERVISOR, f"{ACTIONS}/{made['id']}/verify", {"said": "seen"})
    office.learn()

    (action,) = office.cases.load(case_id).answering.actions
    assert (action.id, action.confirmed_by) == (made["id"], "staff:anna")
    shown = office.get(f"{ACTIONS}/{made['id']}")
    assert (shown["state"], shown["course"]) == ("verified", "standard_procedure")
    assert len(shown["steps"]) == 2
