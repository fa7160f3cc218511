"""What the services ask of the place where files lie."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What lies under a key: size, hex SHA-256 and first 4 KB of one version."""

    size: int
    sha256: str
    head: bytes
    version: str | None


class Evidence(Protocol):
    """Files of a case."""

    def grant_upload(self, key: str, *, content_type: str, size: int) -> Mapping[str, object]:
        """A presigned POST (`url`, `fields`) of exactly so many bytes, expiring in 15 minutes."""
        ...

    def examine(self, key: str) -> Arrived | None:
        """Read all that lies there, or None when nothing does."""
        ...

    def keep(self, key: str, version: str | None, kept: str) -> None:
        """Copy one version to where only we write; again is harmless."""
        ...

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Store what came another way than through an upload."""
        ...

    def link(self, key: str, *, content_type: str) -> str:
        """A link to read it, short-lived; a browser saves the file and never runs it."""
        ...
