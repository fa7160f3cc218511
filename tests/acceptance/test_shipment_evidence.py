"""A seller keeps proof from the day of shipping; a case that is opened later has it at once."""

from datetime import timedelta
from typing import Any

import pytest

from amends.adapters.locale import BabelFormats
from amends.domain.case.vault import KEPT_FOR
from amends.domain.parcel.shipment import Watch, watch_id, waybill_of
from amends.service.papers.dossier import Told, dossier
from tests.support.intake_world import JPEG, NOW, PDF, Intake, document, photo, report_body
from tests.support.intake_world import Told as Answer

SHOP, OTHER = "shop-a", "shop-b"
SHIPPED = NOW.date() - timedelta(days=20)
SHIPMENT = {
    "tracking_number": "RR123456785CN",
    "carrier": "china_post",
    "shipped_on": SHIPPED.isoformat(),
}
NUMBER = "RR123456785CN"


@pytest.fixture
def intake() -> Intake:
    return Intake()


def watched(intake: Intake, owner: str = SHOP, **changes: Any) -> str:
    """What watching a shipment leaves behind."""
    told = {"carrier": "china_post", "shipped_on": SHIPPED, **changes}
    waybill = waybill_of(NUMBER, told["carrier"], told["shipped_on"])
    one = Watch(
        id=watch_id(owner, waybill),
        owner=owner,
        waybill=waybill,
        number=NUMBER,
        created_at=intake.now,
    )
    intake.watches.put(one)
    return one.id


def announced(intake: Intake, shipment: str, content: bytes = PDF, **more: Any) -> Answer:
    proof = {name: more.pop(name) for name in ("merchant", "groups", "headers") if name in more}
    body = intake.file_body(content, **more)
    area = "/v1/staff" if "groups" in proof else "/v1"
    proof = proof if "groups" in proof else {"merchant": SHOP, **proof}
    return intake.call("POST", f"{area}/shipments/{shipment}/evidence", body, **proof)


def kept(intake: Intake, shipment: str, content: bytes = PDF, **more: Any) -> str:
    granted = announced(intake, shipment, content, **more)
    assert granted.status == 201, granted.body
    intake.upload(granted, content)
    return str(granted.body["id"])


def listed(intake: Intake, shipment: str, **proof: Any) -> Any:
    area = "/v1/staff" if "groups" in proof else "/v1"
    told = intake.call("GET", f"{area}/shipments/{shipment}/evidence", **proof)
    return told.body["data"] if told.status == 200 else told.status


def lines(intake: Intake, case_id: str, **proof: Any) -> dict[str, Any]:
    area = "/v1/staff" if "groups" in proof else "/v1"
    told = intake.call("GET", f"{area}/cases/{case_id}/evidence", **proof)
    return {line["kind"]: line for line in told.body["data"]}


@pytest.mark.requirement("001-4", "000-17")
def test_what_was_kept_since_shipping_is_evidence_of_the_case_that_is_opened_later(
    intake: Intake,
) -> None:
    intake.now = NOW - timedelta(days=20)
    shipment = watched(intake)
    invoice = kept(intake, shipment)
    receipt = kept(intake, shipment, document(), kind="posting_receipt")
    packed = kept(intake, shipment, JPEG, kind="packed_inside", content_type="image/jpeg")
    (first, *_) = listed(intake, shipment, merchant=SHOP)
    assert (first["id"], first["status"]) == (invoice, "received")
    assert first["link"] == f"memory:vault/{shipment}/{invoice}?application/pdf"

    intake.now = NOW
    told = intake.call("POST", "/v1/cases", report_body(shipment=SHIPMENT), merchant=SHOP)
    case_id = told.body["id"]
    intake.carry(case_id)
    intake.carry(case_id)  # the stream tells at least once

    assert intake.types(case_id).count("EvidenceCarried") == 3
    found = lines(intake, case_id, merchant=SHOP)
    assert [found[one]["status"] for one in ("value_proof", "posting_receipt")] == ["received"] * 2
    (file,) = found["value_proof"]["files"]
    assert (file["id"], file["shipment_id"]) == (invoice, shipment)
    assert file["arrived_at"] == (NOW - timedelta(days=20)).isoformat().replace("+00:00", "Z")
    assert file["link"] == f"memory:evidence/{case_id}/{invoice}?application/pdf"
    assert found["posting_receipt"]["files"][0]["id"] == receipt
    staffs = lines(intake, case_id, groups="agent")["packed_inside"]["files"][0]
    assert (staffs["id"], staffs["sent_by"]) == (packed, f"merchant:{SHOP}")
    assert staffs["link"] == f"memory:shown/{case_id}/{packed}?image/jpeg"
    assert intake.files.files[f"evidence/{case_id}/{invoice}"] == [PDF]  # kept once
    reader = Told(language="en", formats=BabelFormats(), texts={}, explanation=None)
    (*_, listed_there) = dossier(intake.cases.load(case_id), (), reader).sections
    statuses = [row[1] for row in listed_there.table[1:]]
    assert statuses.count("kept of the shipment since 31 October 2026") == 3


@pytest.mark.requirement("001-4")
def test_what_comes_after_the_case_was_opened_belongs_to_it_too_and_answers_it(
    intake: Intake,
) -> None:
    shipment = watched(intake)
    granted = announced(intake, shipment)
    case_id, _ = intake.report(shipment=SHIPMENT)
    intake.carry(case_id)
    assert "EvidenceCarried" not in intake.types(case_id)

    intake.upload(granted, PDF)

    assert intake.types(case_id)[-1] == "EvidenceCarried"
    assert lines(intake, case_id, groups="agent")["value_proof"]["status"] == "received"


@pytest.mark.requirement("001-4")
def test_staff_find_the_shipment_and_keep_what_they_have_of_it(intake: Intake) -> None:
    shipment = watched(intake)

    found = intake.call("GET", f"/v1/staff/shipments?number={NUMBER}", groups="agent")
    assert [row["id"] for row in found.body["data"]] == [shipment]
    evidence = kept(intake, shipment, kind="posting_receipt", groups="agent")

    (row,) = listed(intake, shipment, groups="agent")
    assert (row["id"], row["sent_by"]) == (evidence, "staff:anna")
    assert row["original"] == f"memory:vault/{shipment}/{evidence}?application/pdf"
    (theirs,) = listed(intake, shipment, merchant=SHOP)
    assert "sent_by" not in theirs
    assert intake.call("GET", "/v1/staff/shipments", groups="agent").status == 422


@pytest.mark.requirement("001-4")
def test_it_is_kept_for_the_merchant_and_staff_alone(intake: Intake) -> None:
    shipment = watched(intake)
    invoice = kept(intake, shipment)

    assert listed(intake, shipment, merchant=OTHER) == 404
    assert announced(intake, shipment, merchant=OTHER).status == 404
    assert intake.call("GET", f"/v1/shipments/{shipment}/evidence").status == 401
    assert listed(intake, shipment, groups="hr") == 403
    case_id, token = intake.report(shipment=SHIPMENT)  # by whoever knows the number
    intake.carry(case_id)

    (file,) = lines(intake, case_id, token=token)["value_proof"]["files"]
    assert (file["id"], file["link"]) == (invoice, None)


@pytest.mark.parametrize(
    ("told", "belongs"),
    [
        ({}, True),
        ({"shipped_on": None}, True),
        ({"carrier": None}, True),
        ({"carrier": "sf"}, False),
        ({"shipped_on": SHIPPED - timedelta(days=400)}, False),
    ],
)
def test_a_number_that_is_used_again_is_another_shipment(
    intake: Intake, told: dict[str, Any], *, belongs: bool
) -> None:
    kept(intake, watched(intake, **told))
    case_id, _ = intake.report(shipment=SHIPMENT)
    intake.carry(case_id)

    assert ("EvidenceCarried" in intake.types(case_id)) is belongs


@pytest.mark.parametrize("sent", [PDF + b" ", PDF[:-1] + b"\r"])
def test_what_is_not_what_was_announced_is_kept_for_nobody(intake: Intake, sent: bytes) -> None:
    shipment = watched(intake)
    granted = announced(intake, shipment)

    intake.upload(granted, sent)

    (row,) = listed(intake, shipment, merchant=SHOP)
    assert (row["status"], row["link"]) == ("refused", None)
    assert row["message"]
    case_id, _ = intake.report(shipment=SHIPMENT)
    intake.carry(case_id)
    assert "EvidenceCarried" not in intake.types(case_id)
    intake.upload(granted, PDF)
    assert intake.types(case_id)[-1] == "EvidenceCarried"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "damage"}, "unknown_kind"),  # how it was when it left shows no damage
        ({"kind": "packed_inside"}, "photo_needed"),
        ({"content_type": "application/zip"}, "type_not_accepted"),
    ],
)
def test_what_could_never_be_accepted_is_refused_before_it_is_sent(
    intake: Intake, change: dict[str, Any], code: str
) -> None:
    told = announced(intake, watched(intake), **change)

    assert told.status == 422
    assert [error["code"] for error in told.body["errors"]] == [code]


def test_the_same_file_is_kept_once_and_nobody_fills_our_disks(intake: Intake) -> None:
    shipment = watched(intake)
    key = {"idempotency-key": "k"}
    first, second = (announced(intake, shipment, headers=key) for _ in range(2))
    assert second.headers["idempotency-replayed"] == "true"
    assert second.body == first.body
    assert announced(intake, shipment).body["id"] == first.body["id"]
    for number in range(29):
        announced(intake, shipment, kind="other", sha256=f"{number:064x}")

    assert announced(intake, shipment, photo(), kind="other").status == 409


@pytest.mark.requirement("001-4")
def test_it_ends_after_three_years_and_what_a_case_has_stays(intake: Intake) -> None:
    shipment = watched(intake)
    kept(intake, shipment)
    case_id, _ = intake.report(shipment=SHIPMENT)
    intake.carry(case_id)
    (row,) = listed(intake, shipment, merchant=SHOP)
    end = intake.now + KEPT_FOR
    assert row["kept_until"] == end.isoformat().replace("+00:00", "Z")

    intake.now = end

    assert listed(intake, shipment, merchant=SHOP) == []
    (file,) = lines(intake, case_id, groups="agent")["value_proof"]["files"]
    assert file["link"].startswith(f"memory:evidence/{case_id}/")
