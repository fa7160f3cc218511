"""The command line as its users run it: a process, standard input, an exit code."""

import json
import os
import select
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from amends.cli import main
from tests.support.message_samples import sample

LOST = {
    "event": "lost",
    "extent": "total",
    "item_kind": "express",
    "carrier": "sf",
    "origin_country": "CN",
    "destination_country": "CN",
    "account": "walk_in",
    "terms_prompted": True,
    "actual_value": {"amount": "500.00", "currency": "CNY"},
    "value_proven": True,
    "postage": {"amount": "18.00", "currency": "CNY"},
    "payout_currency": "CNY",
}


def amends(*arguments: str, told: str) -> tuple[int, Sequence[dict[str, object]], str]:
    """Exit code, the documents on standard output, the text on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "amends.cli", *arguments],
        input=told,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_a_dash_reads_one_number_a_line() -> None:
    code, documents, _ = amends("number", "-", told="RR123456785CN\n\nrr 123456784 cn\nXYZ-998")
    assert code == 0
    assert [one["normalised"] for one in documents] == ["RR123456785CN", "RR123456784CN", "XYZ998"]
    assert [one["valid"] for one in documents] == [True, False, None]


def test_a_dash_reads_one_document_of_facts_a_line() -> None:
    dearer = {**LOST, "account": "monthly"}
    code, documents, _ = amends("quote", "-", told=f"{json.dumps(LOST)}\n\n{json.dumps(dearer)}")
    assert code == 0
    assert [one["total"] for one in documents] == [
        {"amount": "144.00", "currency": "CNY"},
        {"amount": "180.00", "currency": "CNY"},
    ]


def test_a_dash_reads_one_document_of_many_lines_too() -> None:
    code, documents, _ = amends("quote", "-", told=json.dumps(LOST, indent=2))
    assert (code, len(documents)) == (0, 1)


def test_no_facts_at_all_are_refused() -> None:
    code, _, complaint = amends("quote", "-", told="")
    assert (code, complaint.startswith("amends: bad_facts: ")) == (2, True)


@pytest.mark.parametrize("broken", ['{"event": 7}', "no json", '{"event": NaN}'])
def test_a_bad_line_is_answered_in_its_place_and_the_others_as_well(broken: str) -> None:
    whole = json.dumps(LOST)
    code, documents, complaint = amends("quote", "-", told=f"{whole}\n{broken}\n{whole}\n")
    assert code == 2
    assert documents[0] == documents[2]
    assert documents[1]["error"]
    assert complaint.startswith("amends: bad_facts: ")


@pytest.mark.parametrize(
    "broken", [b"", b"\xff\xfe{", b"[" * 100_000, b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[]"]
)
@pytest.mark.parametrize("command", [["settings"], ["message", "thanks"], ["quote"]])
def test_a_broken_file_ends_with_2_and_one_clear_line(
    command: list[str], broken: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "given.json"
    given.write_bytes(broken)

    assert main([*command, str(given)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("amends: bad_")


@pytest.mark.parametrize(
    ("body", "code", "complaint"),
    [
        (b"", 2, "malformed"),
        (b"# Amends", 2, "malformed"),
        (b"<html>502 Bad Gateway</html>", 0, "unavailable"),
        (b'{"message": "Forbidden"}', 0, "unavailable"),
    ],
)
def test_a_payload_that_is_none_prints_its_reading_and_ends_with_2(
    body: bytes, code: int, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tmp_path / "answer"
    given.write_bytes(body)

    assert main(["track", "parse", "--channel", "upu", str(given)]) == code
    told = capsys.readouterr()
    (reading,) = json.loads(told.out)["readings"]
    assert reading["error"] == complaint
    assert told.err.startswith("amends: malformed: ") is (code == 2)


def test_a_message_is_shown_as_its_reader_would_get_it_and_a_wrong_zone_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    values, given = sample("offer", "en"), tmp_path / "values.json"
    given.write_text(json.dumps(values), "utf-8")
    assert main(["message", "offer", str(given)]) == 0
    assert "GMT+08:00" in json.loads(capsys.readouterr().out)["text"]

    given.write_text(json.dumps({**values, "time_zone": "No/Where"}), "utf-8")
    assert main(["message", "offer", str(given)]) == 2


@pytest.mark.parametrize("described", ["", '{"endpoint_url": "http://127.0.0.1:9"}'])
def test_a_stack_that_is_not_there_is_said_to_be_so(
    described: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AMENDS_HOME", str(tmp_path))
    (tmp_path / "local.json").write_text(described)

    assert main(["case", "list"]) == 2
    assert capsys.readouterr().err.startswith("amends: no_stack: ")


def test_answers_are_utf_8_whatever_the_terminal_speaks() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "amends.cli", "number", "RR\udc80"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["normalised"] == "RR\udc80"


def test_an_answer_is_there_before_the_next_question() -> None:
    command = [sys.executable, "-m", "amends.cli", "number", "-"]
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=usual
    ) as done:
        assert done.stdin is not None
        assert done.stdout is not None
        done.stdin.write(b"RR123456785CN\n")
        done.stdin.flush()
        assert select.select([done.stdout], [], [], 20)[0]
        done.stdin.close()
        assert json.loads(done.stdout.read())["valid"] is True


def test_whoever_reads_the_first_line_only_hears_no_complaint() -> None:
    command = [sys.executable, "-m", "amends.cli", "number", *["RR123456785CN"] * 3000]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        assert done.stdout.readline().startswith(b"{")
        done.stdout.close()
        assert (done.stderr.read(), done.wait()) == (b"", 0)
