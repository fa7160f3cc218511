"""One turn of the clock over cases in memory: what is due goes through a queue and is acted on."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from amends.domain.occasion import Occasion
from amends.ports import CaseStore
from amends.service.due import Undone, act_on
from amends.service.due_pass import sweep_cases
from amends.service.remembering import Remembered
from amends.service.settling import Settling
from tests.support.fakes import MemoryPasses, MemoryQueue


def sweep(
    cases: CaseStore,
    settling: Settling,
    occasion: Occasion,
    *,
    failed: Callable[[str, Exception], None],
    acted: Callable[[Sequence[str]], Mapping[str, Exception]] = lambda _: {},
    deliver: Callable[[Callable[[], None]], object] = lambda act: act(),
) -> None:
    """Act on every due case; one that fails is told to `failed`.

    `deliver` hands each document to whoever acts, as often as its queue does.
    """
    queue = MemoryQueue()
    sweep_cases(cases, queue, MemoryPasses(), occasion)
    for document in queue.sent:
        case_ids: Any = document["case_ids"]

        def act(case_ids: Sequence[str] = case_ids) -> None:
            act_on(case_ids, Remembered(cases), settling, occasion, failed=failed, acted=acted)

        with suppress(Undone):
            deliver(act)


def settling_of_nothing() -> Settling:
    """What the next step of a case needs where nothing is known beside it."""
    return Settling(
        rates=dict,
        survey_after=timedelta(days=3),
        payouts=MemoryQueue(),
        scans=lambda _: [],
        on_file=lambda _: [],
        reach=lambda _case, _occasion: None,
    )
