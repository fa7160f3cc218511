"""Opinions: each answer as it is counted, and what many of them say; no words, no person."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import FeedbackGiven
from amends.domain.people.opinion import Opinion
from amends.domain.people.survey import LOW_SCORE, Answer, Rated, rates, themes_of
from amends.ports import Contacts
from amends.ports.people import Opinions

UNKNOWN = "unknown"


def note_opinion(
    case: Case, history: Sequence[Recorded], contacts: Contacts, opinions: Opinions
) -> None:
    """Count the case's answer; the same answer again is the same row."""
    at = next((one.at for one in history if isinstance(one.event, FeedbackGiven)), None)
    if at is None or case.feedback is None:
        return
    said = contacts.get(case.id, "feedback") or {}
    opinions.put(_opinion(case, at, str(said.get("comment") or "")))


def summed_up(opinions: Opinions, today: date, *, months: int, by: str) -> dict[str, Any]:
    """Rates by group, themes against the span before, and satisfaction month by month."""
    spans = [_month(today, back) for back in range(2 * months)]
    found = {span: opinions.of_month(span) for span in spans}
    now = [one for span in spans[:months] for one in found[span]]
    before = [one for span in spans[months:] for one in found[span]]
    return {
        "months": months,
        "answers": len(now),
        "mean_score": _mean(now),
        "low": sum(one.score <= LOW_SCORE or one.resolved is False for one in now),
        "by": by,
        "rates": [
            {
                "group": rate.group,
                "answers": rate.answers,
                "mean_score": round(rate.mean_score, 3),
                "satisfied": round(rate.satisfied, 4),
                "interval": [round(rate.at_least, 4), round(rate.at_most, 4)],
                "resolved": round(rate.resolved, 4),
            }
            for rate in rates([_rated(one) for one in now], by)
        ],
        "themes": _themes(now, before),
        "trend": [
            {"month": span, "answers": len(found[span]), "mean_score": _mean(found[span])}
            for span in reversed(spans)
        ],
    }


def _themes(now: Sequence[Opinion], before: Sequence[Opinion]) -> list[dict[str, object]]:
    """How often each theme is named, and whether that rises: what there is to learn from."""
    names = sorted({theme for one in (*now, *before) for theme in one.themes})
    rows = [
        {
            "theme": name,
            "count": sum(name in one.themes for one in now),
            "low": sum(name in one.themes and one.score <= LOW_SCORE for one in now),
            "before": sum(name in one.themes for one in before),
        }
        for name in names
    ]
    return sorted(rows, key=lambda row: (-int(str(row["count"])), str(row["theme"])))


def _opinion(case: Case, at: datetime, comment: str) -> Opinion:
    feedback = case.feedback
    if feedback is None:
        raise ValueError("the case has no answer")
    return Opinion(
        case_id=case.id,
        at=at,
        score=feedback.score,
        resolved=feedback.resolved,
        themes=tuple(sorted(themes_of(comment))),
        node=case.answering.cause_node or UNKNOWN,
        carrier=case.report.shipment.carrier or UNKNOWN,
        agent=case.investigation.assignee or UNKNOWN,
        kind=case.report.kind,
    )


def _rated(one: Opinion) -> Rated:
    answer = Answer(score=one.score, resolved=one.resolved)
    return Rated(answer=answer, node=one.node, carrier=one.carrier, agent=one.agent, kind=one.kind)


def _mean(found: Sequence[Opinion]) -> float | None:
    return round(sum(one.score for one in found) / len(found), 3) if found else None


def _month(today: date, back: int) -> str:
    years, month = divmod(today.year * 12 + today.month - 1 - back, 12)
    return f"{years:04d}-{month + 1:02d}"
