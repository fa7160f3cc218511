"""Access: which proofs open the case, as its history left them."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Links that were sent to the contact on file, and the token that the last of them gave."""

    links: int = 0
    """How many were issued: the next one's number, from which its secret is derived."""
    link_hash: str | None = None
    """Of the one link that is good; None when it was used."""
    link_until: datetime | None = None
    issued_at: tuple[datetime, ...] = ()
    """The last few, newest last: so many may be asked for in an hour."""
    turn: int = 0
    """How often the case token was replaced."""
    proved_at: datetime | None = None
    """When the contact on file last proved itself by using a link."""


def with_link(access: Access, link_hash: str, until: datetime, at: datetime) -> Access:
    """A link was issued; whichever was good before is not any more."""
    return replace(
        access,
        links=access.links + 1,
        link_hash=link_hash,
        link_until=until,
        issued_at=(*access.issued_at[-9:], at),
    )


def proved(access: Access, at: datetime) -> Access:
    """A new token was given to whoever has the contact on file; the link is used up."""
    return replace(access, link_hash=None, link_until=None, turn=access.turn + 1, proved_at=at)
