"""Whoever works here finds all of their work, page by page, and nothing twice."""

from collections.abc import Mapping
from typing import Any

import pytest

from amends.domain.case.evolution.talking import ANSWER_WITHIN
from amends.domain.case.state.talking import Voice
from amends.domain.case.talking import conversing
from amends.domain.case.vocabulary import Kind, Stage
from amends.service.amend import amend
from tests.support.investigation_world import World

BO, SUPERVISOR = "investigator:bo", "supervisor:anna"
FOUND = {"finding": "delivered", "ground": "seen", "rule": "4.2", "evidence": ["the scan"]}


def busy(cases: int) -> World:
    """Lost parcels whose nodes are asked, one of them fetched back."""
    world = World()
    for number in range(cases):
        shipment = {"tracking_number": f"CASE{number:04d}"}
        world.tell(Kind.LOST, {"noticed_how": "not_arrived"}, shipment=shipment)
        world.wait(hours=0.1)
    return world


def pages(world: World, query: str, who: str = BO) -> list[list[Mapping[str, Any]]]:
    """Every page of a list, by its cursors."""
    found, cursor = [], ""
    while True:
        status, page = world.call("GET", f"/v1/staff/{query}{cursor}", groups=who)
        assert status == 200, page
        found.append(page["data"])
        assert page["has_more"] is (page["next_cursor"] is not None)
        if not page["has_more"]:
            return found
        cursor = f"&cursor={page['next_cursor']}"


@pytest.mark.requirement("000-8", "000-13", "002-6")
@pytest.mark.parametrize("limit", [1, 7, 100])
def test_every_open_task_is_listed_once_however_long_the_pages(limit: int) -> None:
    world = busy(12)
    tasks = {
        task.id
        for case_id in world.cases.ids()
        for task in world.cases.load(case_id).investigation.open_tasks
    }

    found = pages(world, f"tasks?limit={limit}")

    listed = [row["id"] for page in found for row in page]
    assert sorted(listed) == sorted(tasks)
    assert max(map(len, found)) <= limit


def test_more_than_a_hundred_cases_of_a_stage_are_all_there() -> None:
    world = busy(103)

    for query in ("cases?limit=100", "cases?stage=investigating&limit=25"):
        found = [row["id"] for page in pages(world, query) for row in page]
        assert sorted(found) == world.cases.ids()
    assert len({row["case_id"] for page in pages(world, "tasks?limit=100") for row in page}) == 103


@pytest.mark.requirement("000-13", "000-15")
def test_a_task_that_is_done_between_two_pages_hides_no_other() -> None:
    world = busy(1)
    first = world.call("GET", "/v1/staff/tasks?limit=2", groups=BO)[1]
    done = world.case().investigation.open_tasks[0]
    assert done.id in [row["id"] for row in first["data"]]
    world.staff(BO, f"tasks/{done.id}/cancel", {"because": "not needed"})

    second = world.call(
        "GET", f"/v1/staff/tasks?limit=100&cursor={first['next_cursor']}", groups=BO
    )[1]

    left = {task.id for task in world.case().investigation.open_tasks}
    assert left <= {row["id"] for row in first["data"] + second["data"]}


@pytest.mark.requirement("000-13", "000-15")
def test_a_queue_is_mine_my_teams_overdue_or_of_a_stage_and_kind() -> None:
    world = busy(2)
    first, second = world.cases.ids()
    world.id = first
    world.staff(SUPERVISOR, "assignment", {"to": "bo", "team": "hamburg"})
    world.id = second
    world.staff(SUPERVISOR, "assignment", {"to": "eve", "team": "shanghai"})

    def of(query: str, who: str = BO) -> set[str]:
        rows = [row for page in pages(world, query, who) for row in page]
        return {row.get("case_id", row["id"]) for row in rows}

    for what in ("cases", "tasks"):
        assert of(f"{what}?view=mine") == {first}
        assert of(f"{what}?view=team", "investigator team-shanghai:bo") == {second}
        assert of(f"{what}?team=hamburg") == {first}
        assert of(f"{what}?view=overdue") == set()
        assert of(f"{what}?stage=recovering") == set()
        assert of(f"{what}?kind=lost&stage=investigating") == {first, second}
        assert of(f"{what}?kind=damaged") == set()
    world.now = world.now.replace(month=6)
    assert of("tasks?view=overdue") == of("cases?view=overdue") == {first, second}
    assert world.case().stage is Stage.INVESTIGATING


@pytest.mark.parametrize(
    "query", ["view=team", "view=yours", "limit=0", "limit=x", "cursor=x", "cursor=99~~", "kind=x"]
)
def test_what_no_queue_is_asked_is_refused(query: str) -> None:
    world = busy(1)

    for what in ("cases", "tasks"):
        status, problem = world.call("GET", f"/v1/staff/{what}?{query}", groups=BO)
        assert (status, problem["errors"][0]["field"]) == (422, query.partition("=")[0])


@pytest.mark.requirement("000-8", "000-9")
def test_what_is_overdue_is_listed_however_often_somebody_was_told_and_after_the_end() -> None:
    world = busy(3)
    first, second, third = world.cases.ids()
    for case_id in (second, third):
        world.id = case_id
        world.staff(BO, "conclusion", FOUND)
        assert not world.case().is_open
    posted = conversing.post(world.case(), "msg_1", Voice.CLAIMANT, channel="web")
    amend(world.cases, third, world.occasion("claimant"), lambda _: posted)
    answer_by = (world.now + ANSWER_WITHIN).strftime("%Y-%m-%dT%H:%M:%SZ")

    def listed(query: str) -> list[str]:
        return [row["id"] for page in pages(world, query) for row in page]

    assert listed("cases?view=overdue") == []
    assert sorted(listed("cases?limit=1")) == sorted([first, third])
    world.wait(days=5)
    assert third in listed("cases?view=overdue")
    assert second not in listed("cases?view=overdue")
    (row,) = [row for page in pages(world, "cases") for row in page if row["id"] == third]
    assert (row["stage"], row["overdue_since"]) == ("closed", answer_by)
