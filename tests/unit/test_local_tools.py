"""The tools of the local stack, without a stack."""

import socket
import sys
import zipfile
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest

from tools.cold_start import (
    CLIENT,
    EMPTY,
    FIRST_STEPS,
    Cost,
    Race,
    faults,
    handlers,
    without_bytecode,
)
from tools.local import processes
from tools.local.build import lighten, weight
from tools.local.emulator.properties import after_create, after_update
from tools.local.emulator.schedules import hurried, in_utc
from tools.local.emulator.unpacking import SharedArchive
from tools.local.places import LOOPBACK, Places, environment, free_port, identity, read, write
from tools.local.stack import await_api, describe


def test_a_taken_port_is_exchanged_for_a_free_one() -> None:
    with socket.socket() as other:
        other.bind((LOOPBACK, 0))
        other.listen()
        taken = other.getsockname()[1]

        assert free_port(taken) != taken


def test_a_stack_keeps_its_account_secret_and_passwords(tmp_path: Path) -> None:
    places = Places(home=tmp_path)

    first, second = identity(places), identity(places)

    assert first == second
    assert len(first["account"]) == 12
    assert places.identity.stat().st_mode & 0o077 == 0


def test_two_stacks_are_two_accounts(tmp_path: Path) -> None:
    one, two = (identity(Places(home=tmp_path / name)) for name in ("one", "two"))

    assert one["account"] != two["account"]
    assert one["secret"] != two["secret"]


def test_half_a_document_left_by_a_crash_reads_as_none(tmp_path: Path) -> None:
    path = tmp_path / "local.json"
    write(path, {"whole": True})
    assert read(path) == {"whole": True}
    path.write_text('{"half": ')

    assert read(path) == {}
    assert read(tmp_path / "missing.json") == {}


def test_nothing_of_the_callers_cloud_reaches_a_child(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "production")
    monkeypatch.setenv("PYTHONPATH", "/somewhere")

    assert not {"AWS_PROFILE", "PYTHONPATH"} & environment(PATH="/bin").keys()


def test_a_process_is_started_recognised_and_stopped(tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    waits = [sys.executable, "-c", "import signal; signal.pause()"]

    pid = processes.start(places, "waits", waits, environment())

    assert processes.running(places, "waits") == pid
    assert processes.stop(places, "waits")
    assert processes.running(places, "waits") is None
    assert not processes.stop(places, "waits")


def test_an_id_that_was_given_to_somebody_else_is_not_ours(tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    note = places.folder("processes") / "old.json"
    write(note, {"pid": 1, "born": "long ago"})

    assert processes.running(places, "old") is None
    assert not processes.stop(places, "old")


@pytest.mark.parametrize(
    ("expression", "zone", "said"),
    [
        ("at(2026-11-29T10:00:00)", "Asia/Shanghai", "at(2026-11-29T02:00:00)"),
        ("at(2026-07-01T10:00:00)", "Europe/Berlin", "at(2026-07-01T08:00:00)"),
        ("at(2026-11-29T10:00:00)", "UTC", None),
        ("rate(1 minute)", "Asia/Shanghai", None),
    ],
)
def test_a_moment_is_meant_in_its_own_zone(expression: str, zone: str, said: str | None) -> None:
    assert in_utc(expression, zone) == said


def test_a_dropped_property_is_restored_after_creation_and_after_update() -> None:
    restored: list[tuple[str, object]] = []
    created = after_create(
        lambda _id, _properties, _stack: ("table-1", {}),
        lambda found, properties: restored.append((found, properties["ttl"])),
    )
    updated = after_update(
        lambda _id, _old, _new, _stack: None,
        lambda found, properties: restored.append((found, properties["ttl"])),
    )

    assert created("Table", {"ttl": 1}, "stack") == ("table-1", {})
    updated("table-1", {"ttl": 1}, {"ttl": 2}, "stack")

    assert restored == [("table-1", 1), ("table-1", 2)]


def test_an_archive_is_unpacked_once_and_linked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    archive = tmp_path / "layer.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("python/thing/__init__.py", "VALUE = 1\n")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        with SharedArchive(archive) as opened:
            opened.extractall(tmp_path / name)

    files = [tmp_path / name / "python/thing/__init__.py" for name in ("one", "two")]

    assert files[0].read_text() == "VALUE = 1\n"
    assert files[0].samefile(files[1])


def test_the_layer_loses_what_nobody_reads(tmp_path: Path) -> None:
    locales = tmp_path / "python" / "babel" / "locale-data"
    locales.mkdir(parents=True)
    for name in ("zh_Hans_CN", "en", "sw"):
        (locales / f"{name}.dat").write_bytes(b"x" * 10)

    lighten(tmp_path)

    assert {path.stem for path in locales.iterdir()} == {"zh_Hans_CN", "en"}
    assert weight(tmp_path) == 20


def test_a_handler_that_imports_what_it_must_not_is_named() -> None:
    cost = Cost(cpu=0.1, modules=frozenset({"pydantic", "moto"}))

    assert [fault.split(":")[0] for fault in faults("claim_settle.stream", cost)] == [
        "claim_settle.stream loads moto",
        "claim_settle.stream loads pydantic",
    ]
    assert len(list(faults("claim_settle.api", cost))) == 1


def test_a_handler_that_imports_too_much_is_named() -> None:
    cost = Cost(cpu=0.1, modules=frozenset(f"m{number}" for number in range(2_000)))

    assert "2000 modules" in next(faults("followup.api", cost))


def test_a_handler_that_costs_more_than_it_may_is_named_by_its_best_round() -> None:
    def spent(*seconds: float) -> list[Cost]:
        return [Cost(cpu=one, modules=frozenset()) for one in seconds]

    race = Race(search=(), programs={}, spent={EMPTY: spent(0.1, 0.2), CLIENT: spent(0.3, 0.2)})
    race.spent |= {name: spent(0.9, 0.22) for name in (*handlers(), *FIRST_STEPS)}
    race.spent["followup.stream"] = spent(0.9, 0.23)
    race.spent["followup.api"] = spent(0.9, 0.25)
    (step,) = FIRST_STEPS
    race.spent[step] = spent(0.9, 0.24)

    assert race.over() == ["followup.stream", step]


def test_a_handler_without_bytecode_is_named(tmp_path: Path) -> None:
    cached = tmp_path / "followup" / "__pycache__"
    cached.mkdir(parents=True)
    (cached / "api.cpython-311.pyc").touch()

    missing = set(without_bytecode([str(tmp_path)]))

    assert "followup.stream ships no bytecode" in missing
    assert "followup.api ships no bytecode" not in missing


class Waking(BaseHTTPRequestHandler):
    """An API whose first answers are those of a function that ran out of time."""

    answers: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        self.send_response(self.answers.pop(0))
        self.end_headers()

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""


@pytest.mark.parametrize("answers", [[502, 404], [404], [500, 502, 401]])
def test_a_stack_is_up_when_its_api_answers_for_itself(answers: list[int]) -> None:
    Waking.answers = list(answers)
    with HTTPServer((LOOPBACK, 0), Waking) as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        try:
            await_api(f"http://{LOOPBACK}:{server.server_port}")
        finally:
            server.shutdown()

    assert Waking.answers == []


def test_every_output_is_described_under_its_kind() -> None:
    needed = (
        "Url SettingsParameter SecretsPrefix UserPoolId StaffClientId FunctionLogs ApiLogs "
        "AlarmTopic EventsTable TrackingQueue TrackingDeadLetters ClaimSettleStream "
        "ClaimSettleStreamDeadLetters EvidenceBucket"
    ).split()

    said = describe({"account": "1" * 12, "secret": "s"}, "http://x", {n: n for n in needed})

    assert said["tables"] == {"events_table": "EventsTable"}
    assert said["queues"] == {"tracking_queue": "TrackingQueue"}
    assert said["buckets"] == {"evidence_bucket": "EvidenceBucket"}
    assert said["functions"] == {"claim_settle_stream": "ClaimSettleStream"}
    assert said["dead_letters"].keys() == {
        "tracking_dead_letters",
        "claim_settle_stream_dead_letters",
    }


def test_a_minute_of_a_schedule_lasts_as_long_as_it_is_told() -> None:
    seconds = hurried({"rate(1 minute)": 60, "rate(15 minutes)": 900}.get, 10.0)

    assert [seconds("rate(1 minute)"), seconds("rate(15 minutes)")] == [10.0, 150.0]
    assert seconds("cron(0 0 * * ? *)") is None
