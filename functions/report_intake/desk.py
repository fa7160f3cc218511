"""The intake's desk: what its endpoints need of the outside, each made when first asked for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amends import runtime
from amends.domain.case.case import Case
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import Watch
from amends.ports import CaseStore, Contacts, Evidence, Vaults
from amends.ports.idempotency import Idempotency
from amends.web.access import as_seen, claimants_case, speaker
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.idempotent import once


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Stores, clock and key of the intake."""

    cases: Callable[[], CaseStore]
    contacts: Callable[[], Contacts]
    idempotency: Callable[[], Idempotency]
    evidence: Callable[[], Evidence]
    vaults: Callable[[], Vaults]
    watches: Callable[[str], Watch | None]
    """One merchant's wish to know about one parcel, by its id."""
    watched: Callable[[str], Sequence[Watch]]
    """The same for everybody who wants to know about a number."""
    occasion: Callable[[str, str], Occasion]
    watch: Callable[[Case], None]
    token_key: Callable[[], bytes]

    def claimant(self, call: Call) -> Occasion:
        """Now, by the claimant or their merchant, because of this request."""
        return self.occasion(speaker(call), call.cause)

    def change(self, call: Call, act: Callable[[Case, str], Answer]) -> Answer:
        """A claimant changes their own case: proved, on the version they saw, once for each key.

        `act` is given the origin that ids are derived from.
        """
        case = claimants_case(call, self.cases())
        return once(
            call,
            caller=case.id,
            store=self.idempotency(),
            at=self.claimant(call).at,
            act=lambda origin: act(as_seen(call, case), origin),
        )


def live() -> Desk:
    """The desk of the deployed stack."""
    return Desk(
        cases=runtime.cases,
        contacts=runtime.contacts,
        idempotency=runtime.idempotency,
        evidence=runtime.evidence,
        vaults=runtime.vaults,
        watches=_watch,
        watched=_watched,
        occasion=lambda by, because: runtime.occasion(by=by, because=because),
        watch=runtime.watch_case,
        token_key=_token_key,
    )


def _token_key() -> bytes:
    return runtime.secrets().of("tokens")["key"].encode()


def _watch(watch_id: str) -> Watch | None:
    return runtime.tracker().watches.get(watch_id)


def _watched(number: str) -> Sequence[Watch]:
    from amends.service.tracking.watching import watches_of

    return watches_of(runtime.tracker(), number)
