"""What counts as covered, and that no test proves a requirement that nobody asked for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.requirements_report import ROOT, catalogue, main, report

TESTS = """
import pytest

@pytest.mark.requirement("000-5", "000-6")
def test_one():
    pass

@pytest.mark.requirement("000-6")
def test_two():
    assert False

@pytest.mark.stack
@pytest.mark.requirement("000-7")
def test_three():
    pass
"""


def run(folder: Path, tests: str, *options: str) -> "subprocess.CompletedProcess[str]":
    """The plug-in alone, in a process of its own."""
    (folder / "test_marked.py").write_text(tests)
    (folder / "pytest.ini").write_text("[pytest]\nmarkers =\n  requirement\n  stack\n")
    plugins = ("-p", "xdist", "-p", "tests.support.requirements")
    command = [sys.executable, "-m", "pytest", "-q", *plugins]
    return subprocess.run(
        [*command, "--rootdir", str(folder), "-c", str(folder / "pytest.ini"), *options, "."],
        cwd=folder,
        env={
            "PYTHONPATH": str(ROOT),
            "PATH": "/usr/bin:/bin",
            "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_catalogue_has_140_requirements() -> None:
    assert len(catalogue()) == 140


@pytest.mark.parametrize("workers", ["-n1", "-n0"])
def test_what_passed_is_covered_and_what_failed_as_well_is_not(
    tmp_path: Path, workers: str
) -> None:
    result = tmp_path / "result.json"
    run(tmp_path, TESTS, f"--requirements={result}", workers)

    lines = report(catalogue(), json.loads(result.read_text()))

    assert lines[:3] == [
        "covered 2 of 140",
        "of these 1 by a test of the deployed system",
        "failing: 000-6",
    ]
    assert any(line.startswith("  000-6 ") for line in lines)
    assert not any(line.startswith("  000-5 ") for line in lines)


def test_an_id_that_the_catalogue_does_not_have_fails_the_collection(tmp_path: Path) -> None:
    done = run(tmp_path, TESTS.replace("000-7", "999-1"))

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no requirement is called 999-1" in done.stdout + done.stderr


def test_before_any_run_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "requirements.json")]) == 1
    assert "make test" in capsys.readouterr().err
