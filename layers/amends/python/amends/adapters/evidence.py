"""Evidence on S3: what arrives by presigned POST, and what is kept apart from it."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import TYPE_CHECKING

from amends.domain.case.file_type import SEEN
from amends.ports import Arrived

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

GRANTED_FOR = 15 * 60
READABLE_FOR = 5 * 60
CHUNK = 1024 * 1024


class S3Evidence:
    """Files in one bucket."""

    def __init__(self, client: "S3Client", *, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def grant_upload(
        self, key: str, *, content_type: str, size: int, digest: str
    ) -> Mapping[str, object]:
        """A presigned POST that the bucket itself holds to type, size and hash.

        A bucket that locks what it is given takes nothing without a checksum.
        """
        fields = {
            "Content-Type": content_type,
            "x-amz-checksum-algorithm": "SHA256",
            "x-amz-checksum-sha256": b64encode(bytes.fromhex(digest)).decode(),
        }
        conditions = [{name: value} for name, value in fields.items()]
        granted = self._client.generate_presigned_post(
            self._bucket,
            key,
            Fields=fields,
            Conditions=[*conditions, ["content-length-range", size, size]],
            ExpiresIn=GRANTED_FOR,
        )
        return {"url": granted["url"], "fields": granted["fields"]}

    def examine(self, key: str) -> Arrived | None:
        """Read it once, in pieces: size, hash and beginning."""
        try:
            answer = self._client.get_object(Bucket=self._bucket, Key=key)
        except self._client.exceptions.NoSuchKey:
            return None
        digest, size, head = sha256(), 0, b""
        for chunk in answer["Body"].iter_chunks(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            head = (head + chunk)[:SEEN] if len(head) < SEEN else head
        return Arrived(
            size=size, sha256=digest.hexdigest(), head=head, version=answer.get("VersionId")
        )

    def read(self, key: str, version: str | None) -> bytes:
        """The whole of one version."""
        if version is None:
            return self._client.get_object(Bucket=self._bucket, Key=key)["Body"].read()
        answer = self._client.get_object(Bucket=self._bucket, Key=key, VersionId=version)
        return answer["Body"].read()

    def keep(self, key: str, version: str | None, kept: str) -> None:
        """Copy within the bucket; the copy's own versions are written by nobody else."""
        source = f"{self._bucket}/{key}" + (f"?versionId={version}" if version else "")
        self._client.copy_object(Bucket=self._bucket, Key=kept, CopySource=source)

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Store what came with a mail or from staff."""
        self._client.put_object(
            Bucket=self._bucket,
            Key=key,
            Body=content,
            ContentType=content_type,
            ChecksumAlgorithm="SHA256",
        )

    def names(self, prefix: str) -> Sequence[str]:
        """Keys that begin so, at most a thousand."""
        answer = self._client.list_objects_v2(Bucket=self._bucket, Prefix=prefix)
        return [found["Key"] for found in answer.get("Contents", [])]

    def link(self, key: str, *, content_type: str) -> str:
        """A link of five minutes that downloads under the type that was checked."""
        name = key.rpartition("/")[2]
        return self._client.generate_presigned_url(
            "get_object",
            Params={
                "Bucket": self._bucket,
                "Key": key,
                "ResponseContentType": content_type,
                "ResponseContentDisposition": f'attachment; filename="{name}"',
            },
            ExpiresIn=READABLE_FOR,
        )
