"""Warning: a merchant whose endpoint was paused is told by mail, not only in the list of events."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from amends.domain.ids import derived
from amends.domain.people.message import Rendered, Way
from amends.domain.people.phrases import nearest
from amends.domain.people.values import Value
from amends.domain.people.webhook import Endpoint
from amends.ports import Messenger, Unsent
from amends.service.people import wordings as w

CODE = "endpoint_paused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What warning needs; where a merchant has left no address, the house's own desk is told."""

    messenger: Messenger
    turn: Callable[[Way], bool]
    merchants: Mapping[str, Mapping[str, object]]
    house: str | None
    language: str
    """The house's own."""
    write: Callable[[str, Mapping[str, Value], str], Rendered]
    """A message by its code, values and language."""


def warn(needs: Notice, endpoint: Endpoint, because: str, since: datetime) -> None:
    """Say it once; who cannot be told now finds it in the list of events."""
    known = needs.merchants.get(endpoint.merchant, {})
    own = str(known["email"]) if known.get("email") else None
    address = own or needs.house
    if address is None or not needs.turn(Way.EMAIL):
        return
    language = nearest(str(known.get("language") or needs.language)) if own else needs.language
    said = needs.write(
        CODE,
        {
            "reference": endpoint.id,
            "host": urlsplit(endpoint.url).hostname or "-",
            "failing_since": since,
            "reason": w.PAUSED_BECAUSE[because][language],
            "how_to_wake": w.HOW_TO_WAKE[language].format(endpoint=endpoint.id),
        },
        language,
    )
    with suppress(Unsent):  # the event of it is kept, and told at every other endpoint
        needs.messenger.send_email(
            key=derived("msg", endpoint.id, CODE, since.isoformat()),
            case_id=endpoint.id,
            to=address,
            subject=said.subject,
            text=said.text,
            html=said.html,
        )
