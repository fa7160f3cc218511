"""Every event is worded in both languages, for whoever may read it."""

import pytest

from amends.domain.case.events import EVENT_TYPES
from amends.web.staff_wording import STAFF_TEXTS
from amends.web.wording import EVENT_TEXTS


@pytest.mark.parametrize("name", sorted(EVENT_TYPES))
def test_an_event_is_worded_once(name: str) -> None:
    assert (name in EVENT_TEXTS) is not (name in STAFF_TEXTS)


def test_nothing_is_worded_that_is_no_event() -> None:
    assert {*EVENT_TEXTS, *STAFF_TEXTS} == set(EVENT_TYPES)


@pytest.mark.parametrize("texts", [*EVENT_TEXTS.values(), *STAFF_TEXTS.values()])
def test_each_sentence_has_both_languages(texts: dict[str, str]) -> None:
    assert set(texts) == {"en", "zh-CN"}
    assert all(text.endswith((".", "。")) for text in texts.values())
