"""Samples of the conversation."""

from collections.abc import Mapping
from datetime import UTC, datetime

from amends.domain.case import events as e
from amends.domain.case.state.talking import NoReply, Voice

MESSAGE_ID = "msg_0123456789abcdefghjkmnpqrs"
SUMMARY_ID = "sum_0123456789abcdefghjkmnpqrs"
CALL_ID = "call_0123456789abcdefghjkmnpqrs"


def _at(day: int) -> datetime:
    return datetime(2026, 11, day, 8, tzinfo=UTC)


TALKING: Mapping[str, e.Event] = {
    "MessagePosted": e.MessagePosted(
        message_id=MESSAGE_ID,
        voice=Voice.CLAIMANT,
        channel="web",
        evidence=("evd_0123456789abcdefghjkmnpqrs",),
    ),
    "MessagePosted.2": e.MessagePosted(
        message_id=MESSAGE_ID, voice=Voice.CLAIMANT, channel="email", is_automatic=True
    ),
    "ReplyOverdue": e.ReplyOverdue(to="supervisor", again_at=_at(22)),
    "ReplySetAside": e.ReplySetAside(because=NoReply.THANKS),
    "SummarySent": e.SummarySent(summary_id=SUMMARY_ID, confirm_by=_at(25)),
    "SummaryAnswered": e.SummaryAnswered(summary_id=SUMMARY_ID, agreed=False),
    "SummaryLapsed": e.SummaryLapsed(summary_id=SUMMARY_ID),
    "Apologised": e.Apologised(apology_id="apo_0123456789abcdefghjkmnpqrs"),
    "ProgressTold": e.ProgressTold(),
    "SurveyReminded": e.SurveyReminded(survey_id="srv_0123456789abcdefghjkmnpqrs"),
    "CallPlanned": e.CallPlanned(
        call_id=CALL_ID, because="not_resolved", call_at=_at(21), due_at=_at(22)
    ),
    "CallMade": e.CallMade(call_id=CALL_ID, reached=False, commented=True, again_at=_at(23)),
    "CallMade.2": e.CallMade(
        call_id=CALL_ID,
        reached=False,
        commented=True,
        again_at=_at(23),
        part="note#prt_0123456789abcdefghjkmnpqrs",
    ),
    "CallOverdue": e.CallOverdue(call_id=CALL_ID, to="supervisor", again_at=_at(23)),
}
