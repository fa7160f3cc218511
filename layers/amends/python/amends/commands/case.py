"""`amends case …`: cases of the running local stack, read with its own credentials."""

import json
import os
import socket
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from amends.adapters.dynamodb import DynamoCases
from amends.domain.case.vocabulary import Stage
from amends.domain.refusal import Invalid, NotFound
from amends.web.case_view import case_document, timeline_document

POLL_SECONDS = 1.0
FOLLOW_SECONDS = 3600.0


class NoStack(NotFound):
    """No stack is running here."""

    code = "no_stack"


def show(case_id: str) -> Iterator[object]:
    """The case, then its history, one document each."""
    store = _store()
    yield case_document(store.load(case_id), is_staff=True)
    yield from timeline_document(store.history(case_id), "en", is_staff=True)["data"]


def listed(stage: str | None) -> Iterator[object]:
    """The cases of one stage, or of each from intake to closed, the earliest due first."""
    if stage is not None and stage not in set(Stage):
        raise Invalid(f"there is no stage {stage!r}: {', '.join(Stage)}")
    store = _store()
    for one in Stage if stage is None else (stage,):
        yield from _of_stage(store, one)


def _of_stage(store: DynamoCases, stage: str) -> Iterator[object]:
    cursor = None
    while True:
        page = store.queue(stage=stage, limit=100, cursor=cursor)
        for case_id in page.case_ids:
            yield case_document(store.load(case_id), is_staff=True)
        cursor = page.next_cursor
        if cursor is None:
            return


def follow(case_id: str) -> Iterator[object]:
    """Each event as it is recorded, until the case closes or an hour has passed."""
    store, seen = _store(), 0
    until = time.monotonic() + FOLLOW_SECONDS
    while time.monotonic() < until:
        history = store.history(case_id)
        yield from timeline_document(history[seen:], "en", is_staff=True)["data"]
        seen = len(history)
        if not store.load(case_id).is_open:
            return
        time.sleep(POLL_SECONDS)


def _store() -> DynamoCases:
    client, tables = stack_client()
    return DynamoCases(
        client,
        events_table=tables["events_table"],
        cases_table=tables["cases_table"],
        ledger_table=tables["ledger_table"],
        book=lambda _case, _recorded: [],
    )


def stack_client() -> tuple[Any, Mapping[str, str]]:
    """A client of the running stack's database, and its tables by name."""
    home = Path(os.environ.get("AMENDS_HOME", ".amends"))
    try:
        stack: dict[str, Any] = json.loads((home / "local.json").read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        raise NoStack("no local stack is described here: run `make run` first") from None
    where = urlsplit(stack["endpoint_url"])
    try:
        socket.create_connection((where.hostname, where.port), timeout=2).close()
    except OSError:
        raise NoStack(f"nothing answers at {where.netloc}: run `make run` again") from None

    import boto3
    from botocore.config import Config

    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):  # the stack has credentials of its own
        os.environ.pop(name, None)
    client = boto3.client(
        "dynamodb",
        config=Config(proxies={}),
        endpoint_url=stack["endpoint_url"],
        region_name=stack["region"],
        aws_access_key_id=stack["aws_access_key_id"],
        aws_secret_access_key=stack["aws_secret_access_key"],
    )
    return client, stack["tables"]
