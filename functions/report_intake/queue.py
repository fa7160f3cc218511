"""Arrivals queue -> evidence: each file that came is looked at, and kept or refused."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote_plus

from amends import runtime
from amends.service.intake import vault
from amends.service.intake.evidence import arrive
from amends.web.batch import each


def handler(event: Mapping[str, Any], _context: object) -> dict[str, list[dict[str, str]]]:
    """Look at each arrival."""
    return each(event, look)


def look(record: Mapping[str, Any]) -> None:
    """One notice of the bucket."""
    occasion = runtime.occasion(by="report_intake", because=record["messageId"])
    for key in keys_of(json.loads(record["body"])):
        cases, files, inspect = runtime.cases(), runtime.evidence(), runtime.inspector()
        if vault.is_vaults(key):
            vault.arrive(runtime.vaults(), cases, files, inspect, key, occasion)
        else:
            arrive(cases, files, inspect, key, occasion)


def keys_of(notice: Mapping[str, Any]) -> Iterator[str]:
    """Keys that a notice names; the bucket's test notice names none."""
    for told in notice.get("Records", []):
        yield unquote_plus(told["s3"]["object"]["key"])
