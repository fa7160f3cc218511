"""An agent knows what to ask, whatever happened and however the report came."""

import re
from typing import Any

import pytest

from amends.catalog import codes, plugin
from amends.domain.case.vocabulary import Kind, Status
from amends.domain.people.phrases import KINDS
from amends.domain.people.script import CHANNELS
from amends.service.people.choice_wordings import CHOICES
from amends.service.people.scripting import Field, Script, script_for
from tests.support.intake_world import Intake

ANSWERS: dict[str, Any] = {
    "text": "As it was told.",
    "yes_no": True,
    "count": 480,
    "decimal": "12.5",
    "moment": "2026-11-18T08:00:00+08:00",
    "day": "2026-10-20",
    "money": {"amount": "32.50", "currency": "CNY"},
    "country": "CN",
    "carrier": "china_post",
    "service": "registered_small_packet",
    "phone": "020 8765 4321",
    "email": "na@example.org",
    "address": {"lines": ["Zhongshan Road 1"], "city": "Guangzhou", "country": "CN"},
    "person": {"name": "Erika Muster", "address": {"lines": ["Lange Reihe 17"]}},
    "items": [
        {
            "name": "scarf",
            "unit_value": {"amount": "260.00", "currency": "CNY"},
            "flags": ["fragile"],
        }
    ],
}
"""What somebody might say to a question of each type."""


def filled(script: Script, kind: str, channel: str, *, wholly: bool) -> dict[str, Any]:
    """The report that comes of a script whose questions are answered in turn."""
    body: dict[str, Any] = {"incident": {"kind": kind}, "channel": channel}
    for one in script.questions:
        if wholly or one.is_required:
            *above, last = one.field.split(".")
            place = body
            for name in above:
                place = place.setdefault(name, {})
            place[last] = answer(one)
    return body


def answer(one: Field) -> Any:
    if one.field == "shipment.tracking_number":
        return "RR123456785CN"
    return one.choices[0]["value"] if one.type == "choice" else ANSWERS[one.type]


@pytest.mark.requirement("000-4", "000-13", "002-1", "002-2", "004-2", "004-3", "004-4", "004-6")
@pytest.mark.parametrize("wholly", [False, True])
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", Kind)
def test_what_a_script_asks_is_a_report_that_lacks_nothing(
    kind: str, channel: str, *, wholly: bool
) -> None:
    intake = Intake()
    body = filled(script_for(kind, "en", channel), kind, channel, wholly=wholly)

    told = intake.call("POST", "/v1/staff/reports", body, groups="agent supervisor")

    assert told.status == 201, told.body
    case = intake.cases.load(told.body["id"])
    assert case.status is not Status.NEEDS_INFORMATION
    assert plugin("incidents", kind).missing(case.report) == ()
    if wholly:
        asked = {question.code for question in plugin("incidents", kind).DETAILS}
        assert {fact.code for fact in case.report.details} == asked
        assert case.report.inquired_on is not None
        assert (intake.contacts.get(case.id, "report") or {})["wish"] == "As it was told."


@pytest.mark.requirement("000-4", "000-13", "002-1")
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", KINDS["en"])
def test_every_kind_has_a_script_in_both_languages_on_every_channel(
    kind: str, channel: str
) -> None:
    english, chinese = (script_for(kind, language, channel) for language in ("en", "zh-CN"))

    assert [one.field for one in english.questions] == [one.field for one in chinese.questions]
    assert len({one.field for one in english.questions}) == len(english.questions)
    for text in (chinese.opening, chinese.closing, *chinese.advice):
        assert re.search(r"[\u4e00-\u9fff]", text)
    for one in chinese.questions:
        assert not re.search(r"[A-Za-z]", one.ask + "".join(told["text"] for told in one.choices))
    assert all(one.ask.isascii() for one in english.questions)
    assert english.advice


@pytest.mark.parametrize("kind", codes("incidents"))
def test_every_choice_of_a_report_has_words(kind: str) -> None:
    choices = {one for question in plugin("incidents", kind).DETAILS for one in question.choices}

    assert choices <= CHOICES.keys()
