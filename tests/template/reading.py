"""Questions that the template's tests ask of it."""

from collections.abc import Iterator, Mapping
from typing import Any

Resources = Mapping[str, Mapping[str, Any]]
APPEND_ONLY = ("EventsTable", "LedgerTable")


def of_type(resources: Resources, kind: str) -> dict[str, Mapping[str, Any]]:
    """The properties of every resource of a type, by logical id."""
    return {
        name: resource.get("Properties", {})
        for name, resource in resources.items()
        if resource["Type"] == kind
    }


def functions(resources: Resources) -> dict[str, Mapping[str, Any]]:
    """Every function."""
    return of_type(resources, "AWS::Serverless::Function")


def as_list(value: Any) -> list[Any]:
    """One thing or a list of them, as a list."""
    return value if isinstance(value, list) else [value]


def statements(resources: Resources, function: str) -> Iterator[Mapping[str, Any]]:
    """Every statement that a function's role is given, through shared pieces or its own lines."""
    for policy in functions(resources)[function]["Policies"]:
        if "Ref" in policy:
            document = resources[policy["Ref"]]["Properties"]["PolicyDocument"]
        else:
            document = policy
        yield from document["Statement"]


def mentions(value: Any) -> set[str]:
    """Every logical id that a value refers to."""
    if isinstance(value, list):
        return set().union(*(mentions(item) for item in value)) if value else set()
    if not isinstance(value, Mapping):
        return set()
    found: set[str] = set()
    for key, inner in value.items():
        if key == "Ref":
            found.add(str(inner))
        elif key == "Fn::GetAtt":
            found.add(str(inner[0] if isinstance(inner, list) else inner.split(".")[0]))
        elif key == "Fn::Sub":
            text = inner if isinstance(inner, str) else inner[0]
            found |= {part.split("}")[0].split(".")[0] for part in text.split("${")[1:]}
        else:
            found |= mentions(inner)
    return found


def sources(resources: Resources, kind: str) -> dict[str, Mapping[str, Any]]:
    """The properties of every event source of a kind, by `Function.Event`."""
    return {
        f"{name}.{event}": source["Properties"]
        for name, properties in functions(resources).items()
        for event, source in properties.get("Events", {}).items()
        if source["Type"] == kind
    }
