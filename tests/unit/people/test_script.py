"""An agent knows what to ask, whatever happened and however the report came."""

import re

import pytest

from amends.domain.people.phrases import KINDS
from amends.domain.people.script import CHANNELS, KINDS_WITH_SCRIPT, script_for


@pytest.mark.requirement("000-4", "000-13", "002-1")
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("kind", KINDS["en"])
def test_every_kind_has_a_script_in_both_languages_on_every_channel(
    kind: str, channel: str
) -> None:
    english, chinese = (script_for(kind, language, channel) for language in ("en", "zh-CN"))

    assert [row[0] for row in english.questions] == [row[0] for row in chinese.questions]
    assert len({row[0] for row in english.questions}) == len(english.questions)
    for text in (chinese.opening, chinese.closing, *chinese.advice):
        assert re.search(r"[\u4e00-\u9fff]", text)
    assert all(not re.search(r"[A-Za-z]", row[1]) for row in chinese.questions)
    assert all(row[1].isascii() for row in english.questions)
    assert english.advice


def test_no_kind_is_forgotten() -> None:
    assert set(KINDS_WITH_SCRIPT) == set(KINDS["en"])
