"""Settings and secrets from the parameter store, read once for each warm function."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from mypy_boto3_ssm import SSMClient


class SsmSecrets:
    """Secrets under one prefix: `<prefix>/channels/upu` holds a JSON object of strings."""

    def __init__(self, client: "SSMClient", *, prefix: str) -> None:
        self._client = client
        self._prefix = prefix
        self._known: dict[str, Mapping[str, str]] = {}

    def of(self, account: str) -> Mapping[str, str]:
        """The secrets of one account; nothing for an account that has none."""
        if account not in self._known:
            try:
                answer = self._client.get_parameter(
                    Name=f"{self._prefix}/{account}", WithDecryption=True
                )
            except self._client.exceptions.ParameterNotFound:
                return {}
            self._known[account] = json.loads(answer["Parameter"]["Value"])
        return self._known[account]


def read_settings(client: "SSMClient", name: str) -> Mapping[str, Any]:
    """The stack's settings: base URLs of channels and rails, account names; never a secret."""
    value = client.get_parameter(Name=name)["Parameter"]["Value"]
    return cast("Mapping[str, Any]", json.loads(value))
