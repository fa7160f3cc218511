"""`amends settings SETTINGS.json`: merchants' contracts, checked before they are deployed."""

import json

from amends.service.assessment.contracts import BadSettings, check_settings


def check(body: bytes) -> dict[str, object]:
    """How many contracts there are; refuses what is no JSON object and what cannot be read."""
    try:
        document = json.loads(body)
    except ValueError as error:
        raise BadSettings("settings are one JSON object") from error
    if not isinstance(document, dict):
        raise BadSettings("settings are one JSON object")
    return {"contracts": check_settings(document)}
