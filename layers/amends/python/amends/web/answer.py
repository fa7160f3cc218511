"""Answer: what goes back over HTTP."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

NO_HEADERS: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Status, text body and headers with lower-case names; `is_binary` when body is base64."""

    status: int
    body: str
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)
    is_binary: bool = False

    @classmethod
    def of(
        cls, document: object, *, status: int = 200, headers: Mapping[str, str] = NO_HEADERS
    ) -> "Answer":
        """A JSON answer."""
        return cls(
            status=status,
            body=json.dumps(document, ensure_ascii=False, separators=(",", ":")),
            headers={"content-type": "application/json; charset=utf-8", **headers},
        )

    def to_gateway(self, *, request_id: str) -> dict[str, Any]:
        """The form that an HTTP API takes (payload format 2.0)."""
        return {
            "statusCode": self.status,
            "headers": {
                "cache-control": "no-store",
                **self.headers,
                "x-request-id": request_id,
                "x-content-type-options": "nosniff",
            },
            "body": self.body,
            "isBase64Encoded": self.is_binary,
        }
