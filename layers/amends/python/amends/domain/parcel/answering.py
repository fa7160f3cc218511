"""Answering: one reading for every number asked, whatever the channel sent back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from amends.domain.exchange import Exchange, Response
from amends.domain.parcel.carriers import house_of
from amends.domain.parcel.channel import Account, Answer, Asked, Token
from amends.domain.parcel.derive import UNDATED, no_scans, not_said
from amends.domain.parcel.reading import Reading
from amends.domain.parcel.unsaid import nothing_told
from amends.domain.parcel.wire import failure, retry_after
from amends.domain.parcel.wrapping import read_through

Read = Callable[[bytes], tuple[Reading, ...]]


def answer(
    asked: Sequence[Asked],
    response: Response,
    *,
    channel: str,
    read: Read,
    absent: str | None = None,
    wait_seconds: int | None = None,
) -> Answer:
    """Read one response for all that was asked; one bad number never spoils the rest.

    A response that is no answer (no connection, 401, 429, 5xx, not JSON) says the same of every
    number. `absent` is the error for a number that a good answer leaves out; None: no scans yet.
    `wait_seconds` is how long the provider wants to be left alone where its 429 does not say.
    """
    raw = (response.body,) if response.body else ()
    if (failed := failure(response)) is not None:
        error, wait = failed
        if error == "rate_limited":
            wait = wait_seconds if wait is None else wait
        readings = {
            one.number: not_said(
                number=one.number,
                channel=channel,
                carrier=one.carrier,
                error=error,
                retry_after_seconds=wait,
            )
            for one in asked
        }
        return Answer(readings=readings, raw=raw)
    told = read_through(read, response.body)
    if not told:
        nothing = nothing_told(response.body, number="", channel=channel)
        told = (nothing,) if nothing.error else ()
    wait = retry_after(response)
    if wait is not None:
        told = tuple(replace(one, retry_after_seconds=wait) if one.error else one for one in told)
    whole = next((one for one in told if not one.number and one.error), None)
    readings = {
        one.number: _chosen(one, told)
        or (replace(whole, number=one.number, carrier=one.carrier) if whole else None)
        or _absent(one, channel=channel, error=absent)
        for one in asked
    }
    return Answer(readings=readings, raw=raw)


def registered(
    asked: Sequence[Asked], response: Response, *, channel: str, read: Read
) -> dict[str, str]:
    """What became of each registration: `ok` (also when it was there already) or an error code."""
    told = answer(asked, response, channel=channel, read=read, absent="unavailable").readings
    return {
        number: "ok" if one.error in (None, "already_registered") else one.error
        for number, one in told.items()
    }


def together(answers: Sequence[Answer], token: Token | None = None) -> Answer:
    """The answers to several requests as one, with the token that was fetched for them."""
    return Answer(
        readings={number: told for each in answers for number, told in each.readings.items()},
        raw=tuple(body for each in answers for body in each.raw),
        token=token,
    )


def nothing_to_register(asked: Sequence[Asked], account: Account) -> Exchange[Mapping[str, str]]:
    """`register` of a channel that answers for any number: asks nothing, and all is well."""
    del account
    yield from ()
    return {one.number: "ok" for one in asked}


def same_number(one: str, other: str) -> bool:
    """Whether two spellings are one number: case, spaces and dashes do not count."""
    return _plain(one) == _plain(other)


def _plain(number: str) -> str:
    return "".join(number.split()).replace("-", "").upper()


def _chosen(asked: Asked, told: Sequence[Reading]) -> Reading | None:
    ours = [one for one in told if one.number and same_number(one.number, asked.number)]
    if not ours:
        return None
    house = house_of(asked.carrier)
    best = max(
        ours,
        key=lambda one: (
            one.carrier == asked.carrier,
            house_of(one.carrier) == house,
            one.error is None,
            _last(one),
        ),
    )
    return replace(best, number=asked.number, carrier=best.carrier or asked.carrier)


def _last(reading: Reading) -> datetime:
    return reading.scans[-1].at if reading.scans else UNDATED


def _absent(asked: Asked, *, channel: str, error: str | None) -> Reading:
    if error is None:
        return no_scans(number=asked.number, channel=channel, carrier=asked.carrier)
    return not_said(number=asked.number, channel=channel, carrier=asked.carrier, error=error)
