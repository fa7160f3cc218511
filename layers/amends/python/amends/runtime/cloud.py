"""Cloud: clients, queues, settings and secrets, made when first asked for."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from amends.runtime.clock import environment, is_local

if TYPE_CHECKING:
    from amends.adapters.queue import SqsQueue
    from amends.ports import Http, Queue, Secrets, WorkQueue


@cache
def client(service: str, attempts: int = 3) -> Any:
    """A client of one service, kept; `attempts` counts the first."""
    from amends.adapters import aws

    # An emulator beside everything else on a laptop is slower than a cloud: a report was a 500.
    patience = 8.0 if is_local() else 2.0
    return aws.client(service, attempts=attempts, patience=patience)


def queue(variable: str) -> "SqsQueue":
    """The queue whose address stands under this name in the environment."""
    from amends.adapters.queue import SqsQueue

    return SqsQueue(client("sqs"), url=environment(variable))


@cache
def tracking_queue() -> "Queue":
    """Parcels to ask about."""
    return queue("TRACKING_QUEUE_URL")


@cache
def payout_queue() -> "Queue":
    """Payouts to send or ask about."""
    return queue("PAYOUT_QUEUE_URL")


@cache
def delivery_queue() -> "SqsQueue":
    """Messages and webhooks to send."""
    return queue("DELIVERY_QUEUE_URL")


@cache
def due_queue() -> "WorkQueue":
    """Cases whose moment has come."""
    return queue("DUE_QUEUE_URL")


@cache
def secrets() -> "Secrets":
    """Secrets by account."""
    from amends.adapters.secrets import SsmSecrets

    return SsmSecrets(client("ssm"), prefix=environment("SECRETS_PREFIX"))


@cache
def settings() -> Mapping[str, Any]:
    """Base URLs of channels and rails, and account names."""
    from amends.adapters.secrets import read_settings

    return read_settings(client("ssm"), environment("SETTINGS_PARAMETER"))


def token_key() -> bytes:
    """What every token and link of ours is derived from."""
    return secrets().of("tokens")["key"].encode()


def digest(term: str) -> str:
    """What is kept of a person's name, phone or address where it is only to be compared."""
    import hmac
    from hashlib import sha256

    return hmac.new(token_key(), f"like\x1f{term}".encode(), sha256).hexdigest()


def http() -> "Http":
    """The way out to third parties."""
    from amends.adapters.http import send

    return send
