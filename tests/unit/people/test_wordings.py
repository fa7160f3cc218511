"""Whatever a message may have to name is worded in every language."""

import pytest

from amends.domain.case.state.liability import ActionKind
from amends.domain.case.vocabulary import Outcome, Remedy
from amends.domain.people.template import LANGUAGES
from amends.service.people import wordings as w


@pytest.mark.parametrize(
    ("names", "words"),
    [(Outcome, w.OUTCOMES), (Remedy, w.REMEDIES), (ActionKind, w.MEASURES)],
)
def test_every_name_is_worded(names: type, words: dict[str, w.Said]) -> None:
    assert {str(name) for name in words} >= {str(name) for name in names}  # type: ignore[attr-defined]  # an enum or a union, both iterate
    assert all(said[language].strip() for said in words.values() for language in LANGUAGES)
