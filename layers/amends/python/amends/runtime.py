"""Runtime: settings, clock and wired adapters; the composition root, all lazy."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from amends.domain.occasion import Occasion

if TYPE_CHECKING:
    from amends.ports import CaseStore, Contacts, Http, Idempotency, Queue, Secrets


def now() -> datetime:
    """The clock; nothing below this module reads one."""
    return datetime.now(UTC)


def occasion(*, by: str, because: str) -> Occasion:
    """Now, by this actor, because of that."""
    return Occasion(at=now(), by=by, because=because)


def environment(name: str) -> str:
    """One setting of the function; a missing one is an accident of the deployment."""
    return os.environ[name]


@cache
def cases() -> "CaseStore":
    """The case store."""
    from amends.adapters.booking import book
    from amends.adapters.dynamodb import DynamoCases

    return DynamoCases(
        _client("dynamodb"),
        events_table=environment("EVENTS_TABLE"),
        cases_table=environment("CASES_TABLE"),
        ledger_table=environment("LEDGER_TABLE"),
        book=book,
    )


def contacts() -> "Contacts":
    """Personal data of cases."""
    from amends.adapters.contacts import DynamoContacts

    return DynamoContacts(_client("dynamodb"), table=environment("CONTACTS_TABLE"), now=now())


@cache
def idempotency() -> "Idempotency":
    """First answers."""
    from amends.adapters.idempotency import DynamoIdempotency

    return DynamoIdempotency(_client("dynamodb"), table=environment("IDEMPOTENCY_TABLE"))


@cache
def tracking_queue() -> "Queue":
    """Parcels to ask about."""
    return _queue("TRACKING_QUEUE_URL")


@cache
def payout_queue() -> "Queue":
    """Payouts to send or ask about."""
    return _queue("PAYOUT_QUEUE_URL")


@cache
def secrets() -> "Secrets":
    """Secrets by account."""
    from amends.adapters.secrets import SsmSecrets

    return SsmSecrets(_client("ssm"), prefix=environment("SECRETS_PREFIX"))


@cache
def settings() -> Mapping[str, Any]:
    """Base URLs of channels and rails, and account names."""
    from amends.adapters.secrets import read_settings

    return read_settings(_client("ssm"), environment("SETTINGS_PARAMETER"))


def http() -> "Http":
    """The way out to third parties."""
    from amends.adapters.http import send

    return send


def survey_delay() -> timedelta:
    """From settlement to the satisfaction question."""
    return timedelta(seconds=int(environment("SURVEY_DELAY_SECONDS")))


@cache
def _client(service: str) -> Any:
    from amends.adapters.aws import client

    return client(service)


def _queue(variable: str) -> "Queue":
    from amends.adapters.queue import SqsQueue

    return SqsQueue(_client("sqs"), url=environment(variable))
