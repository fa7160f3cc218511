"""The intake on a desk of memory: the real router, stores that keep the ports' promises."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from io import BytesIO
from random import Random
from typing import Any

from PIL import Image
from pypdf import PdfWriter

from amends.adapters.inspecting import Inspector
from amends.domain.case.case import Case
from amends.domain.case.file_type import SEEN
from amends.domain.occasion import Occasion
from amends.ports import Arrived
from amends.ports import Inspector as Inspect
from amends.service.intake import vault
from amends.service.intake.evidence import arrive
from amends.web.router import Router
from report_intake import evidence, reading, reporting, shipments, taking, writing
from report_intake.desk import Desk
from tests.support.arriving import request_of
from tests.support.fake_idempotency import MemoryIdempotency
from tests.support.fakes import MemoryCases, MemoryContacts
from tests.support.proofs import merchant_bearer, prove, staff_bearer
from tests.support.tracking_fakes import MemoryWatches
from tests.support.vault_fakes import MemoryVaults

NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def photo(seed: int = 1, *, size: int = 64) -> bytes:
    """A small picture, taken somewhere with something."""
    noise = Random(seed)  # noqa: S311 - a picture, no secret
    picture = Image.new("RGB", (size, size))
    for _ in range(40):
        left, top = noise.randrange(size), noise.randrange(size)
        shade = (noise.randrange(256), noise.randrange(256), noise.randrange(256))
        picture.paste(shade, (left, top, left + size // 3, top + size // 3))
    exif = Image.Exif()
    exif[0x010F] = "MAKER OF THE CAMERA"
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif, quality=90)
    return out.getvalue()


def document() -> bytes:
    """A PDF of one empty page."""
    writer = PdfWriter()
    writer.add_blank_page(width=200, height=200)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


JPEG, PDF = photo(), document()


class MemoryEvidence:
    """Files in memory; every write is a version of its own, as in the bucket."""

    def __init__(self) -> None:
        self.files: dict[str, list[bytes]] = {}

    def grant_upload(
        self, key: str, *, content_type: str, size: int, digest: str
    ) -> Mapping[str, object]:
        del size, digest
        return {"url": "memory:", "fields": {"key": key, "Content-Type": content_type}}

    def examine(self, key: str) -> Arrived | None:
        if key not in self.files:
            return None
        content, number = self.files[key][-1], len(self.files[key]) - 1
        digest = sha256(content).hexdigest()
        return Arrived(size=len(content), sha256=digest, head=content[:SEEN], version=str(number))

    def read(self, key: str, version: str | None) -> bytes:
        return self.files[key][int(version or -1)]

    def names(self, prefix: str) -> list[str]:
        return sorted(key for key in self.files if key.startswith(prefix))

    def keep(self, key: str, version: str | None, kept: str) -> None:
        content = self.files[key][int(version or -1)]
        self.files.setdefault(kept, []).append(content)

    def put(self, key: str, content: bytes, *, content_type: str) -> None:
        del content_type
        self.files.setdefault(key, []).append(content)

    def link(self, key: str, *, content_type: str) -> str:
        return f"memory:{key}?{content_type}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer of the API, header names as they were sent."""

    status: int
    headers: Mapping[str, str]
    body: Any


@dataclass
class Intake:
    """The intake's router, and everything behind it."""

    now: datetime = NOW
    cases: MemoryCases = field(default_factory=MemoryCases)
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    files: MemoryEvidence = field(default_factory=MemoryEvidence)
    keys: MemoryIdempotency = field(default_factory=MemoryIdempotency)
    watches: MemoryWatches = field(default_factory=MemoryWatches)
    watched: list[str] = field(default_factory=list)
    inspect: Inspect = field(default_factory=Inspector)
    calls: int = 0

    def __post_init__(self) -> None:
        self.vaults = MemoryVaults(lambda: self.now)
        self.desk = Desk(
            cases=lambda: self.cases,
            contacts=lambda: self.contacts,
            idempotency=lambda: self.keys,
            evidence=lambda: self.files,
            occasion=lambda by, because: Occasion(at=self.now, by=by, because=because),
            vaults=lambda: self.vaults,
            watches=self.watches.get,
            watched=lambda number: [w for w in self.watches.rows.values() if w.number == number],
            watch=self._watch,
            token_key=lambda: b"a key for tests",
        )
        parts = (reporting, reading, writing, evidence, shipments, taking)
        endpoints = (each for part in parts for each in part.endpoints(self.desk))
        self.router = Router(*endpoints, prove=prove)

    def call(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        raw: str | None = None,
        groups: str | None = None,
        merchant: str | None = None,
    ) -> Told:
        """One request as the gateway would hand it over."""
        self.calls += 1
        bearer = staff_bearer("anna", *groups.split()) if groups else token
        if merchant is not None:
            bearer = merchant_bearer(merchant, "shipments", "cases")
        event = request_of(
            method,
            path,
            body,
            number=self.calls,
            text=raw,
            bearer=bearer,
            headers=headers,
        )
        answer = self.router(event)
        return Told(
            status=answer["statusCode"],
            headers=answer["headers"],
            body=json.loads(answer["body"]) if answer["body"] else None,
        )

    def report(self, **changes: Any) -> tuple[str, str]:
        """Report over HTTP; the case's id and its token."""
        told = self.call("POST", "/v1/cases", report_body(**changes))
        assert told.status == 201, told.body
        return told.body["id"], told.body["token"]

    def announce(self, case_id: str, token: str, content: bytes, **changes: Any) -> Told:
        """Announce a file over HTTP."""
        body = self.file_body(content, **changes)
        return self.call("POST", f"/v1/cases/{case_id}/evidence", body, token=token)

    def file_body(self, content: bytes, **changes: Any) -> dict[str, Any]:
        """What is announced of a file."""
        return {
            "kind": "value_proof",
            "file_name": "invoice.pdf",
            "content_type": "application/pdf",
            "size": len(content),
            "sha256": sha256(content).hexdigest(),
            **changes,
        }

    def upload(self, granted: Told, content: bytes) -> None:
        """What a client does with a grant, and what the bucket then tells."""
        key = granted.body["upload"]["fields"]["key"]
        self.files.put(key, content, content_type="any")
        self.arrive(key)

    def arrive(self, key: str) -> None:
        """What the queue does with the bucket's notice."""
        occasion = Occasion(at=self.now, by="report_intake", because="s3")
        if vault.is_vaults(key):
            vault.arrive(self.vaults, self.cases, self.files, self.inspect, key, occasion)
        else:
            arrive(self.cases, self.files, self.inspect, key, occasion)

    def carry(self, case_id: str) -> None:
        """What each step of a case does, and so the stream and the sweep."""
        occasion = Occasion(at=self.now, by="claim_settle", because="stream")
        vault.carry_known(self.cases.load(case_id), self.vaults, self.cases, self.files, occasion)

    def checklist(self, case_id: str, token: str, kind: str) -> Any:
        """One line of the checklist."""
        told = self.call("GET", f"/v1/cases/{case_id}/evidence", token=token)
        return next(line for line in told.body["data"] if line["kind"] == kind)

    def types(self, case_id: str) -> list[str]:
        """The history of a case, by the names of its events."""
        return [type(record.event).__name__ for record in self.cases.history(case_id)]

    def _watch(self, case: Case) -> None:
        self.watched.append(case.report.shipment.tracking_number)


def report_body(**changes: Any) -> dict[str, Any]:
    """A report that says little more than it must."""
    body: dict[str, Any] = {
        "incident": {"kind": "lost", "noticed_at": "2026-11-19T08:00:00Z", "narrative": "Gone."},
        "shipment": {"tracking_number": "RR123456785CN", "carrier": "china_post"},
        "reporter": {"role": "sender", "name": "Li Lei", "email": "li@example.org"},
        "channel": "web",
    }
    return body | changes
