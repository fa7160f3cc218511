"""What `make build` leaves for `sam deploy`."""

import shutil
from pathlib import Path

import pytest

from tools.local.build import runtime
from tools.local.places import ROOT
from tools.local.shipping import interpreter, pin
from tools.template_document import template_document


def test_a_built_template_deploys_what_was_built_and_nothing_else(tmp_path: Path) -> None:
    source, built = ROOT / "template.yaml", tmp_path / "template.yaml"
    shutil.copy(source, built)

    pin(built, PyRuntime="python3.12", Arch="x86_64")

    before, after = template_document(source), template_document(built)
    for name, value in {"PyRuntime": "python3.12", "Arch": "x86_64"}.items():
        parameter = after["Parameters"][name]
        assert (parameter["Default"], parameter["AllowedValues"]) == (value, [value])
        before["Parameters"][name] |= {"Default": value, "AllowedValues": [value]}
    assert after == before


def test_a_template_without_the_parameter_is_not_shipped(tmp_path: Path) -> None:
    built = tmp_path / "template.yaml"
    built.write_text("Parameters: {}\n")

    with pytest.raises(SystemExit, match="no parameter Arch"):
        pin(built, Arch="arm64")


def test_a_python_that_is_named_and_does_not_run_is_told_before_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "python3.99"
    shim.write_text("#!/bin/sh\nexit 127\n")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    for asked in ("python3.99", "python3.98"):
        with pytest.raises(SystemExit, match=f"{asked} is not on this machine"):
            interpreter(asked)
    assert interpreter(runtime()).exists()
