"""Template properties that the emulator's CloudFormation drops or keeps in the wrong type.

Dropped: CORS, reserved concurrency, TTL. Kept as text where a parameter gave the number: the most
that may read one queue at once, which stops every queue in the account.
"""

import functools
from collections.abc import Callable, Mapping
from types import ModuleType
from typing import Any

Fix = Callable[[str, Mapping[str, Any]], None]


def restore(provisioners: ModuleType, functions: ModuleType, tables: ModuleType) -> None:
    """Apply each dropped property right after its resource is created or updated.

    Raises what the emulator's own API raises, so that a deploy fails instead of lying.
    """

    def cors(api: str, properties: Mapping[str, Any]) -> None:
        wanted = properties.get("CorsConfiguration")
        if wanted:
            provisioners._apigw_v2._apis[api]["corsConfiguration"] = {
                name[0].lower() + name[1:]: value for name, value in wanted.items()
            }

    def concurrency(function: str, properties: Mapping[str, Any]) -> None:
        wanted = properties.get("ReservedConcurrentExecutions")
        if wanted is not None:
            functions._put_function_concurrency(
                function, {"ReservedConcurrentExecutions": int(wanted)}
            )

    def lifetime(table: str, properties: Mapping[str, Any]) -> None:
        wanted = properties.get("TimeToLiveSpecification") or {}
        if wanted.get("AttributeName"):
            tables._update_ttl(
                {
                    "TableName": table,
                    "TimeToLiveSpecification": {
                        "Enabled": str(wanted.get("Enabled", True)).lower() == "true",
                        "AttributeName": wanted["AttributeName"],
                    },
                }
            )

    def most_at_once(mapping: str, properties: Mapping[str, Any]) -> None:
        wanted = (properties.get("ScalingConfig") or {}).get("MaximumConcurrency")
        if wanted is not None:
            functions._esms[mapping]["ScalingConfig"] = {"MaximumConcurrency": int(wanted)}

    fixes: dict[str, Fix] = {
        "AWS::ApiGatewayV2::Api": cors,
        "AWS::Lambda::Function": concurrency,
        "AWS::DynamoDB::Table": lifetime,
        "AWS::Lambda::EventSourceMapping": most_at_once,
    }
    for resource, fix in fixes.items():
        handlers = provisioners._RESOURCE_HANDLERS[resource]
        handlers["create"] = after_create(handlers["create"], fix)
        handlers["update"] = after_update(handlers["update"], fix)


def after_create(create: Callable[..., Any], fix: Fix) -> Callable[..., Any]:
    """Run a fix once the resource has its physical id."""

    @functools.wraps(create)
    def run(logical_id: str, properties: Mapping[str, Any], *rest: Any) -> Any:
        made = create(logical_id, properties, *rest)
        fix(_physical_id(made), properties)
        return made

    return run


def after_update(update: Callable[..., Any], fix: Fix) -> Callable[..., Any]:
    """Run a fix on the new properties; an update that answers nothing kept its id."""

    @functools.wraps(update)
    def run(physical_id: str, old: Any, properties: Mapping[str, Any], *rest: Any) -> Any:
        made = update(physical_id, old, properties, *rest)
        fix(_physical_id(made) or physical_id, properties)
        return made

    return run


def _physical_id(made: Any) -> str:
    return str((made[0] if isinstance(made, tuple) else made) or "")
