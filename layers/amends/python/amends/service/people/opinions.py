"""Opinions: each answer as it is counted, and what many of them say; no words, no person."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from amends.domain.case.case import Case, Recorded
from amends.domain.case.events import FeedbackGiven
from amends.domain.people.opinion import Opinion
from amends.domain.people.survey import Answer, Rated, rates, themes_of
from amends.ports import Contacts
from amends.ports.people import Opinions

UNKNOWN = "unknown"
MOST_CASES = 50
"""Cases that one answer names for reading."""


def note_opinion(
    case: Case, history: Sequence[Recorded], contacts: Contacts, opinions: Opinions
) -> None:
    """Count the case's answer; the same answer again is the same row."""
    at = next((one.at for one in history if isinstance(one.event, FeedbackGiven)), None)
    if at is None or case.feedback is None:
        return
    said = contacts.get(case.id, "feedback") or {}
    opinions.put(_opinion(case, at, str(said.get("comment") or "")))


def summed_up(
    opinions: Opinions,
    today: date,
    *,
    months: int,
    by: str,
    shows: Callable[[str], bool],
    theme: str | None = None,
) -> dict[str, Any]:
    """Rates by group, themes against the span before, satisfaction by month, cases to look into.

    `shows` tells which kinds of cases exist for the reader; with `theme`, the cases to look into
    are those whose claimants named it.
    """
    spans = [_month(today, back) for back in range(2 * months)]
    found = {span: opinions.of_month(span) for span in spans}
    now = [one for span in spans[:months] for one in found[span]]
    before = [one for span in spans[months:] for one in found[span]]
    return {
        "months": months,
        "answers": len(now),
        "mean_score": _mean(now),
        "low": sum(_is_low(one) for one in now),
        "by": by,
        "rates": [
            {
                "group": rate.group,
                "answers": rate.answers,
                "mean_score": round(rate.mean_score, 3),
                "satisfied": round(rate.satisfied, 4),
                "interval": [round(rate.at_least, 4), round(rate.at_most, 4)],
                "resolved": None if rate.resolved is None else round(rate.resolved, 4),
            }
            for rate in rates([_rated(one) for one in now], by)
        ],
        "themes": _themes(now, before),
        "trend": [
            {"month": span, "answers": len(found[span]), "mean_score": _mean(found[span])}
            for span in reversed(spans)
        ],
        "cases": [
            {
                "case_id": one.case_id,
                "at": one.at.isoformat().replace("+00:00", "Z"),
                "score": one.score,
                "resolved": one.resolved,
                "themes": list(one.themes),
            }
            for one in _worst(now, shows, theme)
        ],
    }


def _worst(
    found: Sequence[Opinion], shows: Callable[[str], bool], theme: str | None
) -> Sequence[Opinion]:
    """Whose words are to be read first: the lowest scores, the newest of these."""
    named = [one for one in found if shows(one.kind) and (theme is None or theme in one.themes)]
    newest = sorted(named, key=lambda one: one.at, reverse=True)
    return sorted(newest, key=lambda one: (one.score, one.resolved is not False))[:MOST_CASES]


def _themes(now: Sequence[Opinion], before: Sequence[Opinion]) -> list[dict[str, object]]:
    """How often each theme is named, and whether that rises: what there is to learn from."""
    names = sorted({theme for one in (*now, *before) for theme in one.themes})
    rows = [
        {
            "theme": name,
            "count": sum(name in one.themes for one in now),
            "low": sum(name in one.themes and _is_low(one) for one in now),
            "before": sum(name in one.themes for one in before),
        }
        for name in names
    ]
    return sorted(rows, key=lambda row: (-int(str(row["count"])), str(row["theme"])))


def _is_low(one: Opinion) -> bool:
    return Answer(score=one.score, resolved=one.resolved).is_low


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
