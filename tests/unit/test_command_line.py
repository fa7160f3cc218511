"""The command line as its users run it: a process, standard input, an exit code."""

import json
import subprocess
import sys
from collections.abc import Sequence

import pytest

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


def test_whoever_reads_the_first_line_only_hears_no_complaint() -> None:
    command = [sys.executable, "-m", "amends.cli", "number", *["RR123456785CN"] * 3000]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        assert done.stdout.readline().startswith(b"{")
        done.stdout.close()
        assert (done.stderr.read(), done.wait()) == (b"", 0)
