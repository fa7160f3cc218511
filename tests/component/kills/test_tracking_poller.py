"""The poller, cut at each of its effects: no parcel is forgotten, no news lost, none told twice."""

from datetime import timedelta

import pytest

from tests.support.cut_poller import DOOR, NUMBER, ROAD, CutPoller, scene
from tests.support.cutting import cuts, delivered, ends_alike
from tests.support.interleaving import Killed

DAY = timedelta(days=1)


def nothing(_: CutPoller) -> None:
    """Nothing was before."""


def watched(poller: CutPoller) -> None:
    """A case and a merchant wait for news; the first message of neither was worked on yet."""
    poller.register()
    poller.open_case()


def asked_once(poller: CutPoller) -> None:
    """The parcel was asked about on the road, and is due again; then it reaches its door."""
    from simulators.parcel import parcel_from

    poller.carriers.put(parcel_from(NUMBER, {"scans": list(ROAD)}))
    watched(poller)
    poller.tracking.run(timedelta(hours=1), step=timedelta(minutes=30))
    poller.carriers.put(parcel_from(NUMBER, {"scans": [*ROAD, DOOR]}))


@pytest.mark.requirement("000-10", "003-7")
@pytest.mark.parametrize("channel", ["upu", "seventeentrack"])
def test_the_first_asking_brings_the_news_to_case_and_merchant_once(channel: str) -> None:
    def work(poller: CutPoller, _: None) -> None:
        poller.tracking.run(timedelta(hours=3), step=timedelta(minutes=30))

    ends_alike(scene(watched, work, channel=channel), at_least=30)


def test_the_schedule_alone_brings_what_the_queue_has_parked() -> None:
    def work(poller: CutPoller, _: None) -> None:
        poller.tracking.times = 1
        poller.tracking.run(DAY * 2, step=timedelta(hours=4))
        poller.tracking.parked.clear()  # an operator looks at them; nothing waits for it

    ends_alike(scene(asked_once, work), at_least=30, ways=(Killed,))


def test_a_push_reaches_case_and_merchant_once_however_often_it_is_sent() -> None:
    def work(poller: CutPoller, _: None) -> None:
        push = poller.pushed()
        delivered(lambda: poller.receive(push))
        poller.receive(push)
        poller.tracking.run(timedelta(hours=3), step=timedelta(minutes=30))

    ends_alike(scene(watched, work, channel="seventeentrack"), at_least=20)


def test_a_merchants_registration_is_one_watch_and_the_parcel_is_asked_about() -> None:
    def work(poller: CutPoller, _: None) -> object:
        found = delivered(poller.register)
        assert found is not None
        poller.tracking.run(timedelta(hours=3), step=timedelta(minutes=10))
        return found[0].waybill

    ends_alike(scene(nothing, work), at_least=20)


def test_a_registration_that_is_never_sent_again_is_asked_about_or_was_never_made() -> None:
    def work(poller: CutPoller, _: None) -> None:
        delivered(poller.register, times=1)
        poller.tracking.run(timedelta(hours=3), step=timedelta(minutes=10))
        assert all(row.state.first_asked_at for row in poller.tracking.shipments.rows.values())

    for _ in cuts(scene(nothing, work)):
        pass


def test_a_watch_that_is_stopped_is_stopped() -> None:
    def begin(poller: CutPoller) -> str:
        poller.register()
        return next(iter(poller.tracking.watches.rows))

    def work(poller: CutPoller, watch_id: str) -> None:
        delivered(lambda: poller.unwatch(watch_id))
        poller.tracking.run(DAY, step=timedelta(hours=1))

    ends_alike(scene(begin, work), at_least=4)


@pytest.mark.requirement("003-4")
def test_a_silence_opens_one_case_which_is_watched() -> None:
    def work(poller: CutPoller, _: None) -> None:
        poller.clock.at += DAY * 60
        poller.tracking.run(DAY * 3, step=timedelta(hours=12))

    def begin(poller: CutPoller) -> None:
        poller.register()
        poller.tracking.run(timedelta(hours=1), step=timedelta(minutes=30))

    ends_alike(scene(begin, work, scans=ROAD), at_least=30, ways=(Killed,))


def test_a_wake_up_that_was_cut_wakes_us_and_one_that_was_not_wakes_us_no_more() -> None:
    def work(poller: CutPoller, _: None) -> object:
        push = poller.pushed()
        delivered(lambda: poller.receive(push), times=1)
        poller.wait()
        delivered(lambda: poller.receive(push), times=1)
        woken = bool(poller.tracking.queue.waiting)
        poller.tracking.queue.clear()
        poller.wait()
        delivered(lambda: poller.receive(push), times=1)
        return woken, poller.tracking.queue.waiting

    for played in cuts(scene(watched, work, channel="trackingmore")):
        assert played.told[0] == "[(True, [])]", played.place
