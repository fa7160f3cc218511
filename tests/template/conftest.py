"""The template as a document, its short intrinsics spelled out, and what SAM makes of it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.template.reading import Resources
from tools.template_document import template_document

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def template() -> Mapping[str, Any]:
    document: Mapping[str, Any] = template_document(ROOT / "template.yaml")
    return document


@pytest.fixture(scope="session")
def resources(template: Mapping[str, Any]) -> Resources:
    found: Resources = template["Resources"]
    return found
