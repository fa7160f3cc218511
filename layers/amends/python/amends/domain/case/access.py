"""Access: a link to the contact on file gives a new case token, and is a fresh proof."""

from datetime import timedelta

from amends.domain.case.case import Case
from amends.domain.case.events import AccessLinkIssued, Event, TokenIssued
from amends.domain.case.state.access import Access
from amends.domain.occasion import Occasion
from amends.domain.refusal import Refusal

LINK_LIFETIME = timedelta(minutes=30)
"""Long enough for a slow mail, short enough for a forgotten screen. Our own figure."""
LINKS_AN_HOUR = 3
FRESH_FOR = timedelta(minutes=30)
"""How long a used link proves who asks to be paid elsewhere. Our own figure."""


class ProofNeeded(Refusal):
    """Where money goes is changed only by whoever has just shown that the contact is theirs."""

    code = "fresh_proof_needed"
    status = 403


class LinkSpent(Refusal):
    """The link was used, is over, or was never ours."""

    code = "link_not_valid"
    status = 401


def issue_link(case: Case, link_hash: str, occasion: Occasion) -> list[Event]:
    """Let a link go to the contact on file; `[]` beyond the few of an hour. One is good at a time.

    The token that the claimant may still have stays good until the link is used: whoever asks for
    links locks nobody out.
    """
    lately = [at for at in case.access.issued_at if at > occasion.at - timedelta(hours=1)]
    if len(lately) >= LINKS_AN_HOUR:
        return []
    return [AccessLinkIssued(link_hash=link_hash, good_until=occasion.at + LINK_LIFETIME)]


def use_link(case: Case, link_hash: str, token_hash: str, occasion: Occasion) -> list[Event]:
    """Exchange a link, once, for a new case token; the old token opens nothing any more."""
    access = case.access
    is_known = access.link_hash is not None and access.link_hash == link_hash
    if not is_known or access.link_until is None or occasion.at >= access.link_until:
        raise LinkSpent("this link was used before or is over; please ask for another")
    return [TokenIssued(token_hash=token_hash)]


def check_fresh(access: Access, occasion: Occasion) -> None:
    """Refuse a claimant whose last proof is old; merchants' tokens are never older than an hour."""
    if occasion.by != "claimant":
        return
    if access.proved_at is None or occasion.at >= access.proved_at + FRESH_FOR:
        raise ProofNeeded("please ask for a link to your contact and use it first: /v1/magic-links")
