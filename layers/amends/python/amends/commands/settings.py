"""`amends settings SETTINGS.json`: the stack's settings, checked before they are deployed."""

from amends.service.assessment.contracts import BadSettings, check_settings
from amends.web.strict import strict_json


def check(body: bytes) -> dict[str, object]:
    """How many contracts there are; refuses what is no JSON object and what nobody can read."""
    try:
        document = strict_json(body)
    except ValueError as error:
        raise BadSettings(f"settings are one JSON object: {error}") from error
    if not isinstance(document, dict):
        raise BadSettings("settings are one JSON object")
    return {"contracts": check_settings(document)}
