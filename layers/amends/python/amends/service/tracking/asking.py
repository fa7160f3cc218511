"""Asking: one channel about some parcels, within its limits, whatever goes wrong."""

from collections.abc import Callable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from math import ceil
from typing import Any, TypeVar, cast

from amends.catalog import codes, plugin
from amends.domain.exchange import Exchange, Request, Response, converse
from amends.domain.parcel.channel import Account, Answer, Asked, Channel, Limits
from amends.domain.parcel.reading import Reading
from amends.ports import Http, Secrets
from amends.ports.tracking import Gates
from amends.service.tracking.pacing import Lease, Pace

T = TypeVar("T")
_ITS_OWN = frozenset({"unavailable", "timeout", "rate_limited", "unauthorised", "quota"})
"""Errors of the channel, not of a number."""
_EARLY = timedelta(minutes=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """How channels are reached: the settings and secrets of this stack, and what workers share."""

    settings: Mapping[str, Any]
    """`{"channels": {code: {"base_url", "push", "account"}}, "carriers": {carrier: [code]}}`."""
    secrets: Secrets
    http: Http
    gates: Gates
    tokens: MutableMapping[str, tuple[str, datetime]]
    """Access tokens of this worker, each with its end."""
    now: Callable[[], datetime]
    wait: Callable[[timedelta], None]
    """Sleeps: only ever a few seconds, until a slot."""
    leases: MutableMapping[str, Lease] = field(default_factory=dict)
    """What this worker holds of each channel's limits."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The channels that this stack has an account with, and a file for."""
        shelf = set(codes("channels"))
        return tuple(code for code in self.settings.get("channels", {}) if code in shelf)

    def of(self, code: str) -> Mapping[str, Any]:
        """The settings of one channel."""
        return cast("Mapping[str, Any]", self.settings.get("channels", {}).get(code, {}))

    def has_push(self, code: str) -> bool:
        """Whether the channel tells us by itself."""
        return bool(self.of(code).get("push"))

    def refresh_after(self, code: str) -> timedelta:
        """Asking again sooner brings nothing new; a stack may wait longer, or be a test."""
        seconds = self.of(code).get("refresh_seconds")
        limit = channel_of(code).LIMITS.refresh_after
        return limit if seconds is None else timedelta(seconds=float(seconds))

    def gate(self, code: str) -> str:
        """What the workers share about this channel's account."""
        return f"{code}#{self.of(code).get('account', 'default')}"


class Deferred(Exception):  # noqa: N818 - not an error: the channel is asked later
    """Nothing may be sent now; nothing was."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"not before {until.isoformat()}")
        self.until = until


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What one asking came to."""

    readings: Mapping[str, Reading]
    """Without the numbers for which the limits left no room."""
    until: datetime | None = None
    """When there is room for those, if there were any."""


def channel_of(code: str) -> Channel:
    """The plug-in of a channel."""
    return cast("Channel", plugin("channels", code))


def ask(channels: Channels, code: str, asked: Sequence[Asked]) -> Heard:
    """Readings of these numbers; raises Deferred when the channel may not be asked now at all."""
    channel = channel_of(code)
    readings: dict[str, Reading] = {}
    size = channel.LIMITS.batch_size
    wanted = ceil(len(asked) / size)
    gate = _Gate(channels, channels.gate(code), channel.LIMITS, wanted=wanted)
    for start in range(0, len(asked), size):
        account = _account(channels, code)
        answer: Answer = gate.through(channel.track(asked[start : start + size], account))
        if gate.held_back_until is None:
            readings |= answer.readings
        if answer.token:
            end = channels.now() + timedelta(seconds=answer.token.lives_seconds) - _EARLY
            channels.tokens[channels.gate(code)] = (answer.token.value, end)
        if any(one.error == "unauthorised" for one in answer.readings.values()):
            channels.tokens.pop(channels.gate(code), None)
        gate.learn(list(answer.readings.values()))
    return Heard(readings=readings, until=gate.held_back_until)


def register(channels: Channels, code: str, asked: Sequence[Asked]) -> Mapping[str, str]:
    """Register numbers where the channel wants it; number to `ok` or an error code."""
    channel = channel_of(code)
    size = channel.LIMITS.register_batch_size
    told: dict[str, str] = {}
    limits, name = channel.LIMITS, channels.gate(code)
    if limits.register_requests:
        limits, name = replace(limits, requests=limits.register_requests), f"{name}#register"
    gate = _Gate(channels, name, limits, wanted=ceil(len(asked) / size))
    for start in range(0, len(asked), size):
        part = asked[start : start + size]
        told |= gate.through(channel.register(part, _account(channels, code)))
    return told


def _account(channels: Channels, code: str) -> Account:
    now = channels.now()
    token, end = channels.tokens.get(channels.gate(code), ("", now))
    return Account(
        base_url=channels.of(code).get("base_url") or channel_of(code).BASE_URL,
        secrets=channels.secrets.of(f"channels/{code}"),
        token=token if end > now else None,
        at=now,
    )


class _Gate:
    """The way to one channel, for the requests of one asking."""

    def __init__(self, channels: Channels, gate: str, limits: Limits, *, wanted: int) -> None:
        self._channels = channels
        self._pace = Pace(
            limits,
            gate=gate,
            gates=channels.gates,
            lease=channels.leases.setdefault(gate, Lease()),
            now=channels.now,
            wanted=wanted,
        )
        self.held_back_until: datetime | None = None
        """Set by the first request that was not sent: all that follow wait too."""
        self._has_sent = False
        if until := self._pace.hold(wanted):
            raise Deferred(until)

    def through(self, exchange: Exchange[T]) -> T:
        """Carry an exchange through; a request beyond the limits is answered here, with 429."""
        return converse(exchange, self._send)

    def learn(self, readings: Sequence[Reading]) -> None:
        """Tell the breaker how it went."""
        if self.held_back_until is not None:
            return
        is_ok = any(one.error not in _ITS_OWN for one in readings)
        waits = [one.retry_after_seconds for one in readings if one.retry_after_seconds]
        wait = timedelta(seconds=max(waits)) if waits and not is_ok else None
        self._pace.learn(is_ok=is_ok, retry_after=wait)

    def _send(self, request: Request) -> Response:
        until = self.held_back_until or self._pace.pass_one(self._channels.wait)
        if until is not None:
            if not self._has_sent:  # a slow start has let the slots lapse: nothing is lost
                raise Deferred(until)
            self.held_back_until = until
            wait = ceil((until - self._channels.now()).total_seconds())
            return Response(status=429, headers={"retry-after": str(max(wait, 1))})
        self._has_sent = True
        return self._channels.http(request)
