"""The template as a document, its short intrinsics spelled out, and what SAM makes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]  # has no stubs

from tests.template.reading import Resources

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def template() -> Mapping[str, Any]:
    document: Mapping[str, Any] = load(str(ROOT / "template.yaml"))
    return document


@pytest.fixture(scope="session")
def resources(template: Mapping[str, Any]) -> Resources:
    found: Resources = template["Resources"]
    return found
