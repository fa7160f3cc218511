"""Every message with sample values: what the golden files, the tests and the screenshots show."""

import json
from pathlib import Path

from amends.catalog import codes
from amends.commands.message import preview, template_of
from amends.domain.people.template import LANGUAGES

FOLDER = Path(__file__).parents[1] / "data" / "messages"
_SAMPLES = json.loads((FOLDER / "samples.json").read_text("utf-8"))
EVERY = [(code, language) for code in codes("messages") for language in LANGUAGES]


def sample(code: str, language: str) -> dict[str, object]:
    """The context of one message in one language, all optional values given."""
    template = template_of(code)
    known = {**_SAMPLES["common"], **_SAMPLES[language]}
    name = _SAMPLES["reader"][language][template.audience]
    values = {slot: known[slot] for slot in template.slots}
    return {**values, "reader_name": name, "time_zone": "Asia/Shanghai"}


def golden(code: str, language: str) -> dict[str, str]:
    """File name to content: the text with subject and short form on top, and the HTML."""
    shown = preview(code, sample(code, language), language)
    text = f"Subject: {shown['subject']}\nShort: {shown['short']}\n\n{shown['text']}"
    return {f"{code}.{language}.txt": text, f"{code}.{language}.html": str(shown["html"])}
