"""Tally: what one case or parcel counts for. Only whole numbers, so that they add up anywhere."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

UNKNOWN = "unknown"
SMALL_GRAMS = 2000
"""Up to here an item is a small packet (UPU Convention Regulations, letter post of 2 kg)."""


class Dimension(StrEnum):
    """What figures are counted by."""

    ALL = "all"
    CARRIER = "carrier"
    LANE = "lane"
    ROUTE = "route"
    """A carrier on a lane: `china_post CN-DE`."""
    NODE = "node"
    PRODUCT = "product"
    SERVICE = "service"
    KIND = "kind"
    MERCHANT = "merchant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One value of one dimension."""

    dimension: Dimension
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How often, how many hours, how many minor units of money."""

    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """All that one source counts for: `measures` in each of `groups`, `passed` at each of `nodes`.

    `source` is a case or a parcel; `version` grows with it, so that an older account of the same
    source never replaces a newer one.
    """

    source: str
    version: int
    month: str
    groups: tuple[Group, ...] = ()
    measures: tuple[Measured, ...] = ()
    nodes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where a count stands: month, dimension and value."""

    month: str
    group: Group


Changes = Mapping[Row, Mapping[str, int]]


def changes(before: Counted | None, after: Counted) -> Changes:
    """What to add where, so that the source counts for what it now counts for; never a zero."""
    moved: dict[Row, dict[str, int]] = {}
    for counted, sign in ((before, -1), (after, 1)):
        if counted is None:
            continue
        for row, name, count in _cells(counted):
            cells = moved.setdefault(row, {})
            cells[name] = cells.get(name, 0) + sign * count
    left = {row: {name: n for name, n in cells.items() if n} for row, cells in moved.items()}
    return {row: cells for row, cells in left.items() if cells}


def _cells(counted: Counted) -> Iterator[tuple[Row, str, int]]:
    for group in counted.groups:
        row = Row(month=counted.month, group=group)
        for measured in counted.measures:
            yield row, measured.name, measured.count
    for node in counted.nodes:
        group = Group(dimension=Dimension.NODE, value=node)
        yield Row(month=counted.month, group=group), "passed", 1


def lane_of(origin: str | None, destination: str | None) -> str:
    """From which country to which: `CN-DE`; `??` where an end is not known."""
    return f"{origin or '??'}-{destination or '??'}"


def product_of(origin: str | None, destination: str | None, weight_grams: int | None) -> str:
    """What was sent, coarsely; an item abroad counts as small up to 2 kg, or without a weight."""
    if origin is not None and origin == destination:
        return "domestic_parcel"
    is_small = weight_grams is None or weight_grams <= SMALL_GRAMS
    return "international_small_parcel" if is_small else "international_parcel"


def groups_of(
    *,
    carrier: str | None,
    origin: str | None,
    destination: str | None,
    weight_grams: int | None,
    service: str | None,
) -> tuple[Group, ...]:
    """What every case and every parcel is counted by."""
    lane, house = lane_of(origin, destination), carrier or UNKNOWN
    told = {
        Dimension.ALL: "all",
        Dimension.CARRIER: house,
        Dimension.LANE: lane,
        Dimension.ROUTE: f"{house} {lane}",
        Dimension.PRODUCT: product_of(origin, destination, weight_grams),
        Dimension.SERVICE: service or UNKNOWN,
    }
    return tuple(Group(dimension=dimension, value=value) for dimension, value in told.items())


def month_before(month: str, back: int) -> str:
    """The month so many before `2026-11`."""
    year, number = int(month[:4]), int(month[5:7])
    years, rest = divmod(year * 12 + number - 1 - back, 12)
    return f"{years:04d}-{rest + 1:02d}"


def months_until(month: str, count: int) -> tuple[str, ...]:
    """So many months up to this one, the oldest first."""
    return tuple(month_before(month, back) for back in range(count - 1, -1, -1))
