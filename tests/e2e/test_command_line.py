"""`amends case …` reads the deployed stack."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from amends.cli import main
from tests.e2e.test_callers import report
from tests.support.cloud import outcome

pytestmark = pytest.mark.stack


def test_a_case_is_shown_listed_and_followed_to_its_end(
    stack: Mapping[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("AMENDS_HOME", str(tmp_path))
    (tmp_path / "local.json").write_text(json.dumps(stack), "utf-8")
    case = report(stack, None)

    def told(*arguments: str) -> list[dict[str, Any]]:
        assert main(["case", *arguments]) == 0
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    shown, *history = told("show", case["id"])
    assert shown["id"] == case["id"]
    assert history[0]["type"] == "CaseOpened"
    path = f"/v1/cases/{case['id']}/withdraw"
    body = {"reason": "it came"}
    assert outcome(stack, "POST", path, body=body, bearer=case["token"]).status == 200
    followed = told("follow", case["id"])
    assert followed[: len(history)] == history
    assert "CaseClosed" in {event["type"] for event in followed}
    for stage in ([], ["--stage", "closed"]):
        assert case["id"] in {one["id"] for one in told("list", *stage)}
    assert case["id"] not in {one["id"] for one in told("list", "--stage", "intake")}
    assert main(["case", "show", f"case_{'0' * 26}"]) == 2
