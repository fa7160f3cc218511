"""Entering: whoever lost the token of a case gets a new one, by the contact on file.

The answer to asking is the same whatever is true, and so is the time it takes: the work is done
behind a queue. Of link and token only hashes are kept.
"""

import hmac
from collections.abc import Iterable
from hashlib import sha256

from amends.domain.case import access
from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.domain.parcel.number import check
from amends.domain.people.message import Audience, Way
from amends.domain.refusal import NotFound
from amends.ports import CaseStore
from amends.service.amend import amend, is_recorded
from amends.service.intake.reporting import hash_of, token_of
from amends.service.people.readers import Directory

PROVABLE = (Way.EMAIL, Way.SMS)
"""Addresses that a person can name; the message itself goes by the claimant's own order of ways."""


def link_of(case_id: str, key: bytes, *, number: int) -> str:
    """The secret of one link of a case: 256 bits that only the holder of the key can derive."""
    return hmac.new(key, f"access-link\x1f{case_id}\x1f{number}".encode(), sha256).hexdigest()


def send_links(
    store: CaseStore,
    directory: Directory,
    *,
    reference: str,
    contact: str,
    key: bytes,
    occasion: Occasion,
) -> int:
    """Let a link go out for each case of that number or id whose claimant has that contact."""
    sent = 0
    for case in _cases(store, reference):
        addresses = directory.person(case, Audience.CLAIMANT).addresses
        if _same(contact) not in {_same(addresses[way]) for way in PROVABLE if way in addresses}:
            continue
        if is_recorded(store, case.id, occasion):
            continue  # the queue delivers a message twice: one request is one link
        after = amend(
            store,
            case.id,
            occasion,
            lambda now: access.issue_link(
                now, hash_of(link_of(now.id, key, number=now.access.links + 1)), occasion
            ),
        )
        sent += after.access.links - case.access.links
    return sent


def exchange(
    store: CaseStore, case_id: str, link: str, *, key: bytes, occasion: Occasion
) -> tuple[Case, str]:
    """The case and its new token, for a link that is good; it is so once."""
    try:
        case = store.load(case_id)
    except NotFound:
        raise access.LinkSpent("this link is not valid") from None
    token = token_of(case_id, key, turn=case.access.turn + 1)
    after = amend(
        store,
        case_id,
        occasion,
        lambda now: access.use_link(now, hash_of(link), hash_of(token), occasion),
    )
    return after, token


def _cases(store: CaseStore, reference: str) -> Iterable[Case]:
    """By its id, or every open case on a tracking number."""
    wanted = reference.strip()
    ids = [wanted] if wanted.startswith("case_") else store.on_waybill(check(wanted).normalised)
    for case_id in ids:
        try:
            yield store.load(case_id)
        except NotFound:
            continue


def _same(address: str) -> str:
    """One spelling for an address or a number: case, blanks and signs between digits aside."""
    plain = address.strip().casefold()
    return plain if "@" in plain else "".join(sign for sign in plain if sign.isdigit())
