"""UPU Global Track: EMSEVT events of one S10 item, whichever posts sent them; no push."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from amends.catalog.payloads.upu import CHANNEL, read
from amends.domain.exchange import Exchange, Request
from amends.domain.parcel.answering import answer, nothing_to_register, together
from amends.domain.parcel.channel import Account, Answer, Asked, Limits, Malformed, Push

__all__ = ["BASE_URL", "CARRIERS", "LIMITS", "SECRETS", "read", "receive", "register", "track"]

CARRIERS: frozenset[str] = frozenset()
"""Any post: what it answers for is an S10 number, whoever carries it."""
LIMITS = Limits(
    batch_size=1,
    requests=1,
    per=timedelta(seconds=1),
    refresh_after=timedelta(hours=3),
    source="The UPU publishes no limit; one a second is our own restraint",
)
SECRETS: tuple[str, ...] = ("token",)
BASE_URL = "https://ptt.ptc.post/PTT.API"


def track(asked: Sequence[Asked], account: Account) -> Exchange[Answer]:
    """Ask about one item a request; the service takes its token in the path and nowhere else."""
    answers: list[Answer] = []
    for one in asked:
        item, token = quote(one.number, safe=""), quote(account.secrets["token"], safe="")
        response = yield Request.get(f"{account.base_url}/itemTTExt/{item}/{token}")
        answers.append(
            answer([one], response, channel=CHANNEL, read=partial(read, number=one.number))
        )
    return together(answers)


register = nothing_to_register
"""The posts' events are there whether asked about or not."""


def receive(body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]) -> Push:
    """The UPU pushes nothing."""
    del body, headers, secrets
    raise Malformed("the UPU sends no pushes")
