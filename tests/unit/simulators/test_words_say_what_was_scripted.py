"""The inverse mapping loses nothing that a vocabulary can say."""

from datetime import UTC, datetime
from itertools import product

import pytest

from amends.domain.parcel.taxonomy import meaning
from amends.domain.parcel.vocabulary import Milestone, Step
from simulators.carriers import world
from simulators.limits import Terms
from simulators.load import FORMS
from simulators.parcel import Scan
from simulators.wire import Ask
from simulators.words import code_for, says
from tests.unit.simulators.callers import register, track
from tests.unit.simulators.sample_parcels import ALL

VOCABULARIES = [vocabulary for _, _, vocabulary in FORMS.values()]


def now() -> datetime:
    return datetime(2026, 11, 12, tzinfo=UTC)


def scan(milestone: Milestone, step: Step | None) -> Scan:
    return Scan(at=now(), milestone=milestone, step=step)


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_milestone_and_step_can_be_told_in_every_vocabulary(vocabulary: str) -> None:
    for milestone, step in product(Milestone, [None, *Step]):
        told = meaning(vocabulary, code_for(vocabulary, scan(milestone, step)))
        assert told is not None
        if says(vocabulary, milestone):
            assert told.milestone is milestone


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_what_a_code_means_is_told_by_a_code_that_means_the_same(vocabulary: str) -> None:
    for milestone in Milestone:
        first = meaning(vocabulary, code_for(vocabulary, scan(milestone, None)))
        assert first is not None
        again = Scan(at=now(), milestone=first.milestone, step=first.step, reason=first.reason)
        assert meaning(vocabulary, code_for(vocabulary, again)) == first


def test_a_script_can_name_a_code_that_no_table_knows() -> None:
    strange = Scan(at=now(), milestone="in_transit", codes={"usps.eventCode": "ZZ"})

    assert code_for("usps.eventCode", strange) == "ZZ"


def test_a_request_that_makes_no_sense_is_answered_and_written_down() -> None:
    with world(now=now) as w:
        key = {"as-api-key": w.secrets("aftership")["api_key"]}
        path = "/tracking/2026-07/trackings"
        ask = Ask(method="GET", path=path, query={"limit": "many"}, headers=key)
        outcome = w.world.ask("aftership", ask)
        violations = dict(w.world.posts["aftership"].ledger.violations)

    assert outcome.answer is not None
    assert (outcome.answer.status, violations) == (500, {"bad_request": 1})


@pytest.mark.parametrize("milestone", Milestone)
def test_every_channel_answers_every_milestone(milestone: Milestone) -> None:
    row = {"at": "2026-11-01T10:00:00+08:00", "milestone": milestone.value}
    with world(now=now) as w:
        for sample in ALL:
            w.put(sample.number, row)
            register(w, sample.channel, [sample.number])
            w.world.posts[sample.channel].terms = Terms(batch=200)
            assert track(w, sample.channel, [sample.number])[0] == 200, sample.channel
