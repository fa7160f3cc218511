"""Which requirements the tests of a run prove; an id that the catalogue does not have is an error.

A run of the whole suite leaves `.amends/requirements.json`; `--requirements=PATH` asks any run
for it. Workers hand the ids to the controller inside their reports.
"""

import json
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tools.requirements_report import RESULT, catalogue

PROPERTY = "requirement"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--requirements", type=Path, help="write which requirements were proved")


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    wanted: Path | None = config.getoption("--requirements")
    path = wanted or (RESULT if _is_whole(config) else None)
    if path is not None and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Proofs(path), "requirement-proofs")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    known = catalogue()
    for item in items:
        marks = list(item.iter_markers("requirement"))
        ids = {id_ for mark in marks for id_ in mark.args}
        unknown = sorted(ids - known.keys())
        if unknown:
            raise pytest.UsageError(f"{item.nodeid}: no requirement is called {', '.join(unknown)}")
        deployed = item.get_closest_marker("stack") is not None
        item.user_properties += [(PROPERTY, (id_, deployed)) for id_ in sorted(ids)]


class Proofs:
    """Collects the outcomes of marked tests and writes them at the end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.passed = 0
        self.requirements: dict[str, dict[str, Any]] = defaultdict(
            lambda: {"passed": [], "failed": [], "deployed": False}
        )

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not (report.failed or (report.passed and report.when == "call")):
            return
        self.passed += report.passed
        for name, value in report.user_properties:
            if name == PROPERTY and isinstance(value, list | tuple):
                id_, deployed = value
                found = self.requirements[id_]
                found["passed" if report.passed else "failed"].append(report.nodeid)
                found["deployed"] |= deployed and report.passed

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.config.option.collectonly:
            return
        document = {
            "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "passed": self.passed,
            "requirements": dict(sorted(self.requirements.items())),
        }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(document, indent=1) + "\n")


def _is_whole(config: pytest.Config) -> bool:
    option = config.option
    narrowed = (
        option.keyword
        or option.markexpr
        or getattr(option, "lf", False)
        or option.deselect
        or option.ignore
    )
    return not narrowed and config.args_source is pytest.Config.ArgsSource.TESTPATHS
