"""What stands around a world for cases: its desks, and what a step needs beside the case."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from amends.domain.occasion import Occasion
from amends.service.beyond import Beyond, reach
from amends.service.intake.vault import carry_known
from amends.service.settling import Settling
from amends.service.tracking.waiting import wait_of
from amends.web.router import Endpoint
from claim_settle.staff_desk import Desk
from report_intake import evidence, reading, reporting, writing
from report_intake.desk import Desk as IntakeDesk

if TYPE_CHECKING:
    from tests.support.investigation_world import World

RATES = {"CNY": {"xdr_per_unit": "0.1040", "on": "2026-03-01", "source": "test"}}


def staff_desk(world: "World") -> Desk:
    """What staff's commands reach."""
    return Desk(
        cases=lambda: world.cases,
        contacts=lambda: world.contacts,
        idempotency=lambda: world.keys,
        occasion=lambda by, because: Occasion(at=world.now, by=by, because=because),
        link_key=lambda: b"a key for tests",
        evidence=lambda: world.evidence,
    )


def intake_desk(world: "World") -> IntakeDesk:
    """What reports reach."""
    return IntakeDesk(
        cases=lambda: world.cases,
        contacts=lambda: world.contacts,
        idempotency=lambda: world.keys,
        evidence=lambda: world.evidence,
        occasion=lambda by, because: Occasion(at=world.now, by=by, because=because),
        vaults=lambda: world.vaults,
        watches=lambda _: None,
        watched=lambda _: [],
        watch=lambda case: world.watched.append(case.number),
        token_key=lambda: b"a key for tests",
    )


def claimants_endpoints(desk: IntakeDesk) -> Iterator[Endpoint]:
    """Everything that whoever reports may call."""
    for part in (reporting, reading, writing, evidence):
        yield from part.endpoints(desk)


def settling_of(world: "World") -> Settling:
    """What the steps need beside the case."""
    beyond = Beyond(
        cases=world.cases,
        contacts=world.contacts,
        watch=lambda case: world.watched.append(case.number),
        carry=lambda case, at: carry_known(case, world.vaults, world.cases, world.evidence, at),
    )
    return Settling(
        rates=lambda: RATES,
        survey_after=timedelta(days=3),
        payouts=world.payouts,
        scans=lambda case: world.scans.get(case.id, ()),
        on_file=lambda _: world.on_file,
        reach=lambda case, occasion: reach(case, beyond, occasion),
        wait=lambda case, occasion: wait_of(case, world.shipments, occasion),
    )
