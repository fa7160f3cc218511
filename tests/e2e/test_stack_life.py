"""The local stack comes, goes and comes back: clean stops, crashes, neighbours."""

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.cloud import client, outcome
from tools.local import emulator_process, processes
from tools.local.places import Places
from tools.local.stack import down, up

pytestmark = [pytest.mark.stack, pytest.mark.stretch(2)]

LISTENING = "0A"
LOOPBACK = "0100007F"


def row(number: int) -> dict[str, Any]:
    return {"case_id": {"S": "case_kept"}, "version": {"N": str(number)}}


def test_data_outlives_a_clean_stop_and_a_crash_does_no_harm_to_the_next_start(
    stack: Mapping[str, Any], tmp_path: Path
) -> None:
    places = Places(home=tmp_path / "second")
    try:
        first = up(places)
        assert first["account"] != stack["account"]
        assert first["endpoint_url"] != stack["endpoint_url"]
        client(first, "dynamodb").put_item(TableName=first["tables"]["events_table"], Item=row(1))
        assert down(places)
        assert not places.description.exists()

        again = up(places)
        assert again["tables"] == first["tables"]
        kept = client(again, "dynamodb").get_item(
            TableName=again["tables"]["events_table"], Key=row(1)
        )
        assert kept["Item"] == row(1)

        pid = processes.running(places, emulator_process.NAME)
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        after = up(places)
        assert outcome(after, "GET", "/v1/cases/case_none").status in (401, 404)
        assert outcome(stack, "GET", "/v1/cases/case_none").status in (401, 404)
    finally:
        down(places)
    assert processes.running(places, emulator_process.NAME) is None


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="needs the kernel's socket table")
def test_nothing_listens_beyond_this_machine(stack: Mapping[str, Any]) -> None:
    port = f"{int(stack['endpoint_url'].rpartition(':')[2]):04X}"
    table = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = {fields[1] for fields in table if fields[3] == LISTENING and fields[1].endswith(port)}

    assert ours == {f"{LOOPBACK}:{port}"}
