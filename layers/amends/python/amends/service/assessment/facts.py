"""Facts: what a case knows, in the form that the assessment engine reads."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from amends.domain.case.case import Case
from amends.domain.case.state.agreement import Basis
from amends.domain.case.vocabulary import Finding, Kind, Role
from amends.domain.compensation.facts import ItemKind
from amends.domain.money import Money
from amends.domain.parcel.vocabulary import Milestone
from amends.service.assessment.facts_of_goods import facts_of_goods

POSTS = frozenset(
    {"china_post", "usps", "royal_mail", "japan_post", "india_post", "canada_post", "dhl_paket"}
)
EVENTS = {
    Finding.LOST: "lost",
    Finding.DESTROYED: "lost",
    Finding.DAMAGED: "damaged",
    Finding.CONTENTS_MISSING: "contents_missing",
    Finding.MISDELIVERED: "misdelivered",
    Finding.DELAYED: "delayed",
}
ALLEGED = {
    Kind.DAMAGED: "damaged",
    Kind.CONTENTS_MISSING: "contents_missing",
    Kind.MISDELIVERED: "misdelivered",
    Kind.DELAYED: "delayed",
}


def facts_of(case: Case, *, as_of: date, rates: Mapping[str, Any]) -> dict[str, object]:
    """The facts document of a case on a day; `rates` are the stack's latest, by currency.

    The XDR rate used is written into the document, so that the same document always gives the
    same assessment.
    """
    shipment, report = case.report.shipment, case.report
    value = report.declared_loss or report.value
    currency = _currency(case)
    inquired = report.inquired_on or case.opened_at.date()
    rate = rates.get(currency, {})
    crosses = (
        shipment.origin_country is not None
        and shipment.destination_country is not None
        and shipment.origin_country != shipment.destination_country
    )
    document: dict[str, object] = {
        "event": EVENTS[case.conclusion.finding]
        if case.conclusion and case.conclusion.finding in EVENTS
        else ALLEGED.get(report.kind, "lost"),
        "extent": "partial" if report.kind is Kind.CONTENTS_MISSING else "total",
        "item_kind": _item_kind(case),
        "carrier": shipment.carrier,
        "service": shipment.service,
        "mode": "post" if shipment.carrier in POSTS else ("air" if crosses else "road"),
        "origin_country": shipment.origin_country,
        "destination_country": shipment.destination_country,
        "posted_on": _day(shipment.shipped_on),
        "promised_on": _day(shipment.expected_on),
        "delivered_on": _delivered(case, as_of),
        "inquired_on": inquired.isoformat(),
        "complained_on": inquired.isoformat(),
        "as_of": as_of.isoformat(),
        "gross_weight_grams": shipment.weight_grams or case.goods.accepted_grams,
        "actual_value": _money(report.value),
        "actual_loss": _money(value),
        "value_proven": any(
            upload.kind == "value_proof" and upload.counts for upload in case.uploads
        ),
        "insured_value": _money(shipment.insured_value),
        "postage": _money(shipment.postage),
        "registration_fee": _money(shipment.registration_fee),
        "insurance_fee": _money(shipment.insurance_fee),
        "account": "monthly" if case.merchant else "walk_in",
        "terms_prompted": True,
        "convention_applies": crosses,
        "cause": "unknown",
        "payout_currency": currency,
        "rate_date": rate.get("on", as_of.isoformat()),
        "sdr_rate": rate.get("xdr_per_unit"),
        **facts_of_goods(case),
        **_entitlement(case),
    }
    return {name: fact for name, fact in document.items() if fact is not None}


def _delivered(case: Case, as_of: date) -> str | None:
    """The day of delivery, where something was delivered and the day can be.

    A parcel that is lost or in the wrong hands has not been delivered, whatever was scanned.
    """
    reading, finding = case.reading, case.conclusion.finding if case.conclusion else None
    if finding not in (None, Finding.DAMAGED, Finding.CONTENTS_MISSING, Finding.DELAYED):
        return None
    if reading is None or reading.milestone is not Milestone.DELIVERED:
        return None
    moved = reading.last_movement_at
    if moved is None or moved.date() > as_of:
        return None
    shipped = case.report.shipment.shipped_on
    return None if shipped is not None and moved.date() < shipped else moved.date().isoformat()


def _entitlement(case: Case) -> dict[str, object]:
    """Who claims, and whether the sender gave the claim away in writing."""
    told = case.agreement.entitled
    if case.report.role is not Role.ADDRESSEE:
        return {"claimant": "sender"}
    by_paper = any(one.basis is not Basis.OWN for one in told)
    return {"claimant": "addressee", "waiver": True if by_paper else None}


def _currency(case: Case) -> str:
    shipment = case.report.shipment
    for money in (shipment.postage, case.report.value, shipment.insured_value):
        if money is not None and money.currency != "XDR":
            return money.currency
    return "CNY"


def _item_kind(case: Case) -> str:
    shipment = case.report.shipment
    if shipment.service in set(ItemKind):
        return shipment.service
    if shipment.carrier == "ems":
        return ItemKind.EMS
    if shipment.carrier in POSTS:
        insured = shipment.insured_value is not None
        return ItemKind.INSURED_PARCEL if insured else ItemKind.PARCEL
    return ItemKind.EXPRESS


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _money(money: Money | None) -> dict[str, str] | None:
    return {"amount": f"{money.amount:f}", "currency": money.currency} if money else None
