"""Lessons: every link of the way looked at for weak points, and the weak one named.

Requirement 004-29. Derived from the case's history: read twice, it says the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from amends.domain.case.case import Case
from amends.domain.case.investigation.custody import Holding, build_chain
from amends.domain.case.investigation.learning import FITTING
from amends.domain.case.state.custody import GapKind, RecordKind, Seal
from amends.domain.case.state.investigation import TaskState
from amends.domain.case.state.liability import ActionKind, Cause
from amends.domain.insight.case_tally import nodes_of


class Practice(StrEnum):
    """What is to be done well at every link."""

    SIGNING_IN = "signing_in"
    SIGNING_OUT = "signing_out"
    HANDING_OVER = "handing_over"
    MOVING_ON = "moving_on"
    GUARDING = "guarding"
    CAMERAS = "cameras"
    SORTING = "sorting"
    ANSWERING = "answering"
    PACKING = "packing"
    ADDRESSING = "addressing"
    DRIVING = "driving"
    PLANNING = "planning"
    DATA = "data"


class Look(StrEnum):
    """What looking at a practice says."""

    SOUND = "sound"
    WEAK = "weak"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One practice at one link; `why` names what it rests on."""

    practice: Practice
    look: Look
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One node and the leg that leaves it."""

    node: str
    to: str | None
    checks: tuple[Check, ...]

    @property
    def weak(self) -> tuple[Practice, ...]:
        """What was weak there."""
        return tuple(check.practice for check in self.checks if check.look is Look.WEAK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """Why it happened, the weak link, and what usually helps."""

    case_id: str
    cause: Cause | None
    node: str | None
    leg: str | None
    role: str | None
    practice: Practice | None
    actions: tuple[ActionKind, ...]
    links: tuple[Link, ...]


_BY_CAUSE: Mapping[Cause, Practice] = {
    Cause.NEGLIGENCE: Practice.GUARDING,
    Cause.RULE_BROKEN: Practice.HANDING_OVER,
    Cause.THEFT: Practice.GUARDING,
    Cause.TRAFFIC_ACCIDENT: Practice.DRIVING,
    Cause.BREAKDOWN: Practice.PLANNING,
    Cause.NATURAL_DISASTER: Practice.PLANNING,
    Cause.CAPACITY: Practice.PLANNING,
    Cause.MISSORT: Practice.SORTING,
    Cause.PARCEL_SWAP: Practice.SORTING,
    Cause.ADDRESS_ENTRY: Practice.ADDRESSING,
    Cause.ADDRESS_WRITTEN_WRONG: Practice.ADDRESSING,
    Cause.LABEL: Practice.ADDRESSING,
    Cause.POOR_PACKING: Practice.PACKING,
    Cause.ROUGH_HANDLING: Practice.HANDING_OVER,
    Cause.DATA_ERROR: Practice.DATA,
}
_HELPS: Mapping[Practice, ActionKind] = {
    Practice.CAMERAS: ActionKind.CAMERA,
    Practice.GUARDING: ActionKind.SITE_SECURITY,
    Practice.SIGNING_IN: ActionKind.PROCEDURE,
    Practice.SIGNING_OUT: ActionKind.PROCEDURE,
    Practice.HANDING_OVER: ActionKind.TRAINING,
    Practice.MOVING_ON: ActionKind.ROUTE,
    Practice.SORTING: ActionKind.TRAINING,
    Practice.DATA: ActionKind.TECHNOLOGY,
}
_NEGLECT = frozenset({Cause.NEGLIGENCE, Cause.RULE_BROKEN, Cause.THEFT})


def lesson_of(case: Case) -> Lesson:
    """What the case teaches, as far as it is known."""
    links = review(case)
    cause, node = case.answering.cause, case.answering.cause_node
    if node is None and case.investigation.gaps:
        node = case.investigation.gaps[0].node
    link = next((one for one in links if one.node == node), None)
    practice = _BY_CAUSE.get(cause) if cause else None
    if practice is None and link is not None and link.weak:
        practice = link.weak[0]
    return Lesson(
        case_id=case.id,
        cause=cause,
        node=node,
        leg=None if link is None or link.to is None else f"{link.node} - {link.to}",
        role=_role(case, node),
        practice=practice,
        actions=_helpful(cause, link),
        links=links,
    )


def review(case: Case) -> tuple[Link, ...]:
    """Every link, in the order that the parcel passed it, the unrecorded ones last."""
    chain = build_chain(case.investigation.records, at=case.updated_at)
    holdings = {holding.node: holding for holding in chain.holdings}
    order = dict.fromkeys((*chain.nodes, *nodes_of(case)))
    return tuple(_link(case, node, holdings.get(node)) for node in order)


def _link(case: Case, node: str, holding: Holding | None) -> Link:
    gap = next((gap for gap in case.investigation.gaps if gap.node == node), None)
    to = holding.to if holding else None
    checks = (
        *_records(holding, gap.kind if gap else None),
        *_stays(case, node, holding),
        *_cameras(case, node),
        *_seals(case, node),
        *_answers(case, node),
    )
    return Link(node=node, to=to or (gap.next_node if gap else None), checks=checks)


def _records(holding: Holding | None, gap: GapKind | None) -> Iterable[Check]:
    if holding is None:
        yield Check(practice=Practice.SIGNING_IN, look=Look.NOT_KNOWN, why="no record of the node")
    else:
        look = Look.SOUND if holding.is_signed_in else Look.WEAK
        yield Check(practice=Practice.SIGNING_IN, look=look, why="the records of the node")
    if gap in (GapKind.NO_STOCK_OUT, GapKind.NO_DEPARTURE):
        yield Check(practice=Practice.SIGNING_OUT, look=Look.WEAK, why=f"{gap}")
    elif holding is not None and holding.left_at is not None:
        yield Check(practice=Practice.SIGNING_OUT, look=Look.SOUND, why="it is known to have left")
    if gap is GapKind.NO_ARRIVAL:
        yield Check(practice=Practice.HANDING_OVER, look=Look.WEAK, why=f"{gap}")
    if gap is GapKind.ELSEWHERE:
        yield Check(practice=Practice.SORTING, look=Look.WEAK, why=f"{gap}")


def _stays(case: Case, node: str, holding: Holding | None) -> Iterable[Check]:
    stay = next((stay for stay in case.investigation.stays if stay.node == node), None)
    if stay is not None:
        why = f"{stay.hours} hours, usual are {stay.limit_hours}"
        yield Check(practice=Practice.MOVING_ON, look=Look.WEAK, why=why)
    elif holding is not None:
        yield Check(practice=Practice.MOVING_ON, look=Look.SOUND, why="no stay too long")


def _cameras(case: Case, node: str) -> Iterable[Check]:
    clips = [clip for clip in case.investigation.cctv if clip.node == node]
    viewings = [viewing for clip in clips for viewing in clip.viewings]
    if any(viewing.shows_anomaly for viewing in viewings):
        yield Check(practice=Practice.GUARDING, look=Look.WEAK, why="seen on camera")
    if any(clip.sha256 is None for clip in clips):
        yield Check(practice=Practice.CAMERAS, look=Look.WEAK, why="asked for, and no clip came")
    elif viewings:
        yield Check(practice=Practice.CAMERAS, look=Look.SOUND, why="a clip was seen")
    elif case.answering.cause in _NEGLECT and case.answering.cause_node == node:
        yield Check(practice=Practice.CAMERAS, look=Look.WEAK, why="nothing of it on camera")
    else:
        yield Check(practice=Practice.CAMERAS, look=Look.NOT_KNOWN, why="no clip was asked for")


def _seals(case: Case, node: str) -> Iterable[Check]:
    records = [record for record in case.investigation.records if record.node == node]
    seen = [record for record in records if record.seal in (Seal.INTACT, Seal.BROKEN)]
    if any(record.seal is Seal.BROKEN for record in seen):
        yield Check(practice=Practice.GUARDING, look=Look.WEAK, why="a broken seal")
    handed = [record for record in records if record.kind is RecordKind.HANDOVER]
    if handed:
        is_proved = all(record.document for record in handed)
        look = Look.SOUND if is_proved else Look.WEAK
        yield Check(practice=Practice.HANDING_OVER, look=look, why="lists of handover")


def _answers(case: Case, node: str) -> Iterable[Check]:
    tasks = [task for task in case.investigation.tasks if task.node == node]
    if not tasks:
        return
    late = [task for task in tasks if task.reminders or task.escalated_to]
    silent = [task for task in tasks if task.state is TaskState.OPEN]
    look = Look.WEAK if late or silent else Look.SOUND
    why = f"{len(tasks)} asked, {len(late)} late, {len(silent)} open"
    yield Check(practice=Practice.ANSWERING, look=look, why=why)


def _role(case: Case, node: str | None) -> str | None:
    share = next(
        (one for f in case.answering.findings for one in f.shares if one.name == node), None
    )
    if share is not None:
        return str(share.party)
    task = next((task for task in case.investigation.tasks if task.node == node), None)
    return None if task is None or node is None else str(task.role)


def _helpful(cause: Cause | None, link: Link | None) -> tuple[ActionKind, ...]:
    usual = FITTING.get(cause, ()) if cause else ()
    weak = (_HELPS[practice] for practice in (link.weak if link else ()) if practice in _HELPS)
    return tuple(dict.fromkeys((*usual, *weak)))
