"""The simulators as programs of their own."""

import json
import subprocess
import sys

import pytest

from tests.unit.simulators.callers import call


@pytest.mark.parametrize(
    ("module", "path"), [("carriers", "/_world/log"), ("merchant", "/_merchant/orders")]
)
def test_a_program_prints_its_port_serves_and_stops(module: str, path: str) -> None:
    command = [sys.executable, "-m", f"simulators.{module}", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        status, _ = call(f"{told['url']}{path}")
        process.terminate()
        stopped = process.wait(10)

    assert told["url"] == f"http://127.0.0.1:{told['port']}"
    assert (status, stopped) == (200, 0)
