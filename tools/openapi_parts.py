"""Parts of the OpenAPI document that every operation shares: proofs, tags, headers, parameters."""

from collections.abc import Mapping
from typing import Any

from amends.web.contract import Caller
from tools.openapi_schemas import Schema

OPEN = {Caller.ANYONE, Caller.ANYONE_OR_MERCHANT, Caller.SIGNATURE}
MERCHANT_SCOPES = {
    Caller.MERCHANT_CASES: "amends/cases",
    Caller.MERCHANT_SHIPMENTS: "amends/shipments",
    Caller.MERCHANT_WEBHOOKS: "amends/webhooks",
}
BY_JWT = {
    Caller.ANYONE_OR_MERCHANT,
    Caller.CLAIMANT_OR_MERCHANT,
    Caller.STAFF,
    *MERCHANT_SCOPES,
}
"""Who may show a token of the user pool, which may speak for too little or be past proving now."""
SECURITY: Mapping[Caller, list[dict[str, list[str]]]] = {
    Caller.ANYONE: [],
    Caller.ANYONE_OR_MERCHANT: [{}, {"merchant": ["amends/cases"]}],
    Caller.CLAIMANT: [{"caseToken": []}],
    Caller.CLAIMANT_OR_MERCHANT: [{"caseToken": []}, {"merchant": ["amends/cases"]}],
    Caller.STAFF: [{"staff": []}],
    Caller.TASK_LINK: [{"taskLink": []}],
    Caller.SIGNATURE: [{"channelSignature": []}],
    **{caller: [{"merchant": [scope]}] for caller, scope in MERCHANT_SCOPES.items()},
}
TAGS = {
    "cases": "Reports and what becomes of them, for claimants and merchants.",
    "tracking": "Numbers, watched shipments, pushes of channels.",
    "compensation": "What would be owed.",
    "staff": "Everything for staff.",
    "tasks": "One task, opened by its link.",
    "webhooks": "Events for merchants.",
    "about": "The API itself.",
}
TAG_OF = {
    "shipments": "tracking",
    "preflight": "tracking",
    "events": "webhooks",
    "openapi.json": "about",
}


def _header(says: str, schema: Schema) -> dict[str, Any]:
    return {"description": says, "required": False, "schema": schema}


HEADER_OF = {
    "X-Request-Id": "RequestId",
    "ETag": "ETag",
    "Location": "Location",
    "Idempotency-Replayed": "IdempotencyReplayed",
}
TEXT: Schema = {"type": "string"}
HEADERS = {
    "RequestId": _header("The number to quote when asking about this request.", TEXT),
    "ETag": _header("The version that was answered; honoured in If-Match.", TEXT),
    "Location": _header("Where the new resource is.", TEXT),
    "IdempotencyReplayed": _header(
        "`true` when this is the first answer again.", {"type": "string", "const": "true"}
    ),
    "RetryAfter": _header("Seconds to wait.", {"type": "integer", "minimum": 0}),
}
KEY: Schema = {"type": "string", "minLength": 1, "maxLength": 255}


def _key(*, required: bool) -> dict[str, Any]:
    return {
        "name": "Idempotency-Key",
        "in": "header",
        "required": required,
        "description": "The same key and body get the first answer again, for at least 24 hours.",
        "schema": KEY,
    }


PARAMETERS: dict[str, dict[str, Any]] = {
    "IdempotencyKey": _key(required=False),
    "IdempotencyKeyRequired": _key(required=True),
    "IfMatch": {
        "name": "If-Match",
        "in": "header",
        "description": "The ETag that was read: the write is refused when it has changed since.",
        "schema": {"type": "string"},
    },
    "AcceptLanguage": {
        "name": "Accept-Language",
        "in": "header",
        "description": "The language of texts for people: `en` or `zh-CN`.",
        "schema": {"type": "string"},
    },
}


def _bearer(says: str, form: str) -> dict[str, str]:
    return {"type": "http", "scheme": "bearer", "bearerFormat": form, "description": says}


SCHEMES: dict[str, dict[str, Any]] = {
    "caseToken": _bearer("The token that the report was answered with: opens one case.", "opaque"),
    "merchant": _bearer(
        "An access token by client credentials; scopes `amends/cases`, `amends/shipments`, "
        "`amends/webhooks`.",
        "JWT",
    ),
    "staff": _bearer(
        "A staff member's access or id token; their groups decide what they may do.",
        "JWT",
    ),
    "taskLink": _bearer("The token of one task's link: opens that task.", "opaque"),
    "channelSignature": {
        "type": "apiKey",
        "in": "header",
        "name": "sign",
        "description": "The channel's own signature of the raw body, in the channel's own header.",
    },
}
