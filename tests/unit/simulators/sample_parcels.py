"""The parcels of the sample payloads, as scripts of the world."""

import json
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "tracking" / "sample_parcels.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    channel: str
    file: str
    number: str
    scans: list[dict[str, object]]
    told: list[str]
    """Keys whose values, in the order of the document, must be the sample's own."""
    but: list[str]
    """Keys of the sample that the provider leaves out when it knows nothing, as the world does."""


ALL = [Sample(**row) for row in json.loads(DATA.read_text("utf-8"))]
SAMPLES = [wanted for wanted in ALL if wanted.channel != "easypost"]
"""Those whose answer has a sample; of EasyPost there is a push alone."""
BY_CHANNEL = {wanted.channel: wanted for wanted in reversed(ALL)}
EASYPOST = BY_CHANNEL["easypost"]
SEVENTEENTRACK = BY_CHANNEL["seventeentrack"]
UPS = BY_CHANNEL["ups"]
USPS = BY_CHANNEL["usps"]
