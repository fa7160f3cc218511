"""What a way to send a file holds its sender to."""

import json
from base64 import b64decode, b64encode
from hashlib import sha256

import boto3

from amends.adapters.evidence import S3Evidence


def test_the_bucket_takes_that_file_only_and_has_the_checksum_that_a_lock_asks_for() -> None:
    client = boto3.client(
        "s3", region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b"
    )
    digest = sha256(b"a photo")

    granted = S3Evidence(client, bucket="files").grant_upload(
        "arriving/x", content_type="image/png", size=7, digest=digest.hexdigest()
    )

    fields = granted["fields"]
    assert isinstance(fields, dict)
    assert fields["x-amz-checksum-sha256"] == b64encode(digest.digest()).decode()
    conditions = json.loads(b64decode(fields["policy"]))["conditions"]
    assert ["content-length-range", 7, 7] in conditions
    for name in ("Content-Type", "x-amz-checksum-algorithm", "x-amz-checksum-sha256"):
        assert {name: fields[name]} in conditions
