"""What the services ask of the place where files lie."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from amends.domain.case.evidence import Fault
from amends.domain.refusal import Refusal

if TYPE_CHECKING:
    from amends.domain.case.vault import Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """What lies under a key: size, hex SHA-256 and first 4 KB of one version."""

    size: int
    sha256: str
    head: bytes
    version: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """What a look inside found: a fault; or, of a picture, a copy to show and its likeness."""

    fault: Fault | None = None
    view: bytes | None = None
    likeness: str | None = None


class Inspector(Protocol):
    """Looks into a file."""

    def __call__(self, content_type: str, content: bytes) -> Inspected:
        """Look into what is of this type by its first bytes."""
        ...


class Evidence(Protocol):
    """Files of a case."""

    def grant_upload(
        self, key: str, *, content_type: str, size: int, digest: str
    ) -> Mapping[str, object]:
        """A presigned POST (`url`, `fields`) of exactly so many bytes, expiring in 15 minutes."""
        ...

    def examine(self, key: str) -> Arrived | None:
        """Read all that lies there, or None when nothing does."""
        ...

    def read(self, key: str, version: str | None) -> bytes:
        """The whole of one version."""
        ...

    def keep(self, key: str, version: str | None, kept: str) -> None:
        """Copy one version to where only we write; again is harmless."""
        ...

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        """Store what came another way than through an upload."""
        ...

    def names(self, prefix: str) -> Sequence[str]:
        """Keys that begin so, at most a thousand."""
        ...

    def link(self, key: str, *, content_type: str) -> str:
        """A link to read it, short-lived; a browser saves the file and never runs it."""
        ...


class StaleVault(Refusal):
    """The vault changed while we were deciding: decide again."""

    code = "vault_moved_on"
    status = 409


class Vaults(Protocol):
    """What is kept of shipments before there is a case."""

    def get(self, shipment_id: str) -> "Vault | None":
        """One vault, read consistently, without what has ended."""
        ...

    def under(self, number: str) -> Sequence["Vault"]:
        """Vaults of a number, whatever carrier and day, read consistently."""
        ...

    def save(self, vault: "Vault") -> "Vault":
        """Write it, and find it by its number from now on; raises StaleVault when it moved on."""
        ...
