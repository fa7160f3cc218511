"""The documents that views write are what the contract says, whatever a case has been through."""

import json
from functools import cache

import jsonschema_rs
import pytest

from amends.domain.case.case import Recorded
from amends.domain.case.evolution import replay
from amends.web.case_view import case_document, offers_document, timeline_document
from amends.web.investigation_view import investigation_document
from tests.support.api_world import assessed
from tests.support.event_samples import SAMPLES
from tests.support.histories import occasion, recorded
from tests.support.openapi import closed, served
from tools.events_document import STORIES

DOCUMENT = closed(served())
SUPERVISOR, FINANCE = ("supervisor",), ("finance",)


@cache
def validator(name: str) -> jsonschema_rs.Validator:
    """Of a component, closed: no member that the contract does not name."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": DOCUMENT["components"]}
    return jsonschema_rs.validator_for(schema)


def fits(name: str, document: object) -> None:
    """Validate what a view wrote."""
    validator(name).validate(json.loads(json.dumps(document)))


def histories() -> list[list[Recorded]]:
    """The stories of `docs/events.md`, with an assessment that the engine has made."""
    return [
        recorded(
            [assessed() if name == "Assessed" else SAMPLES[name] for name in story.split()],
            occasion(),
        )
        for story in STORIES
    ]


@pytest.mark.parametrize("history", histories(), ids=range(len(STORIES)))
def test_every_turn_of_a_case_is_documented(history: list[Recorded]) -> None:
    for turn in range(1, len(history) + 1):
        case = replay(history[:turn])
        fits("CaseDocument", case_document(case))
        for groups in (SUPERVISOR, FINANCE):
            fits("InvestigationDocument", investigation_document(case, groups))
        for offer in offers_document(case, None)["data"]:
            fits("OfferDocument", offer)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("history", histories(), ids=range(len(STORIES)))
def test_a_timeline_is_documented_for_claimants_and_for_staff(
    history: list[Recorded], language: str
) -> None:
    for moment in timeline_document(history, language)["data"]:
        fits("Moment", moment)
    for moment in timeline_document(history, language, is_staff=True)["data"]:
        fits("StaffMoment", moment)
