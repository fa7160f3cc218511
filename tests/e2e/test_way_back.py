"""The way back into a case on the deployed stack: a link by mail, once, for a new token."""

import re
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

import pytest

from tests.e2e.test_people import first_mail, report
from tests.support.cloud import outcome

pytestmark = pytest.mark.stack


def test_who_lost_the_token_gets_in_by_a_link_to_the_contact_on_file(
    stack: Mapping[str, Any],
) -> None:
    address = f"{uuid4().hex}@example.org"
    case = report(stack, name="李娜", email=address)
    path = f"/v1/cases/{case['id']}"
    for contact in (f"not-{address}", address):
        asked = {"reference": case["id"], "contact": contact}
        answer = outcome(stack, "POST", "/v1/magic-links", body=asked)
        assert (answer.status, answer.json()) == (202, {"accepted": True})
    told = first_mail(stack, address, "入口链接")["BodyText"]
    (link,) = re.findall(r"link=([0-9a-f]{64})", told)

    entered = outcome(stack, "POST", f"{path}/token", body={"link": link})
    again = outcome(stack, "POST", f"{path}/token", body={"link": link})

    assert entered.status == 201, entered.body
    assert (again.status, again.json()["code"]) == (401, "link_not_valid")
    assert outcome(stack, "GET", path, bearer=entered.json()["token"]).status == 200
    assert outcome(stack, "GET", path, bearer=case["token"]).status == 404
