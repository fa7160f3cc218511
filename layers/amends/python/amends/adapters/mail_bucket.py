"""Mail as the receiving service left it: whole messages in a bucket."""

from typing import TYPE_CHECKING

from amends.domain.people.inbound import LARGEST_BYTES

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


class S3Mail:
    """Messages in one bucket."""

    def __init__(self, client: "S3Client", *, bucket: str) -> None:
        self._client = client
        self._bucket = bucket

    def read(self, key: str) -> bytes:
        """One message; of one beyond what is accepted, a byte more than that."""
        answer = self._client.get_object(Bucket=self._bucket, Key=key)
        return answer["Body"].read(LARGEST_BYTES + 1)
