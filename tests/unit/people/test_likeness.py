"""The same people are found the same however they are written, and others are not."""

import pytest

from amends.domain.case.investigation.verification import PEOPLE
from amends.domain.people.finding import terms_of_party
from amends.domain.people.likeness import FIELDS, digests_of
from amends.service.investigation.verifying import same_people

HOME = {"country": "DE", "postal_code": "20095", "city": "Hamburg", "lines": ["Elbchaussee 2"]}
PERSON = {"name": "Erika Muster", "phone": "+49 40 123456", "address": HOME}


@pytest.mark.parametrize(
    ("change", "differs"),
    [
        ({"name": "  ERIKA-muster "}, set()),
        ({"phone": "0049 (40) 12-34-56"}, set()),
        ({"address": {**HOME, "lines": ["Hamburg, Elbchaussee, 2"], "city": None}}, set()),
        ({"name": "Erik Muster"}, {"name"}),
        ({"phone": "+49 40 123457"}, {"phone"}),
        ({"address": {**HOME, "postal_code": "20096"}}, {"address"}),
        ({"address": {**HOME, "lines": ["Elbchaussee 20"]}}, {"address"}),
    ],
)
def test_writing_does_not_matter_and_meaning_does(
    change: dict[str, object], differs: set[str]
) -> None:
    known, told = terms_of_party(PERSON), terms_of_party({**PERSON, **change})

    assert {part for part in known if known[part] != told[part]} == differs


def test_nothing_is_compared_that_one_side_did_not_tell() -> None:
    assert FIELDS == PEOPLE
    said = {"sender": {"name": "Li Lei"}, "addressee": PERSON, "origin": HOME}
    digests = digests_of(said, str.upper)

    assert set(digests) == set(FIELDS) - {"sender.phone"}
    others = {**digests, "sender.name": "another", "sender.phone": "known to the seller alone"}
    found = same_people(digests, [others, {"addressee.name": "another"}])
    assert found["sender.name"] is False
    assert found["addressee.name"] is True
    assert "sender.phone" not in found
    assert digests_of({"sender": None, "addressee": {}}, str.upper) == {}
