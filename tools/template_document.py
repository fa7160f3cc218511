"""A CloudFormation template as a document, its short intrinsics spelled out."""

from pathlib import Path
from typing import Any

import yaml


class _Reader(yaml.CSafeLoader):
    """Plain YAML, and what a template writes with an exclamation mark."""


def template_document(path: Path) -> Any:
    """Read a template: `!Ref X` as `{"Ref": "X"}`, `!Sub text` as `{"Fn::Sub": "text"}`."""
    with path.open(encoding="utf-8") as text:
        return yaml.load(text, Loader=_Reader)  # noqa: S506  # a safe loader by its class


def _spelled_out(reader: _Reader, name: str, node: yaml.Node) -> dict[str, Any]:
    if isinstance(node, yaml.SequenceNode):
        value: Any = reader.construct_sequence(node, deep=True)
    elif isinstance(node, yaml.MappingNode):
        value = reader.construct_mapping(node, deep=True)
    else:
        value = node.value
    if name == "GetAtt" and isinstance(value, str):
        value = value.split(".", maxsplit=1)
    return {name if name in ("Ref", "Condition") else f"Fn::{name}": value}


_Reader.add_multi_constructor("!", _spelled_out)
