"""Papers on the deployed stack: the typesetter, its font and its permissions are there."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.support.cloud import outcome
from tests.support.intake_world import report_body

pytestmark = pytest.mark.stack


@pytest.mark.parametrize("paper", ["dossier", "documents/claim_form", "documents/cover_letter"])
def test_a_claimant_prints_their_case(stack: Mapping[str, Any], paper: str) -> None:
    case = outcome(stack, "POST", "/v1/cases", body=report_body()).json()

    told = outcome(
        stack,
        "GET",
        f"/v1/cases/{case['id']}/{paper}",
        bearer=case["token"],
        headers={"Accept-Language": "zh-CN"},
    )

    assert told.status == 200, told.body[:300]
    assert told.headers["content-type"] == "application/pdf"
    assert told.body.startswith(b"%PDF-")
