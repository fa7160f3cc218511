"""A stack comes back with its data after a clean stop, and after a crash; beside it lives another.

The stack is the one that has been through the storm: these tests are the last that use it.
"""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.cloud import client, outcome
from tests.support.stack import places_of
from tools.local import emulator_process, processes
from tools.local.places import identity
from tools.local.stack import down, up

pytestmark = pytest.mark.stack

ROW: dict[str, Any] = {"case_id": {"S": "case_kept"}, "version": {"N": "1"}}
LISTENING = "0A"
LOOPBACK = "0100007F"


def test_data_outlives_a_clean_stop_and_a_crash_does_no_harm_to_the_next_start(
    faulty_stack: Mapping[str, Any], stack: Mapping[str, Any]
) -> None:
    places = places_of(faulty_stack)
    assert faulty_stack["account"] != stack["account"]
    assert faulty_stack["endpoint_url"] != stack["endpoint_url"]
    table = faulty_stack["tables"]["events_table"]
    client(faulty_stack, "dynamodb").put_item(TableName=table, Item=ROW)
    assert down(places)
    assert not places.description.exists()

    again = up(places)
    assert again["tables"] == faulty_stack["tables"]
    assert kept(again) == ROW

    pid = processes.running(places, emulator_process.NAME)
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    endpoint = emulator_process.start_emulator(places, identity(places))
    moved = again["api_url"].replace(again["endpoint_url"], endpoint)
    after = {**again, "endpoint_url": endpoint, "api_url": moved}
    assert kept(after) == ROW
    for lived in (after, stack):
        assert outcome(lived, "GET", "/v1/cases/case_none").status in (401, 404)
    assert down(places)
    assert processes.running(places, emulator_process.NAME) is None


def kept(stack: Mapping[str, Any]) -> Any:
    table = stack["tables"]["events_table"]
    return client(stack, "dynamodb").get_item(TableName=table, Key=ROW).get("Item")


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs the kernel's socket table")
def test_nothing_listens_beyond_this_machine(stack: Mapping[str, Any]) -> None:
    port = f"{int(stack['endpoint_url'].rpartition(':')[2]):04X}"
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = {fields[1] for fields in table if fields[3] == LISTENING and fields[1].endswith(port)}

    assert ours == {f"{LOOPBACK}:{port}"}
