"""Evidence of a shipment over HTTP: kept from the day it is posted, before there is a case."""

import json
from collections.abc import Callable
from datetime import date

from amends.domain.case.evidence import Announced
from amends.domain.case.permissions import Action
from amends.domain.case.vault import Vault
from amends.domain.parcel.number import check
from amends.domain.refusal import FieldError, Invalid, NotFound
from amends.service.intake.vault import announce, grant
from amends.web.access import merchant
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.evidence_view import kept_document, upload_document
from amends.web.idempotent import once
from amends.web.paging import text_of, whole
from amends.web.router import Endpoint
from amends.web.staff import staff
from report_intake.desk import Desk

PATH = "/v1/shipments/{shipment_id}/evidence"
Prove = Callable[[Call], tuple[Vault, str]]
"""From a call to the vault that it may reach, and who calls."""


def endpoints(desk: Desk) -> tuple[Endpoint, ...]:
    """`POST` and `GET /v1/shipments/{id}/evidence` for its merchant and for staff; their search."""

    def merchants(call: Call) -> tuple[Vault, str]:
        owner = merchant(call, "shipments")
        vault = _vault(desk, call.params["shipment_id"])
        if vault.owner != owner:
            raise NotFound("there is no such shipment")
        return vault, f"merchant:{owner}"

    def staffs(call: Call) -> tuple[Vault, str]:
        by, _ = staff(call, Action.REPLY)
        return _vault(desk, call.params["shipment_id"]), by

    def found(call: Call) -> Answer:
        staff(call, Action.REPLY)
        number = text_of(call, "number")
        if number is None:
            missing = FieldError(field="number", code="missing", message="a tracking number")
            raise Invalid("which shipment?", errors=[missing])
        rows = [
            {
                "id": watch.id,
                "tracking_number": watch.number,
                "order_reference": watch.order_reference,
                "created_at": watch.created_at.isoformat().replace("+00:00", "Z"),
            }
            for watch in desk.watched(check(number).normalised)
        ]
        return Answer.of(whole(rows))

    return (
        *_endpoints(desk, PATH, merchants),
        *_endpoints(desk, f"/v1/staff{PATH.removeprefix('/v1')}", staffs),
        Endpoint(method="GET", path="/v1/staff/shipments", answer=found),
    )


def _endpoints(desk: Desk, path: str, prove: Prove) -> tuple[Endpoint, ...]:
    def send(call: Call) -> Answer:
        vault, by = prove(call)

        def regranted(answer: Answer) -> Answer:
            return _with_grant(desk, prove(call)[0], answer)

        return once(
            call,
            caller=f"{by}\x1f{vault.shipment_id}",
            store=desk.idempotency(),
            at=desk.occasion(by, call.cause).at,
            act=lambda _: regranted(_announce(desk, call, vault, by)),
            # a grant is a secret of fifteen minutes: it is made anew for whoever asks again
            hide=_without_grant,
            unhide=regranted,
        )

    def listed(call: Call) -> Answer:
        vault, by = prove(call)
        for_staff = by.startswith("staff:")
        rows = [
            kept_document(vault, one, desk.evidence(), call.language, for_staff=for_staff)
            for one in vault.files
        ]
        return Answer.of(whole(rows))

    return (
        Endpoint(method="POST", path=path, answer=send),
        Endpoint(method="GET", path=path, answer=listed),
    )


def _announce(desk: Desk, call: Call, vault: Vault, by: str) -> Answer:
    from amends.web.bodies import read
    from report_intake.models import EvidenceBody

    body = read(EvidenceBody, call.json())
    announced = Announced(
        kind=body.kind, content_type=body.content_type, size=body.size, sha256=body.sha256
    )
    stored = announce(desk.vaults(), vault, announced, desk.occasion(by, call.cause))
    part = f"evidence#{stored.upload.id}"
    desk.contacts().put(vault.shipment_id, part, {"file_name": body.file_name})
    return Answer.of(upload_document(stored.upload), status=201)


def _vault(desk: Desk, shipment_id: str) -> Vault:
    """What is kept of a shipment; it outlives the watching, and opens with the first file."""
    vault = desk.vaults().get(shipment_id)
    if vault is not None:
        return vault
    watch = desk.watches(shipment_id)
    if watch is None:
        raise NotFound("there is no such shipment")
    _, house, day = watch.waybill.split("#")
    return Vault(
        shipment_id=watch.id,
        owner=watch.owner,
        number=watch.number,
        house=house or None,
        shipped_on=date.fromisoformat(day) if day else None,
        opened_at=watch.created_at,
    )


def _without_grant(answer: Answer) -> Answer:
    document = json.loads(answer.body)
    document.pop("upload", None)
    return Answer.of(document, status=answer.status, headers=answer.headers)


def _with_grant(desk: Desk, vault: Vault, answer: Answer) -> Answer:
    document = json.loads(answer.body)
    upload = vault.file(document["id"]).upload
    document["upload"] = grant(vault, upload, desk.evidence())
    return Answer.of(document, status=answer.status, headers=answer.headers)
