"""Bad input: each gets a problem with its code, none is our fault, and nothing is stored."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from amends.domain.case.events import InformationRequested, TokenIssued
from amends.domain.occasion import Occasion
from amends.service.amend import amend
from amends.service.intake.reporting import hash_of
from tests.support.intake_world import NOW, PDF, Intake, Told, report_body

ELEVEN_MEGABYTES = 11 * 1024 * 1024
JSON = {"content-type": "application/json"}
FORGED = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiIsImNvZ25pdG86Z3JvdXBzIjoiYWRtaW4ifQ."


@dataclass
class Desk:
    """An intake with one case that waits for an answer, and what a stranger could hold."""

    intake: Intake = field(default_factory=Intake)

    def __post_init__(self) -> None:
        self.case_id, self.token = self.intake.report()
        asked = InformationRequested(
            items=("shipment.weight_grams",), due_at=NOW + timedelta(days=14)
        )
        occasion = Occasion(at=NOW, by="test", because="test")
        amend(self.intake.cases, self.case_id, occasion, lambda _: [asked])

    def bodies(self) -> Mapping[str, dict[str, Any]]:
        """Each path that takes a body, with a good one."""
        case = f"/v1/cases/{self.case_id}"
        return {
            "/v1/cases": report_body(),
            f"{case}/evidence": {
                "kind": "other",
                "file_name": "a.pdf",
                "content_type": "application/pdf",
                "size": len(PDF),
                "sha256": "a" * 64,
            },
            f"{case}/information": {"shipment": {"weight_grams": 480}},
            f"{case}/withdraw": {"reason": "found it"},
        }

    def stored(self) -> object:
        """Everything that a request could have left behind."""
        intake = self.intake
        return (
            {case: list(records) for case, records in intake.cases._histories.items()},
            dict(intake.contacts._parts),
            {key: list(versions) for key, versions in intake.files.files.items()},
            dict(intake.keys._rows),
            list(intake.watched),
        )


@pytest.fixture
def desk() -> Desk:
    return Desk()


def refused(desk: Desk, told: Told, status: int, code: str) -> None:
    """It is a problem of this code, and tells nothing of us."""
    assert (told.status, told.body["code"]) == (status, code), told.body
    assert told.headers["content-type"] == "application/problem+json"
    assert told.body["status"] == status
    assert told.body["request_id"]
    assert told.body["title"]
    assert told.body["detail"]
    words = json.dumps(told.body).lower()
    assert not [leak for leak in ("traceback", "table", ".py", "dynamo", "li lei") if leak in words]


Fault = Callable[[dict[str, Any]], Mapping[str, Any]]
FAULTS: Mapping[str, tuple[Fault, int, str]] = {
    "an unknown field": (lambda good: {"body": good | {"surprise": 1}}, 422, "invalid"),
    "a wrong type": (lambda good: {"body": dict.fromkeys(good, 7.5)}, 422, "invalid"),
    "a list": (lambda good: {"body": [good]}, 422, "invalid"),
    "a string": (lambda good: {"body": json.dumps(good)}, 422, "invalid"),
    "null": (lambda _: {"raw": "null", "headers": JSON}, 422, "invalid"),
    "an empty body": (lambda _: {"raw": "", "headers": JSON}, 400, "bad_json"),
    "broken JSON": (
        lambda good: {"raw": json.dumps(good)[:-1], "headers": JSON},
        400,
        "bad_json",
    ),
    "not a number": (lambda _: {"raw": '{"a": NaN}', "headers": JSON}, 400, "bad_json"),
    "a key twice": (lambda _: {"raw": '{"a": 1, "a": 2}', "headers": JSON}, 400, "bad_json"),
    "a deep nest": (lambda _: {"raw": "[" * 100_000, "headers": JSON}, 400, "bad_json"),
    "a lone surrogate": (
        lambda good: {"raw": json.dumps(good | {"\ud800": "\ud800"}), "headers": JSON},
        422,
        "invalid",
    ),
    "a form": (
        lambda _: {"raw": "a=1", "headers": {"content-type": "application/x-www-form-urlencoded"}},
        415,
        "unsupported_media_type",
    ),
    "no content type": (lambda good: {"raw": json.dumps(good)}, 415, "unsupported_media_type"),
    "eleven megabytes": (
        lambda _: {"raw": '"' + "x" * ELEVEN_MEGABYTES + '"', "headers": JSON},
        413,
        "too_large",
    ),
}


@pytest.mark.parametrize("place", range(4))
@pytest.mark.parametrize("fault", FAULTS)
def test_a_bad_body_is_refused_and_leaves_nothing_behind(
    desk: Desk, fault: str, place: int
) -> None:
    make, status, code = FAULTS[fault]
    path, good = list(desk.bodies().items())[place]
    before = desk.stored()

    request = dict(make(good))
    headers = {**request.pop("headers", {}), "idempotency-key": "a-bad-one"}
    told = desk.intake.call("POST", path, token=desk.token, headers=headers, **request)

    refused(desk, told, status, code)
    assert desk.stored() == before
    headers["idempotency-key"] = "a-good-one"
    assert desk.intake.call("POST", path, good, token=desk.token).status in (200, 201), "good stays"


def test_every_wrong_field_is_named_at_once(desk: Desk) -> None:
    body = report_body(
        incident={"kind": "eaten", "noticed_at": "2026-11-20T08:00:00"},
        shipment={"tracking_number": "x", "weight_grams": "heavy", "postage": {"amount": 1}},
    )

    told = desk.intake.call("POST", "/v1/cases", body)

    refused(desk, told, 422, "invalid")
    assert {error["field"] for error in told.body["errors"]} == {
        "incident.kind",
        "incident.noticed_at",
        "shipment.tracking_number",
        "shipment.weight_grams",
        "shipment.postage.amount",
        "shipment.postage.currency",
    }


@pytest.mark.parametrize("path", ["", "/timeline", "/evidence"])
def test_a_case_that_is_not_yours_is_not_there(desk: Desk, path: str) -> None:
    other_id, other_token = desk.intake.report(reporter={"role": "addressee", "name": "Erika"})
    unknown = f"case_{'0' * 26}"

    for case_id in (other_id, unknown):
        told = desk.intake.call("GET", f"/v1/cases/{case_id}{path}", token=desk.token)
        refused(desk, told, 404, "not_found")
    assert desk.intake.call("GET", f"/v1/cases/{other_id}{path}", token=other_token).status == 200
    for token in (None, FORGED):
        told = desk.intake.call("GET", f"/v1/cases/{other_id}{path}", token=token)
        refused(desk, told, 401, "unauthenticated")


@pytest.mark.parametrize("place", range(1, 4))
@pytest.mark.parametrize("token", ["0" * 64, FORGED, "", "ü", "x" * 10_000])
def test_nobody_writes_with_a_proof_that_does_not_hold(desk: Desk, token: str, place: int) -> None:
    path, good = list(desk.bodies().items())[place]
    before = desk.stored()

    told = desk.intake.call("POST", path, good, headers={"authorization": f"Bearer {token}"})

    refused(
        desk, told, *((401, "unauthenticated") if token in ("", FORGED) else (404, "not_found"))
    )
    assert desk.stored() == before


def test_a_token_that_was_replaced_has_expired(desk: Desk) -> None:
    occasion = Occasion(at=NOW, by="test", because="test")
    amend(
        desk.intake.cases,
        desk.case_id,
        occasion,
        lambda _: [TokenIssued(token_hash=hash_of("a new one"))],
    )

    old = desk.intake.call("GET", f"/v1/cases/{desk.case_id}", token=desk.token)

    refused(desk, old, 404, "not_found")
    assert desk.intake.call("GET", f"/v1/cases/{desk.case_id}", token="a new one").status == 200


@pytest.mark.parametrize("place", range(4))
def test_a_replayed_key_with_another_body_is_refused(desk: Desk, place: int) -> None:
    path, good = list(desk.bodies().items())[place]
    headers = {"idempotency-key": "once"}
    first = desk.intake.call("POST", path, good, token=desk.token, headers=headers)
    assert first.status in (200, 201)
    before = desk.stored()

    other = {**good, "surprise": 1}
    told = desk.intake.call("POST", path, other, token=desk.token, headers=headers)

    refused(desk, told, 422, "idempotency_key_reused")
    assert desk.stored() == before
    again = desk.intake.call("POST", path, good, token=desk.token, headers=headers)
    assert (again.status, again.body) == (first.status, first.body)
    assert again.headers["idempotency-replayed"] == "true"


def test_a_key_is_never_too_long(desk: Desk) -> None:
    before = desk.stored()
    headers = {"idempotency-key": "k" * 256}

    told = desk.intake.call("POST", "/v1/cases", report_body(), headers=headers)

    refused(desk, told, 422, "invalid")
    assert desk.stored() == before


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/v1/nothing", 404, "not_found"),
        ("GET", "/v1/cases/a/b/c/d", 404, "not_found"),
        ("DELETE", "/v1/cases", 405, "method_not_allowed"),
        ("PUT", "/v1/cases/case_x/evidence", 405, "method_not_allowed"),
        ("GET", "/v1/cases/../../etc/passwd", 404, "not_found"),
    ],
)
def test_a_path_or_verb_that_is_not_there_is_a_problem_too(
    desk: Desk, method: str, path: str, status: int, code: str
) -> None:
    refused(desk, desk.intake.call(method, path, token=desk.token), status, code)


def test_a_write_on_a_version_that_has_moved_on_is_refused(desk: Desk) -> None:
    path, good = list(desk.bodies().items())[2]
    before = desk.stored()

    told = desk.intake.call("POST", path, good, token=desk.token, headers={"if-match": '"1"'})

    refused(desk, told, 412, "precondition_failed")
    assert desk.stored() == before
