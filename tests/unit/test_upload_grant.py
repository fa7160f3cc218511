"""What a way to send a file holds its sender to."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256

import pytest

from amends.adapters.aws import client
from amends.adapters.evidence import S3Evidence


@pytest.fixture(autouse=True)
def _in_a_region_of_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-central-1")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "a")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "b")


def test_a_file_goes_to_the_buckets_own_region_under_a_signature_that_it_takes() -> None:
    files = S3Evidence(client("s3"), bucket="files")
    granted = files.grant_upload("arriving/x", content_type="image/png", size=7, digest="00" * 32)

    assert granted["url"] == "https://files.s3.eu-central-1.amazonaws.com/"
    link = files.link("evidence/x", content_type="image/png")
    assert link.startswith(f"{granted['url']}evidence/x?")
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in link


def test_the_bucket_takes_that_file_only_and_has_the_checksum_that_a_lock_asks_for() -> None:
    digest = sha256(b"a photo")

    granted = S3Evidence(client("s3"), bucket="files").grant_upload(
        "arriving/x", content_type="image/png", size=7, digest=digest.hexdigest()
    )

    fields = granted["fields"]
    assert isinstance(fields, dict)
    assert fields["x-amz-checksum-sha256"] == b64encode(digest.digest()).decode()
    conditions = json.loads(b64decode(fields["policy"]))["conditions"]
    assert ["content-length-range", 7, 7] in conditions
    for name in ("Content-Type", "x-amz-checksum-algorithm", "x-amz-checksum-sha256"):
        assert {name: fields[name]} in conditions
