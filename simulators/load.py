"""A load of parcels from a seed, each with the milestone that it must end at."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from random import Random

from simulators.parcel import Parcel, Scan
from simulators.words import says
from simulators.world import World

ENDS = (
    ("delivered", 0.86),
    ("available_for_pickup", 0.04),
    ("returned", 0.03),
    ("customs", 0.03),
    ("in_transit", 0.03),
    ("exception", 0.01),
)
"""Final milestones and their shares; about 1 % goes wrong (reference/tracking.md 5.4)."""
FORMS = {
    "dhl_unified": ("dhl-express", "{:010d}", "dhl.unified.statusCode"),
    "usps": ("usps", "9400{:018d}", "usps.eventCode"),
    "ups": ("ups", "1Z{:016d}", "ups.statusCode"),
    "fedex": ("fedex", "{:012d}", "fedex.derivedStatusCode"),
    "royal_mail": ("royal-mail", "FQ{:09d}GB", "royalmail.eventCode"),
    "sf": ("sf", "SF{:013d}", "sf.opCode"),
    "upu": ("china-post", "EA{:09d}CN", "upu.emsevt.v3"),
    "kuaidi100": ("zhongtong", "{:014d}", "kuaidi100.state"),
    "seventeentrack": ("china-post", "LZ{:09d}CN", "17track.v2.sub_status"),
    "aftership": ("usps", "9405{:018d}", "aftership.subtag"),
    "trackingmore": ("postnl-parcels", "RS{:09d}NL", "trackingmore.v4.substatus"),
    "easypost": ("ups", "1Z9{:015d}", "easypost.status"),
}


def load(script: Mapping[str, object], world: World) -> dict[str, object]:
    """Put `count` parcels, spread over `channels`; what each must end at.

    With `reveal` only so many scans are seen at first; `POST /_world/advance` shows the next.
    A parcel ends only where its channel has a word for the end, else it is delivered.
    Numbers have no check digits: they are for load, not for the number check.
    """
    count = int(str(script.get("count", 2000)))
    chosen = script.get("channels")
    codes = [str(code) for code in chosen] if isinstance(chosen, list) else list(FORMS)
    random = Random(str(script.get("seed", 0)))  # noqa: S311 - a load, not a secret
    reveal = int(str(script["reveal"])) if "reveal" in script else None
    told: list[dict[str, object]] = []
    for index in range(count):
        code = codes[index % len(codes)]
        parcel = _parcel(700_000 + index, code, random, world.now())
        world.put(replace(parcel, scans=parcel.scans[:reveal]))
        if reveal is not None:
            world.to_come[parcel.number] = list(parcel.scans[reveal:])
        told.append(
            {
                "number": parcel.number,
                "channel": code,
                "carrier": parcel.carrier,
                "milestone": parcel.last.milestone,
                "at": parcel.last.at.isoformat(),
                "scans": len(parcel.scans),
            }
        )
    return {"parcels": told}


def _parcel(index: int, code: str, random: Random, now: datetime) -> Parcel:
    carrier, form, vocabulary = FORMS[code]
    end = random.choices([name for name, _ in ENDS], [share for _, share in ENDS])[0]
    way = _way(end if says(vocabulary, end) else "delivered", random)
    gaps = [random.lognormvariate(1.6, 1.2) for _ in way]
    at = now.astimezone(timezone(timedelta(hours=8))) - timedelta(hours=sum(gaps) + 1)
    scans: list[Scan] = []
    for (milestone, step, reason), gap in zip(way, gaps, strict=True):
        at = (at + timedelta(hours=gap)).replace(microsecond=0)
        scans.append(
            Scan(
                at=at,
                milestone=milestone,
                step=step,
                reason=reason,
                carrier=carrier,
                location=f"HUB {random.randint(1, 40)}",
                country="CN",
            )
        )
    return Parcel(number=form.format(index), scans=tuple(scans), channels=frozenset({code}))


def _way(end: str, random: Random) -> list[tuple[str, str | None, str | None]]:
    """Milestone, step and reason of each scan up to the end."""
    way: list[tuple[str, str | None, str | None]] = [
        ("info_received", None, None),
        ("accepted", "accepted", None),
    ]
    for _ in range(random.randint(1, 4)):
        way += [("in_transit", "departed", None), ("in_transit", "arrived", None)]
    match end:
        case "customs":
            way.append((end, "held", "customs_delay"))
        case "returned":
            way += [("returning", None, None), (end, None, None)]
        case "exception":
            way.append((end, None, "other"))
        case "in_transit":
            pass
        case _:
            way += [("out_for_delivery", None, None), (end, None, None)]
    return way
