"""Stores: cases, personal data, files, first answers, money."""

from functools import cache
from typing import TYPE_CHECKING

from amends.runtime.clock import environment, now
from amends.runtime.cloud import client, token_key

if TYPE_CHECKING:
    from amends.domain.case.case import Case
    from amends.domain.occasion import Occasion
    from amends.ports import CaseStore, Contacts, Evidence, Passes, Vaults
    from amends.ports.idempotency import Idempotency
    from amends.ports.money import LedgerReader, MoneyRecords


@cache
def cases() -> "CaseStore":
    """The case store."""
    from amends.adapters.booking import book
    from amends.adapters.dynamodb import DynamoCases

    return DynamoCases(
        client("dynamodb"),
        events_table=environment("EVENTS_TABLE"),
        cases_table=environment("CASES_TABLE"),
        ledger_table=environment("LEDGER_TABLE"),
        book=book,
    )


def contacts() -> "Contacts":
    """Personal data of cases."""
    from amends.adapters.contacts import DynamoContacts

    return DynamoContacts(
        client("dynamodb"), table=environment("CONTACTS_TABLE"), now=now(), key=token_key
    )


@cache
def evidence() -> "Evidence":
    """Files of cases."""
    from amends.adapters.evidence import S3Evidence

    return S3Evidence(client("s3"), bucket=environment("EVIDENCE_BUCKET"))


@cache
def vaults() -> "Vaults":
    """What is kept of shipments before there is a case."""
    from amends.adapters.vaults import DynamoVaults

    return DynamoVaults(client("dynamodb"), table=environment("SHIPMENTS_TABLE"), now=now)


def carry_known(case: "Case", at: "Occasion") -> None:
    """Bring to a case what was kept of its shipment before."""
    from amends.service.intake.vault import CARRIED_IN, carry_known

    if case.stage in CARRIED_IN:
        carry_known(case, vaults(), cases(), evidence(), at)


@cache
def idempotency() -> "Idempotency":
    """First answers."""
    from amends.adapters.idempotency import DynamoIdempotency

    return DynamoIdempotency(client("dynamodb"), table=environment("IDEMPOTENCY_TABLE"))


@cache
def passes() -> "Passes":
    """Sweeps that go on with the next one."""
    from amends.adapters.due_index import DynamoPasses

    return DynamoPasses(client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def money_records() -> "MoneyRecords":
    """Limits used, statements, rates, switches, differences."""
    from amends.adapters.money_records import DynamoMoneyRecords

    return DynamoMoneyRecords(client("dynamodb"), table=environment("MONEY_TABLE"))


@cache
def ledger() -> "LedgerReader":
    """The ledger, to read."""
    from amends.adapters.money_records import DynamoLedger

    return DynamoLedger(client("dynamodb"), table=environment("LEDGER_TABLE"))
