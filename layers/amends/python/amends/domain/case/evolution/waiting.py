"""Waiting: what a case waits for, changed by name."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from amends.domain.case.case import IN_TIME, NOTHING, Case
from amends.domain.case.lateness import Late


def waits(
    case: Case, changes: Mapping[str, datetime | None] = NOTHING, /, **named: datetime | None
) -> Case:
    """The case with these moments to wait for; None forgets one. A new moment is not late."""
    changed = {**changes, **named}
    kept = {name: due for name, due in {**case.waits, **changed}.items() if due is not None}
    late = IN_TIME
    if case.late:
        late = MappingProxyType({n: one for n, one in case.late.items() if n not in changed})
    return replace(case, waits=MappingProxyType(kept), late=late)


def missed(case: Case, name: str, again_at: datetime | None) -> Case:
    """The case after a clock of ours ran out: late until what it waits for is done."""
    since, known = case.waits.get(name), case.late.get(name)
    after = waits(case, {name: again_at})
    if since is None or again_at is None:
        return after
    late = Late(since=since, told=1) if known is None else replace(known, told=known.told + 1)
    return replace(after, late=MappingProxyType({**after.late, name: late}))


def only(case: Case, kept: Mapping[str, datetime]) -> Case:
    """The case, waiting for these, and for what people are owed whatever becomes of the case."""
    owed = {name: due for name, due in case.waits.items() if is_owed_to_people(name)}
    late = {name: one for name, one in case.late.items() if name in owed and name not in kept}
    return replace(case, waits=MappingProxyType({**owed, **kept}), late=MappingProxyType(late))


def is_owed_to_people(name: str) -> bool:
    """Whether this clock is of an answer or a call that somebody is owed: it outlives the case."""
    return name in ("reply", "carrier") or name.startswith("call:")


def without_investigation(case: Case) -> dict[str, datetime | None]:
    """The changes that forget every clock of the investigation and the recovery."""
    named = ("task:", "inquiry:", "stop:", "cctv:", "quarantine")
    single = ("level", "recovery", "pickup", "recipient", "redelivery", "inspection")
    return {name: None for name in case.waits if name.startswith(named) or name in single}
