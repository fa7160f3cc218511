"""A sign-off is doubted for what does not fit, and for nothing else."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from amends.domain.case.case import Case
from amends.domain.case.events import TrackingRead
from amends.domain.case.investigation.sign_off import Doubt, sign_off_of
from amends.domain.case.question import Fact
from amends.domain.case.state.investigation import Task, TaskRole, TaskState
from amends.domain.case.vocabulary import Kind
from amends.domain.parcel.vocabulary import Milestone
from tests.support.histories import given

AT = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
SOUND = {
    "signed_by_relation": "addressee",
    "delivered_at": AT.isoformat(),
    "signature_kept": "yes",
    "photo_kept": "yes",
}


def told(kind: Kind, milestone: Milestone, moved: datetime, **answers: str) -> Case:
    case = given("CaseOpened", "TrackingRead")
    task = Task(
        id="tsk_1",
        role=TaskRole.DELIVERY,
        node=None,
        level=2,
        questions=(),
        opened_at=AT,
        due_at=AT,
        state=TaskState.ANSWERED,
        answers=tuple(Fact(code=c, value=v) for c, v in {**SOUND, **answers}.items()),
    )
    reading = TrackingRead(
        milestone=milestone,
        found=True,
        channels=("upu",),
        scans=3,
        last_movement_at=moved,
        ask_again_at=AT,
    )
    return replace(
        case,
        report=replace(case.report, kind=kind),
        reading=reading,
        investigation=replace(case.investigation, tasks=(task,)),
    )


@pytest.mark.requirement("000-7", "002-8")
@pytest.mark.parametrize(
    ("kind", "milestone", "apart", "answers", "doubts"),
    [
        (Kind.DAMAGED, Milestone.DELIVERED, 0, {}, ()),
        (Kind.LOST, Milestone.DELIVERED, 0, {}, (Doubt.DENIED,)),
        (Kind.DAMAGED, Milestone.IN_TRANSIT, 0, {}, (Doubt.NOT_DELIVERED,)),
        (Kind.DAMAGED, Milestone.DELIVERED, 13, {}, (Doubt.OTHER_TIME,)),
        (Kind.DAMAGED, Milestone.DELIVERED, 11, {}, ()),
        (
            *(Kind.DAMAGED, Milestone.DELIVERED, 0),
            {"signature_kept": "no"},
            (Doubt.NO_SIGNATURE,),
        ),
        (
            *(Kind.DAMAGED, Milestone.DELIVERED, 0),
            {"signature_kept": "no", "photo_kept": "no"},
            (Doubt.NO_PROOF,),
        ),
        (
            *(Kind.LOST, Milestone.DELIVERED, 0),
            {"signed_by_relation": "locker"},
            (Doubt.NO_CONSENT,),
        ),
        (
            *(Kind.LOST, Milestone.DELIVERED, 0),
            {"signed_by_relation": "locker", "consent": "yes"},
            (),
        ),
        (
            *(Kind.LOST, Milestone.DELIVERED, 0),
            {"signed_by_relation": "neighbour"},
            (Doubt.SOMEBODY_ELSE,),
        ),
        (
            *(Kind.LOST, Milestone.DELIVERED, 0),
            {"signed_by_relation": "nobody"},
            (Doubt.NOBODY_SIGNED,),
        ),
    ],
)
def test_what_does_not_fit_is_named(
    kind: Kind, milestone: Milestone, apart: int, answers: dict[str, str], doubts: tuple[Doubt, ...]
) -> None:
    case = told(kind, milestone, AT + timedelta(hours=apart), **answers)

    found = sign_off_of(case)

    assert found is not None
    assert found.doubts == doubts


def test_who_has_not_answered_has_signed_nothing() -> None:
    assert sign_off_of(given("CaseOpened", "TrackingRead")) is None
