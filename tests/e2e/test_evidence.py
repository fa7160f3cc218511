"""Evidence on the deployed stack: the bucket's own grant, its own notice, its own copy."""

import urllib.error
import urllib.request
from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest

from tests.support.cloud import outcome
from tests.support.intake_world import PDF, report_body
from tools.local.waiting import until

pytestmark = pytest.mark.stack


@pytest.fixture
def reported(stack: Mapping[str, Any]) -> tuple[str, str]:
    """A case of the stack, and its token."""
    told = outcome(stack, "POST", "/v1/cases", body=report_body())
    assert told.status == 201, told.body
    return told.json()["id"], told.json()["token"]


def announce(stack: Mapping[str, Any], case: tuple[str, str], content: bytes) -> Any:
    body = {
        "kind": "value_proof",
        "file_name": "invoice.pdf",
        "content_type": "application/pdf",
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    told = outcome(stack, "POST", f"/v1/cases/{case[0]}/evidence", body=body, bearer=case[1])
    assert told.status == 201, told.body
    return told.json()


def post_file(grant: Mapping[str, Any], content: bytes, **changed: str) -> int:
    """What a browser's form does with a grant."""
    edge = uuid4().hex
    parts = b"".join(
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {**grant["fields"], **changed}.items()
    )
    file = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n'
    request = urllib.request.Request(
        grant["url"],
        data=parts + file.encode() + content + f"\r\n--{edge}--\r\n".encode(),
        headers={"Content-Type": f"multipart/form-data; boundary={edge}"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def line(stack: Mapping[str, Any], case: tuple[str, str]) -> Any:
    told = outcome(stack, "GET", f"/v1/cases/{case[0]}/evidence", bearer=case[1])
    return next(one for one in told.json()["data"] if one["kind"] == "value_proof")


def test_a_file_goes_to_the_bucket_is_looked_at_and_can_be_read(
    stack: Mapping[str, Any], reported: tuple[str, str]
) -> None:
    granted = announce(stack, reported, PDF)

    assert post_file(granted["upload"], PDF) in (200, 201, 204)

    def received() -> Any | None:
        now = line(stack, reported)
        return now if now["status"] == "received" else None

    (file,) = until(received, within=180)["files"]
    with urllib.request.urlopen(file["link"], timeout=120) as answer:
        assert answer.read() == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_grant_is_for_this_size_and_this_type_only(
    stack: Mapping[str, Any], reported: tuple[str, str]
) -> None:
    grant = announce(stack, reported, PDF)["upload"]

    assert post_file(grant, PDF + b"more") in (400, 403)
    assert post_file(grant, PDF, **{"Content-Type": "text/html"}) in (400, 403)
    assert post_file(grant, PDF, key=grant["fields"]["key"].replace("arriving", "evidence")) in (
        400,
        403,
    )
    assert line(stack, reported)["status"] == "expected"


def test_another_content_of_the_same_size_is_refused_when_it_arrives(
    stack: Mapping[str, Any], reported: tuple[str, str]
) -> None:
    granted = announce(stack, reported, PDF)

    assert post_file(granted["upload"], PDF[:-1] + b"\r") in (200, 201, 204)

    def refused() -> Any | None:
        now = line(stack, reported)
        return now if now["status"] == "refused" else None

    (file,) = until(refused, within=180)["files"]
    assert (file["reason"], file["link"]) == ("hash", None)
