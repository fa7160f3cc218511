"""Figures over HTTP: key figures by any dimension, carriers' scorecards, both also as CSV."""

import re
from datetime import date
from typing import TYPE_CHECKING

from amends.domain.case.permissions import Action, sees
from amends.domain.case.vocabulary import Kind
from amends.domain.insight.tally import Dimension
from amends.domain.refusal import FieldError, Invalid
from amends.web.access import merchant
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.jsonable import to_jsonable
from amends.web.paging import one_of, text_of, whole
from amends.web.router import Endpoint
from amends.web.staff import staff
from followup.counter import Counter

if TYPE_CHECKING:
    from amends.domain.insight.scorecard import Scorecard
    from amends.service.insight.figures import Report

MOST_MONTHS = 24
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")
_LANE = re.compile(r"([A-Z]{2}|\?\?)-([A-Z]{2}|\?\?)")


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """What was counted, for staff; for a merchant what is theirs."""

    def analytics(call: Call) -> Answer:
        return Answer.of(_report_document(_analysed(counter, call)))

    def analytics_csv(call: Call) -> Answer:
        from followup.spreadsheet import report_rows

        return _csv(report_rows(_analysed(counter, call)), "analytics")

    def cards(call: Call) -> Answer:
        return Answer.of(_cards_document(_carded(counter, call)))

    def cards_csv(call: Call) -> Answer:
        from followup.spreadsheet import card_rows

        return _csv(card_rows(_carded(counter, call)), "scorecards")

    def own(call: Call) -> Answer:
        from amends.service.insight.figures import report

        who = merchant(call, "cases")
        until, months = _span(counter, call)
        told = report(
            counter.insight().tallies,
            by=Dimension.MERCHANT,
            until=until,
            months=months,
            value=who,
        )
        return Answer.of(_report_document(told))

    return (
        Endpoint(method="GET", path="/v1/analytics", answer=own),
        Endpoint(method="GET", path="/v1/staff/analytics", answer=analytics),
        Endpoint(method="GET", path="/v1/staff/analytics/export", answer=analytics_csv),
        Endpoint(method="GET", path="/v1/staff/carriers/scorecards", answer=cards),
        Endpoint(method="GET", path="/v1/staff/carriers/scorecards/export", answer=cards_csv),
    )


def _analysed(counter: Counter, call: Call) -> "Report":
    from dataclasses import replace

    from amends.service.insight.figures import report

    _, groups = staff(call, Action.SEE_FIGURES)
    by = one_of(call, "by", Dimension) or Dimension.ALL
    until, months = _span(counter, call)
    value = text_of(call, "value")
    told = report(counter.insight().tallies, by=by, until=until, months=months, value=value)
    if by is Dimension.KIND and not sees(groups, Kind.PROHIBITED_CONTENTS):
        shown = tuple(one for one in told.groups if one.value != Kind.PROHIBITED_CONTENTS)
        return replace(told, groups=shown, trend=())
    return told


def _carded(counter: Counter, call: Call) -> "list[Scorecard]":
    from amends.service.insight.figures import scorecards

    staff(call, Action.SEE_FIGURES)
    until, months = _span(counter, call)
    lane = text_of(call, "lane")
    if lane is not None and not _LANE.fullmatch(lane):
        raise _wrong("lane", "two countries, such as CN-DE")
    return scorecards(counter.insight().tallies, until=until, months=months, lane=lane)


def _span(counter: Counter, call: Call) -> tuple[str, int]:
    """`?until=2026-11&months=3`: the last month, and how many up to it."""
    months = call.query.get("months", "3")
    if not (months.isascii() and months.isdigit() and 1 <= int(months[:3]) <= MOST_MONTHS):
        raise _wrong("months", f"1 to {MOST_MONTHS}")
    until = call.query.get("until") or f"{_today(counter, call):%Y-%m}"
    if not _MONTH.fullmatch(until):
        raise _wrong("until", "a month, such as 2026-11")
    return until, int(months)


def _today(counter: Counter, call: Call) -> date:
    return counter.occasion("figures", call.cause).at.date()


def _report_document(told: "Report") -> dict[str, object]:
    return {
        "by": told.by,
        "months": list(told.months),
        "groups": to_jsonable(told.groups),
        "trend": to_jsonable(told.trend),
    }


def _cards_document(told: "list[Scorecard]") -> dict[str, object]:
    from amends.catalog.scorecard import criteria

    return {**whole([to_jsonable(one) for one in told]), "criteria": to_jsonable(criteria())}


def _csv(text: str, name: str) -> Answer:
    headers = {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": f'attachment; filename="{name}.csv"',
    }
    return Answer(status=200, body=text, headers=headers)


def _wrong(field: str, wanted: str) -> Invalid:
    error = FieldError(field=field, code="invalid", message=f"{wanted} is expected")
    return Invalid(f"{field} is not as it should be", errors=[error])
