"""Due: what is done with a case whose moment has come."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.money.paying import FINAL
from amends.domain.case.state.settlement import CasePayout
from amends.domain.case.talking import aftercare, conversing
from amends.domain.occasion import Occasion
from amends.ports import Histories
from amends.service.amend import amend
from amends.service.settling import Settling, next_step

STEPS = 5
"""More overdue things than one case ever waits for at once."""


class Undone(RuntimeError):  # noqa: N818 - some cases stay due
    """Acting on some of the cases failed; they stay due."""


def act_on(
    case_ids: Sequence[str],
    store: Histories,
    settling: Settling,
    occasion: Occasion,
    *,
    failed: Callable[[str, Exception], None],
    acted: Callable[[Sequence[str]], Mapping[str, Exception]] = lambda _: {},
) -> None:
    """Act on each of these cases, then give them to `acted`; tell `failed` of one that fails.

    Raises Undone when any did, after all others were acted on. `store` should remember, for what
    is overdue is first decided of all cases and appended together.
    """
    undone: dict[str, Exception] = {}
    _act_together(case_ids, store, occasion)
    for case_id in case_ids:
        try:
            _act_while_due(store, case_id, settling, occasion)
        except Exception as error:  # noqa: BLE001 - one case must not stop the others
            undone[case_id] = error
    undone |= acted([case_id for case_id in case_ids if case_id not in undone])
    for case_id, trouble in undone.items():
        failed(case_id, trouble)
    if undone:
        raise Undone(f"{len(undone)} of {len(case_ids)} cases stay due")


def act(store: Histories, case_id: str, settling: Settling, occasion: Occasion) -> Case:
    """Act on one due case; acting twice is harmless."""
    case = amend(store, case_id, occasion, lambda now: _overdue(now, occasion))
    waiting = waiting_payouts(case, occasion)
    for payout in waiting:
        settling.payouts.send({"case_id": case.id, "payout_id": payout.id})
    if waiting and case.updated_at != occasion.at:
        return case
    return next_step(store, case_id, settling, occasion)


def _act_together(case_ids: Sequence[str], store: Histories, occasion: Occasion) -> None:
    """What is overdue, of all cases at once; what does not come to that is done case by case.

    So whatever fails here fails again, and is told, when the case has its own turn.
    """
    changes = []
    for case_id in dict.fromkeys(case_ids):
        with suppress(Exception):
            case = store.load(case_id)
            if events := _overdue(case, occasion):
                changes.append((case, events))
    if len(changes) > 1:
        with suppress(Exception):
            store.append_many(changes, occasion)


def _act_while_due(store: Histories, case_id: str, settling: Settling, occasion: Occasion) -> None:
    """Until nothing more is due or nothing more changes: the sweep may not come back at once."""
    version = -1
    for _ in range(STEPS):
        case = act(store, case_id, settling, occasion)
        is_moving = case.updated_at == occasion.at and case.version != version
        if not is_moving or case.due_at is None or case.due_at > occasion.at:
            return
        version = case.version


def _overdue(case: Case, occasion: Occasion) -> list[Event]:
    survey = case.waits.get("survey")
    if survey is not None and survey <= occasion.at:
        return aftercare.survey_sent(case, occasion)
    return [*aftercare.remind(case, occasion), *conversing.overdue(case, occasion)]


def waiting_payouts(case: Case, occasion: Occasion) -> list[CasePayout]:
    """The payouts that are to be sent or asked about now: of each part the first with no end."""
    found: dict[str, CasePayout] = {}
    for payout in case.payouts:
        due = case.waits.get(payout.clock)
        if payout.state not in FINAL and due is not None and due <= occasion.at:
            found.setdefault(payout.clock, payout)
    return list(found.values())
