"""From a normalised scan to the raw code and the words of a vocabulary."""

import csv
from functools import cache
from importlib.resources import files

from simulators.parcel import Scan

NEAREST = {
    "accepted": ("in_transit",),
    "customs": ("in_transit",),
    "out_for_delivery": ("in_transit",),
    "delivery_failed": ("exception", "in_transit"),
    "available_for_pickup": ("in_transit",),
    "returning": ("exception", "delivery_failed", "in_transit"),
    "returned": ("returning", "exception", "delivery_failed", "in_transit"),
    "exception": ("delivery_failed", "in_transit"),
    "lost": ("exception", "delivery_failed", "in_transit"),
    "destroyed": ("exception", "delivery_failed", "in_transit"),
    "cancelled": ("exception", "delivery_failed", "in_transit"),
    "info_received": ("accepted", "in_transit"),
    "no_change": ("in_transit",),
    "not_found": ("info_received", "in_transit"),
    "unknown": ("in_transit",),
}
"""What a channel says whose vocabulary has no word for a milestone."""

PHRASES = {
    "info_received": ("Electronic data received from sender", "已下单,等待揽收"),
    "accepted": ("Posting/collection", "已揽收"),
    "in_transit": ("In transit", "运输中"),
    "in_transit/departed": ("Departed from facility", "快件已发往下一站"),
    "in_transit/arrived": ("Arrived at facility", "快件已到达"),
    "in_transit/left_origin_country": (
        "Departed from outward office of exchange",
        "离开出口互换局",
    ),
    "in_transit/arrived_dest_country": ("Arrived at inward office of exchange", "到达进口互换局"),
    "in_transit/delivery_depot": ("Arrived at delivery depot", "到达派件城市"),
    "in_transit/handed_over": ("Handed over to partner carrier", "已转交合作快递"),
    "customs/presented": ("Presented to customs", "海关待查"),
    "customs/held": ("Held by customs", "海关扣件"),
    "customs/released": ("Released by customs", "清关完成"),
    "customs": ("Customs status updated", "清关中"),
    "out_for_delivery": ("Out for delivery", "正在派送"),
    "delivery_failed": ("Delivery attempted, not delivered", "派送不成功"),
    "available_for_pickup": ("Available for pickup", "待取件"),
    "delivered": ("Delivered", "已签收"),
    "returning": ("Item is being returned to sender", "退回中"),
    "returned": ("Returned to sender", "已退回"),
    "exception": ("Delivery exception", "疑难件"),
    "lost": ("Lost package, investigation concluded", "快件丢失"),
    "destroyed": ("Item destroyed", "快件已销毁"),
    "cancelled": ("Cancelled", "已取消"),
    "no_change": ("No change", "暂无更新"),
}


def code_for(vocabulary: str, scan: Scan) -> str:
    """The raw code that says most nearly what the scan says.

    Raises KeyError when the vocabulary has not even a neighbouring milestone.
    """
    return scan.codes.get(vocabulary) or nearest(vocabulary, scan.milestone, scan.step, scan.reason)


@cache
def nearest(vocabulary: str, milestone: str, step: str | None, reason: str | None) -> str:
    """The closest row of `mapping.csv`; among equals the first."""
    for candidate in (milestone, *NEAREST.get(milestone, ())):
        rows = [row for row in _rows(vocabulary) if row[1] == candidate]
        if rows:
            return min(rows, key=lambda row: _distance(row, step, reason))[0]
    raise KeyError(f"{vocabulary} has no word for {milestone}")


def says(vocabulary: str, milestone: str) -> bool:
    """Whether the vocabulary has a word of its own for the milestone."""
    return any(row[1] == milestone for row in _rows(vocabulary))


def _distance(row: tuple[str, str, str, str], step: str | None, reason: str | None) -> int:
    """Saying what did not happen is worse than leaving out what did; `other` says little."""
    _, _, has_step, has_reason = row
    far = 0
    if has_step != (step or ""):
        far += 4 if has_step else 3
    if has_reason != (reason or ""):
        far += (1 if has_reason == "other" else 4) if has_reason else 2
    return far


@cache
def _rows(vocabulary: str) -> tuple[tuple[str, str, str, str], ...]:
    source = files("amends.domain.parcel").joinpath("mapping.csv").read_text("utf-8")
    return tuple(
        (row["code"], row["milestone"].lower(), row["step"], row["reason"])
        for row in csv.DictReader(source.splitlines())
        if row["vocab"] == vocabulary
    )


def words_for(scan: Scan, *, chinese: bool = False) -> str:
    """The scan's own text, or a plain sentence for it."""
    found = PHRASES.get(f"{scan.milestone}/{scan.step}") or PHRASES.get(scan.milestone)
    english, local = found or ("Status update", "状态更新")
    return scan.text or (local if chinese else english)
