"""Somebody without an account opens one task, answers it once, and attaches files to it."""

from hashlib import sha256
from typing import Any

import pytest

from amends.domain.case.state.investigation import TaskRole, TaskState
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Step
from tests.support.intake_world import JPEG
from tests.support.investigation_world import World

INVESTIGATOR = "investigator:bo"
ANSWERS = {"loading_normal": True, "parcel_seen": False, "camera_anomaly": False}


@pytest.fixture
def world() -> World:
    world = World()
    world.tell(Kind.LOST, {"noticed_how": "not_arrived"})
    world.scanned(("Hangzhou", Step.ARRIVED, 60), ("Hangzhou", Step.DEPARTED, 50))
    world.wait(hours=0.1)
    return world


def linked(world: World, role: TaskRole = TaskRole.STATION) -> tuple[str, str]:
    task = world.task(role)
    link = world.staff(INVESTIGATOR, f"tasks/{task.id}/link")
    return link["path"], link["token"]


def attach(world: World, path: str, token: str) -> tuple[int, Any]:
    announced = {"kind": "other", "file_name": "list.jpg", "content_type": "image/jpeg"}
    proof = {"size": len(JPEG), "sha256": sha256(JPEG).hexdigest()}
    return world.call("POST", f"{path}/evidence", announced | proof, token=token)


@pytest.mark.requirement("000-8", "002-8", "002-22", "002-6")
def test_a_link_opens_one_task_takes_one_answer_and_its_files_are_evidence(world: World) -> None:
    path, token = linked(world)
    status, task = world.call("GET", path, token=token)
    assert status == 200
    assert {question["code"] for question in task["questions"]} >= set(ANSWERS)
    assert "李雷" not in str(task)

    status, granted = attach(world, path, token)
    assert status == 201
    key = granted["upload"]["fields"]["key"]
    body = {"answers": ANSWERS, "evidence": [granted["id"]]}
    early, _ = world.call("POST", f"{path}/answer", body, token=token)
    assert early == 422
    world.arrived(key)
    assert world.call("POST", f"{path}/answer", body, token=token)[0] == 200

    answered = next(t for t in world.case().investigation.tasks if t.id == task["task_id"])
    assert (answered.state, answered.by_link) == (TaskState.ANSWERED, True)
    assert answered.evidence == (granted["id"],)
    (record,) = [
        r for r in world.cases.history(world.id) if type(r.event).__name__ == "EvidenceExpected"
    ]
    assert record.by == f"link:{answered.id}"
    for method, way in (("GET", path), ("POST", f"{path}/answer"), ("POST", f"{path}/evidence")):
        again = {"answers": ANSWERS} if way.endswith("answer") else None
        if way.endswith("evidence"):
            assert attach(world, path, token)[0] == 404
        else:
            assert world.call(method, way, again, token=token)[0] == 404


def test_a_link_opens_no_other_task_and_nothing_else(world: World) -> None:
    path, token = linked(world)
    other = world.task(TaskRole.DELIVERY)

    assert world.call("GET", f"/v1/tasks/{world.id}/{other.id}", token=token)[0] == 404
    assert world.call("GET", f"/v1/cases/{world.id}", token=token)[0] == 404
    assert world.call("GET", path, token="0" * 64)[0] == 404
    assert world.call("GET", path)[0] == 401


def test_a_newer_link_ends_the_older_and_time_ends_both(world: World) -> None:
    path, old = linked(world)
    _, new = linked(world)
    assert world.call("GET", path, token=old)[0] == 404
    assert world.call("GET", path, token=new)[0] == 200

    world.wait(days=15)

    assert world.call("GET", path, token=new)[0] == 404


def test_a_restricted_task_gets_no_link(world: World) -> None:
    world.staff(INVESTIGATOR, "tasks", {"role": "staff_statement", "node": "Hangzhou"})
    task = world.task(TaskRole.STAFF_STATEMENT)

    assert world.refused(INVESTIGATOR, f"tasks/{task.id}/link")["code"] == "out_of_order"
