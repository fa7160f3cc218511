"""Samples of triage, verification, levels, tasks, custody and inquiries."""

from collections.abc import Mapping
from datetime import UTC, datetime

from amends.domain.case import events as e
from amends.domain.case.question import Fact
from amends.domain.case.state.custody import Gap, GapKind, NodeRecord, RecordKind, Seal, Stay
from amends.domain.case.state.investigation import (
    FieldCheck,
    InquiryFinding,
    Match,
    Route,
    Severity,
    TaskRole,
)
from amends.domain.case.state.upload import Flaw
from amends.domain.case.vocabulary import Kind, ReportChannel, Role

TASK_ID = "tsk_0123456789abcdefghjkmnpqrs"
CLIP_ID = "clp_0123456789abcdefghjkmnpqrs"
INQUIRY_ID = "inq_0123456789abcdefghjkmnpqrs"
EVIDENCE_ID = "evd_0123456789abcdefghjkmnpqrs"
CLIP_HASH = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"


def _at(day: int, hour: int = 8) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


ARRIVED = datetime(2026, 9, 2, 4, 11, 5, tzinfo=UTC)

INVESTIGATING: Mapping[str, e.Event] = {
    "ReportJoined": e.ReportJoined(role=Role.ADDRESSEE, channel=ReportChannel.PHONE),
    "ReportJoined.2": e.ReportJoined(
        role=Role.ADDRESSEE,
        channel=ReportChannel.PHONE,
        part="joined#prt_0123456789abcdefghjkmnpqrs",
    ),
    "Triaged": e.Triaged(
        severity=Severity.HIGH, route=Route.INVESTIGATE, because=("valuable", "no_movement")
    ),
    "KindChanged": e.KindChanged(
        before=Kind.UNTRACEABLE, after=Kind.LOST, because="presumed_lost_by_date"
    ),
    "Verified": e.Verified(
        checks=(
            FieldCheck(field="shipment.carrier", result=Match.MATCH, against="shipment"),
            FieldCheck(field="shipment.weight_grams", result=Match.MISMATCH, against="channels"),
        )
    ),
    "InformationReminded": e.InformationReminded(count=1, again_at=_at(27)),
    "DocumentVerified": e.DocumentVerified(
        evidence_id="evd_0123456789abcdefghjkmnpqrs", kind="value_proof"
    ),
    "DocumentVerified.2": e.DocumentVerified(
        evidence_id="evd_0123456789abcdefghjkmnpqrs",
        kind="value_proof",
        flaw=Flaw.INCOMPLETE,
        because="the lower half is cut off",
        replace_by=_at(28),
    ),
    "LookPlanned": e.LookPlanned(at=_at(21)),
    "Assigned": e.Assigned(to="staff:7", team="hangzhou"),
    "LevelOpened": e.LevelOpened(level=1, due_at=_at(21, 12), first_reply_by=_at(20, 9)),
    "LevelExtended": e.LevelExtended(level=1, due_at=_at(23, 12)),
    "FirstReplied": e.FirstReplied(),
    "ClockMissed": e.ClockMissed(clock="quarantine", to="supervisor", again_at=_at(24)),
    "ClockMissed.2": e.ClockMissed(
        clock="review", to="supervisor", again_at=_at(24), told_until=_at(30)
    ),
    "TaskOpened": e.TaskOpened(
        task_id=TASK_ID,
        role=TaskRole.STATION,
        node="CNHGHA",
        level=2,
        questions=("stock_in_at", "stock_out_at"),
        due_at=_at(23),
        is_restricted=False,
    ),
    "TaskLinkIssued": e.TaskLinkIssued(
        task_id=TASK_ID, token_hash="fcde2b2edba56bf4", expires_at=_at(25)
    ),
    "TaskReminded": e.TaskReminded(task_id=TASK_ID, again_at=_at(24)),
    "TaskEscalated": e.TaskEscalated(task_id=TASK_ID, to="supervisor", again_at=_at(26)),
    "TaskAnswered": e.TaskAnswered(
        task_id=TASK_ID,
        answers=(Fact(code="stock_in_at", value="2026-09-02T04:11:05Z"),),
        evidence=(EVIDENCE_ID,),
        by_link=True,
        part="answers/tsk_0123456789abcdefghjkmnpqrs",
    ),
    "TaskCancelled": e.TaskCancelled(task_id=TASK_ID, because="the parcel has turned up"),
    "NodeRecorded": e.NodeRecorded(
        record=NodeRecord(
            kind=RecordKind.STOCK_OUT,
            node="CNHGHA",
            at=ARRIVED,
            to="CNCANA",
            signed_by="signer/1",
            document="BAG-2207",
            weight_grams=480,
            seal=Seal.INTACT,
        ),
        task_id=TASK_ID,
    ),
    "CustodyTraced": e.CustodyTraced(
        links=3,
        gaps=(
            Gap(
                kind=GapKind.NO_ARRIVAL,
                node="CNHGHA",
                since=ARRIVED,
                until=_at(20),
                next_node="CNCANA",
            ),
        ),
        stays=(Stay(node="CNHGHA", since=ARRIVED, hours=120, limit_hours=68),),
    ),
    "CctvRequested": e.CctvRequested(
        request_id=CLIP_ID,
        node="CNHGHA",
        camera="dock-4",
        from_at=ARRIVED,
        to_at=datetime(2026, 9, 2, 6, tzinfo=UTC),
        retained_until=datetime(2026, 12, 1, tzinfo=UTC),
    ),
    "CctvHeld": e.CctvHeld(request_id=CLIP_ID),
    "CctvReceived": e.CctvReceived(request_id=CLIP_ID, sha256=CLIP_HASH, evidence_id=EVIDENCE_ID),
    "CctvViewed": e.CctvViewed(
        request_id=CLIP_ID, shows_anomaly=True, seen="the bag is left beside the belt"
    ),
    "AccidentRecorded": e.AccidentRecorded(
        accident="traffic_accident", at=ARRIVED, node="CNHGHA", reference="HZ-2026-0713"
    ),
    "StatementRecorded": e.StatementRecorded(
        statement_id="stm_0123456789abcdefghjkmnpqrs", node="CNHGHA", part="statements/1"
    ),
    "InquirySent": e.InquirySent(
        inquiry_id=INQUIRY_ID,
        to="deutsche_post",
        form=(Fact(code="item_number", value="RR123456785CN"),),
        reply_by=datetime(2027, 1, 19, 8, tzinfo=UTC),
    ),
    "InquiryAcknowledged": e.InquiryAcknowledged(inquiry_id=INQUIRY_ID, reference="DE-88120"),
    "InquiryReplied": e.InquiryReplied(
        inquiry_id=INQUIRY_ID, finding=InquiryFinding.NO_TRACE, detail="never received here"
    ),
    "InquiryExpired": e.InquiryExpired(inquiry_id=INQUIRY_ID),
}
