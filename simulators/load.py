"""A load of parcels from a seed, each with the milestone that it must end at."""

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from random import Random

from simulators.parcel import Parcel, Scan
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
    "dhl_unified": ("dhl-express", "{:010d}"),
    "usps": ("usps", "9400{:018d}"),
    "ups": ("ups", "1Z{:016d}"),
    "fedex": ("fedex", "{:012d}"),
    "royal_mail": ("royal-mail", "FQ{:09d}GB"),
    "sf": ("sf", "SF{:013d}"),
    "upu": ("china-post", "EA{:09d}CN"),
    "kuaidi100": ("zhongtong", "{:014d}"),
    "seventeentrack": ("china-post", "LZ{:09d}CN"),
    "aftership": ("usps", "9405{:018d}"),
    "trackingmore": ("postnl-parcels", "RS{:09d}NL"),
    "easypost": ("ups", "1Z9{:015d}"),
}


def load(script: Mapping[str, object], world: World) -> dict[str, object]:
    """Put `count` parcels, spread over `channels`; what each must end at.

    Numbers have no check digits: they are for load, not for the number check.
    """
    count = int(str(script.get("count", 2000)))
    chosen = script.get("channels")
    codes = [str(code) for code in chosen] if isinstance(chosen, list) else list(FORMS)
    random = Random(str(script.get("seed", 0)))  # noqa: S311 - a load, not a secret
    told: list[dict[str, str]] = []
    for index in range(count):
        code = codes[index % len(codes)]
        carrier, form = FORMS[code]
        parcel = _parcel(form.format(700_000 + index), carrier, code, random, world.now())
        world.put(parcel)
        told.append(
            {
                "number": parcel.number,
                "channel": code,
                "carrier": carrier,
                "milestone": parcel.last.milestone,
                "at": parcel.last.at.isoformat(),
            }
        )
    return {"parcels": told}


def _parcel(number: str, carrier: str, code: str, random: Random, now: datetime) -> Parcel:
    end = random.choices([name for name, _ in ENDS], [share for _, share in ENDS])[0]
    way: list[tuple[str, str | None, str | None]] = [
        ("info_received", None, None),
        ("accepted", "accepted", None),
    ]
    for _ in range(random.randint(1, 4)):
        way += [("in_transit", "departed", None), ("in_transit", "arrived", None)]
    if end == "customs":
        way.append(("customs", "held", "customs_delay"))
    elif end == "returned":
        way += [("returning", None, None), ("returned", None, None)]
    elif end == "exception":
        way.append(("exception", None, "other"))
    elif end != "in_transit":
        way += [("out_for_delivery", None, None), (end, None, None)]
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
    return Parcel(number=number, scans=tuple(scans), channels=frozenset({code}))
