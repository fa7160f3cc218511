"""Due queue -> cases whose moment has come: reminders, deadlines, escalations, surveys, reports."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from amends import runtime
from amends.domain.occasion import BY_DUE
from amends.service.due import act_on
from amends.service.people.informing import inform_all
from amends.service.remembering import Remembered
from amends.web.batch import each
from amends.web.log import say
from amends.web.trace import trace_of


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Deal with each record; one with a case that fails comes again, and acts on that alone."""
    return each(event, act)


def act(record: Mapping[str, Any]) -> None:
    """The next step of each case, and whatever the stream may have missed of it."""
    occasion = runtime.occasion(by=BY_DUE, because=record["messageId"])
    cases, informing = Remembered(runtime.cases()), runtime.informing()

    def acted(case_ids: Sequence[str]) -> Mapping[str, Exception]:
        return inform_all(cases, case_ids, informing, occasion)

    case_ids = json.loads(record["body"])["case_ids"]
    act_on(case_ids, cases, runtime.settling(), occasion, failed=note, acted=acted)


def note(case_id: str, error: Exception) -> None:
    """One line for each that stays due."""
    say("due case failed", {"case_id": case_id, **trace_of(error)}, level="ERROR")
