"""The document of events is what the code says."""

from itertools import pairwise

from amends.domain.case.events import EVENT_TYPES
from tools.events_document import DOCUMENT, STORIES, document, moves


def test_the_document_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == document()


def test_every_event_plays_in_some_story() -> None:
    assert set(" ".join(STORIES).split()) == set(EVENT_TYPES)


def test_the_way_from_report_to_survey_is_drawn() -> None:
    way = ["[*]", "tracing", "assessing", "negotiating", "settling", "following_up", "closed"]

    assert set(pairwise(way)) <= moves().keys()
