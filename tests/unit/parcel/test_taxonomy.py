"""The taxonomy: every listed code of every vocabulary means what the reference says."""

import csv

import pytest

from amends.domain.parcel.taxonomy import meaning
from tests.support.reference import reference


@pytest.mark.requirement("000-10")
def test_every_listed_code_of_every_vocabulary_is_mapped_as_listed() -> None:
    text = reference("tracking/taxonomy/mapping.csv").read_text("utf-8")
    listed = list(csv.DictReader(text.splitlines()))

    assert len(listed) > 600
    for row in listed:
        told = meaning(row["vocab"], row["code"])
        assert told is not None, row
        assert told.milestone == row["milestone"].lower(), row
        assert (told.step or "", told.reason or "") == (row["step"], row["reason"]), row
