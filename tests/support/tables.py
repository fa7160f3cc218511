"""Tables as `template.yaml` describes them, made in whatever engine a client speaks with."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tools.template_document import template_document

ROOT = Path(__file__).resolve().parents[2]
KEPT = ("AttributeDefinitions", "KeySchema", "GlobalSecondaryIndexes", "BillingMode")


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTables:
    """The three tables that one transaction writes."""

    events: str
    cases: str
    ledger: str


def make_case_tables(client: Any, prefix: str) -> CaseTables:
    """Make the three tables without their readers; names begin with the prefix."""
    return CaseTables(
        events=make_table(client, "EventsTable", f"{prefix}-events"),
        cases=make_table(client, "CasesTable", f"{prefix}-cases"),
        ledger=make_table(client, "LedgerTable", f"{prefix}-ledger"),
    )


def make_table(client: Any, resource: str, name: str, *, has_stream: bool = False) -> str:
    """Make one table of the template: its keys and indexes, and its stream where that is read."""
    properties = resources()[resource]["Properties"]
    wanted = {key: _plain(properties[key]) for key in KEPT if key in properties}
    stream = properties.get("StreamSpecification")
    if has_stream and stream:
        wanted["StreamSpecification"] = {"StreamEnabled": True, **_plain(stream)}
    client.create_table(TableName=name, **wanted)
    return name


def resources() -> Any:
    """The resources of the template, intrinsics spelled out."""
    return template()["Resources"]


@cache
def template() -> Any:
    """The whole template, intrinsics spelled out."""
    return template_document(ROOT / "template.yaml")


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(member) for member in value]
    return str(value) if isinstance(value, str) else value
