"""Reminding owners: an overdue action is told to its owner, then to the supervisor, by mail.

That they are told is kept before the mail is given away: whoever is cut off in between has told
one reminder too few, of a kind that comes again, and never one twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from amends.domain.ids import derived
from amends.domain.insight.action import PlannedAction
from amends.domain.insight.reminding import Reminded, reminded, reminder_due
from amends.domain.occasion import Occasion
from amends.domain.people.delivery import Outcome
from amends.domain.people.message import Rendered, Way
from amends.domain.people.values import Value
from amends.ports import Messenger, Unsent
from amends.ports.insight import Actions, StaleAction
from amends.service.people import wordings as w

CODE = "action_overdue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminding:
    """What telling owners needs; `addresses` knows owners by id, and `supervisor`."""

    actions: Actions
    messenger: Messenger
    turn: Callable[[Way], bool]
    addresses: Mapping[str, str]
    house: str | None
    """Where mail for anybody else of the house goes."""
    language: str
    write: Callable[[str, Mapping[str, Value]], Rendered]
    """A message to staff, by its code and values."""
    link: Callable[[str], str]


def remind_owners(needs: Reminding, occasion: Occasion) -> int:
    """Tell of every overdue action whoever is to be told now; how many were told."""
    told = 0
    for action in needs.actions.all():
        who = reminder_due(action, occasion.at)
        address = None if who is None else _address(action, who, needs)
        if who is not None and address is not None and needs.turn(Way.EMAIL):
            told += _told(action, who, address, needs, occasion.at)
    return told


def _told(
    action: PlannedAction, who: Reminded, address: str, needs: Reminding, at: datetime
) -> bool:
    try:
        kept = needs.actions.save(reminded(action, who, at))
    except StaleAction:
        return False  # somebody has just done something about it
    said = needs.write(CODE, _values(action, who, needs))
    try:
        needs.messenger.send_email(
            key=derived("msg", action.id, who, at.isoformat()),
            case_id=action.id,
            to=address,
            subject=said.subject,
            text=said.text,
            html=said.html,
        )
    except Unsent as unsent:
        if unsent.outcome is Outcome.BUSY:  # certainly not sent: the next hour tries again
            needs.actions.save(
                replace(kept, reminded_at=action.reminded_at, escalated_at=action.escalated_at)
            )
        return False
    return True


def _address(action: PlannedAction, who: Reminded, needs: Reminding) -> str | None:
    name = str(who) if who is Reminded.SUPERVISOR else action.owner or ""
    if "@" in name:
        return name
    return needs.addresses.get(name, needs.house)


def _values(action: PlannedAction, who: Reminded, needs: Reminding) -> Mapping[str, Value]:
    asks = w.ACTION_ASKS[who][needs.language]
    told: dict[str, Value] = {
        "reference": action.id,
        "what": w.MEASURES[action.kind][needs.language],
        "because": action.because,
        "due_on": action.due_on,
        "wanted": [asks],
        "desk_link": needs.link(action.id),
    }
    return told if action.owner is None else {**told, "owner": action.owner}
