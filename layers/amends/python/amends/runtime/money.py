"""Money: what paying and a case's next step need."""

from functools import cache
from typing import TYPE_CHECKING

from amends.runtime.clock import now, survey_delay
from amends.runtime.cloud import digest, http, payout_queue, secrets, settings
from amends.runtime.stores import carry_known, cases, contacts, money_records
from amends.runtime.tracking import shipments_under, watch_case, watches_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from amends.domain.case.case import Case
    from amends.domain.parcel.shipment import Shipment
    from amends.service.money.rail_desk import Treasury
    from amends.service.money.rates import RateTable
    from amends.service.settling import Settling


def treasury() -> "Treasury":
    """What paying needs."""
    from amends.service.money.rail_desk import Treasury

    return Treasury(
        contacts=contacts(),
        secrets=secrets(),
        settings=settings,
        http=http(),
        records=money_records(),
    )


def rails_with_books() -> list[str]:
    """The rails of this stack whose statements are reconciled."""
    from amends.service.money.reconciling import rails_with_books

    return rails_with_books(treasury())


@cache
def rates(_hour: str) -> "RateTable":
    """Exchange rates, read anew each hour."""
    from amends.service.money.rates import with_feed

    return with_feed(settings().get("rates", {}), money_records(), now().date())


def settling() -> "Settling":
    """What the next step of a case may need; a case's parcel is read once for all its steps."""
    from amends.service.beyond import Beyond, reach
    from amends.service.investigation.verifying import on_file
    from amends.service.settling import Settling
    from amends.service.tracking.waiting import wait_of

    read: dict[str, list[Shipment]] = {}

    def parcel(case: "Case") -> "list[Shipment]":
        number = case.report.shipment.tracking_number
        if number not in read:
            read[number] = shipments_under(number)
        return read[number]

    return Settling(
        rates=lambda: rates(now().strftime("%Y-%m-%dT%H")),
        survey_after=survey_delay(),
        payouts=payout_queue(),
        scans=lambda case: [event.scan for one in parcel(case) for event in one.state.events],
        on_file=lambda case: on_file(case, parcel(case), lambda one: _same_people(case, one)),
        reach=lambda case, occasion: reach(
            case,
            Beyond(cases=cases(), contacts=contacts(), watch=watch_case, carry=carry_known),
            occasion,
        ),
        tariff=lambda case: settings().get("tariffs", {}).get(case.merchant),
        wait=lambda case, at: wait_of(case, parcel(case), at),
        cover=lambda case: settings().get("policies", {}).get(case.merchant),
    )


def _same_people(case: "Case", shipment: "Shipment") -> "Mapping[str, bool]":
    """Whether report and sellers tell of the same people, by digests that only we can derive."""
    from amends.domain.people.likeness import digests_of
    from amends.service.investigation.verifying import same_people

    registered = [watch.people for watch in watches_on(shipment) if watch.people]
    if not registered:
        return {}
    return same_people(digests_of(contacts().get(case.id, "report") or {}, digest), registered)
