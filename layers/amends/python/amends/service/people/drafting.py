"""Drafting: answers that an agent may send as they are or change, filled from what is known.

Each says one thing that claimants ask about; a draft with nothing to say is not offered. Nothing is
sent by itself, and nothing that is not for the claimant stands in one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from amends.domain.case.case import Case
from amends.domain.case.goods.quarantine import as_told
from amends.domain.parcel.diagnosis import diagnose
from amends.domain.parcel.links import tracking_link
from amends.domain.parcel.number import check
from amends.domain.parcel.shipment import Shipment
from amends.domain.people.phrases import STAGES
from amends.domain.people.timing import CADENCE
from amends.service.people import wordings as w
from amends.service.people.asking_wordings import asked
from amends.service.people.summing import Told

Said = Mapping[str, str]
_LINES: Mapping[str, Said] = {
    "unseen": {
        "en": "{why} You can look for yourself here: {link}",
        "zh-CN": "{why}您也可以在此自行查询：{link}",
    },
    "seen": {
        "en": "Your parcel was last seen on {moment}, {place}. Every scan is here: {link}",
        "zh-CN": "您的包裹最近一次扫描是{moment}，地点：{place}。全部跟踪信息见：{link}",
    },
    "stage": {
        "en": "Your case {case} stands here: {stage}. We write again by {day}, and sooner if "
        "anything changes. Everything is here: {link}",
        "zh-CN": "您的案件（{case}）目前：{stage}。"
        "我们会在{day}之前再次通报；如有变化，会提前告知。详情见：{link}",
    },
    "wanted": {
        "en": "To go on we need from you by {moment}: {requests}. You can send it here: {link}",
        "zh-CN": "为继续处理，请您在{moment}之前提供：{requests}。提交地址：{link}",
    },
    "offer": {
        "en": "We have offered you {amount}. The offer holds until {moment}. How it was worked out "
        "is here, and there you can accept it or ask for something else: {link}",
        "zh-CN": "我们已向您提出赔付{amount}，有效期至{moment}。"
        "计算方式见此链接，您可以在该处接受或提出其他要求：{link}",
    },
    "closed": {
        "en": "Your case {case} is closed: {how} If that is not right, answer this message.",
        "zh-CN": "您的案件（{case}）已结案：{how}如有异议，请直接回复。",
    },
}
_PLACE: Said = {"en": "at a place that the carrier did not name", "zh-CN": "未注明"}
_BETWEEN: Said = {"en": "; ", "zh-CN": "；"}
_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What it is about (`tracking wanted offer stage closed`), in the claimant's language."""

    about: str
    text: str


def drafts(
    case: Case, shipments: Sequence[Shipment], told: Told, *, at: datetime
) -> Sequence[Draft]:
    """Every answer that the case has now, the likeliest question first."""
    case = as_told(case)
    made = {
        "tracking": _tracking(case, shipments, told, at),
        "wanted": _wanted(case, told),
        "offer": _offer(case, told),
        "stage": _stage(case, told, at),
        "closed": _closed(case, told),
    }
    return [Draft(about=about, text=text) for about, text in made.items() if text]


def _tracking(case: Case, shipments: Sequence[Shipment], told: Told, at: datetime) -> str:
    parcel = case.report.shipment
    shipment = max(shipments, key=lambda one: one.watched_since, default=None)
    if not parcel.is_numbered or shipment is None:
        return ""
    carrier = shipment.carrier or parcel.carrier
    link = tracking_link(carrier, parcel.tracking_number)
    found = diagnose(
        check(parcel.tracking_number),
        shipment.state,
        (),
        now=at,
        lane=shipment.lane,
        shipped_on=parcel.shipped_on or shipment.shipped_on,
        carrier=parcel.carrier,
    )
    if found is not None:
        return _say(told, "unseen", why=told.plain(found.messages[told.language]), link=link)
    if shipment.state.last_scan_at is None:
        return ""
    scan = shipment.state.events[-1].scan
    place = scan.place.text or _PLACE[told.language]
    seen = _moment(told, shipment.state.last_scan_at)
    return _say(told, "seen", moment=seen, place=place, link=link)


def _wanted(case: Case, told: Told) -> str:
    due = case.waits.get("information")
    if due is None or not case.asked_for:
        return ""
    rows = [asked(one, case.report.kind, told.language) for one in case.asked_for]
    requests = _BETWEEN[told.language].join(rows)
    return _say(told, "wanted", moment=_moment(told, due), requests=requests, link=told.links.case)


def _offer(case: Case, told: Told) -> str:
    offer = case.open_offer
    if offer is None:
        return ""
    amount = told.formats.money(offer.amount, told.language)
    until = _moment(told, offer.expires_at)
    return _say(told, "offer", amount=amount, moment=until, link=told.links.case)


def _stage(case: Case, told: Told, at: datetime) -> str:
    if case.outcome is not None:
        return ""
    day = told.day(at + (CADENCE[case.stage] or _WEEK))
    return _say(
        told,
        "stage",
        case=case.id,
        stage=STAGES[told.language][case.stage],
        day=told.formats.day(day, told.language),
        link=told.links.case,
    )


def _closed(case: Case, told: Told) -> str:
    if case.outcome is None:
        return ""
    return _say(told, "closed", case=case.id, how=w.OUTCOMES[case.outcome][told.language])


def _say(told: Told, line: str, **filled: str) -> str:
    return _LINES[line][told.language].format(**filled)


def _moment(told: Told, at: datetime) -> str:
    return told.formats.moment(at, told.language, told.zone)
