"""Packaging: what an item class needs, and whether the packing had it."""

from collections.abc import Mapping, Sequence

from amends.domain.case.question import Fact, value_of
from amends.domain.case.state.goods import Packaging

NEEDS: Mapping[str, tuple[str, ...]] = {
    "general": ("outer_box",),
    "fragile": ("outer_box", "filling", "inner_wrap"),
    "glass": ("outer_box", "filling", "inner_wrap"),
    "electronics": ("outer_box", "filling", "inner_wrap"),
    "liquid": ("outer_box", "filling", "leak_proof"),
    "food": ("outer_box", "leak_proof"),
    "furniture": ("outer_box", "filling"),
}
"""Carriers' terms ask for these of each class in words of their own; the table is ours."""


def judge(item_class: str, seen: Sequence[Fact]) -> tuple[Packaging, tuple[str, ...]]:
    """Adequate, or poor and what it lacks; what nobody looked at is not held against anybody."""
    needs = NEEDS.get(item_class, NEEDS["general"])
    said = {need: value_of(seen, need) for need in needs}
    lacking = tuple(need for need, answer in said.items() if answer == "no")
    if lacking:
        return Packaging.POOR, lacking
    if any(answer is None for answer in said.values()):
        return Packaging.NOT_SEEN, ()
    return Packaging.ADEQUATE, ()
