"""Clock and environment: the only module that reads either."""

import os
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from amends.domain.occasion import Occasion


def now() -> datetime:
    """The clock; nothing below this module reads one."""
    return datetime.now(UTC)


def occasion(*, by: str, because: str) -> Occasion:
    """Now, by this actor, because of that."""
    return Occasion(at=now(), by=by, because=because)


def environment(name: str) -> str:
    """One setting of the function; a missing one is an accident of the deployment."""
    return os.environ[name]


def survey_delay() -> timedelta:
    """From settlement to the satisfaction question."""
    return timedelta(seconds=int(environment("SURVEY_DELAY_SECONDS")))


def is_local() -> bool:
    """Whether this is the emulator, where a webhook may go to the loopback."""
    return urlsplit(environment("PUBLIC_URL")).hostname in ("127.0.0.1", "localhost")
