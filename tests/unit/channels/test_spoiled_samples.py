"""Samples spoiled in several places at once: every channel still says something printable."""

import json
from datetime import datetime
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from amends.catalog import codes
from amends.commands.track import parse
from tests.support.channel_samples import samples_of

pytestmark = pytest.mark.requirement("000-10", "003-7")

MOST_SPOTS = 4
ODD = ("null", '""', "[]", "{}", "0", "-1.5", "true", '"x"', '"2026-13-45T99:99:99"', "[null]")


@cache
def documents(code: str) -> list[str]:
    """The samples that are JSON, as text."""
    found = []
    for _, body in samples_of(code):
        try:
            found.append(json.dumps(json.loads(body)))
        except ValueError:
            continue
    return found


def spoil(data: st.DataObject, holder: dict[str, object] | list[object]) -> None:
    """Drop, replace or double one thing, somewhere below."""
    keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
    if not keys:
        return
    key = data.draw(st.sampled_from(keys))
    inner = holder[key]  # type: ignore[index, call-overload]  # a document of any shape
    if isinstance(inner, str) and inner.startswith("{"):
        parsed = json.loads(inner)
        spoil(data, parsed)
        holder[key] = json.dumps(parsed)  # type: ignore[index, call-overload]  # a document of any shape
    elif isinstance(inner, dict | list) and inner and data.draw(st.integers(0, 5)):
        spoil(data, inner)
    elif isinstance(holder, list) and data.draw(st.booleans()):
        holder.append(json.loads(json.dumps(inner)))
    elif data.draw(st.booleans()):
        del holder[key]  # type: ignore[arg-type]  # a document of any shape
    else:
        holder[key] = json.loads(data.draw(st.sampled_from(ODD)))  # type: ignore[index, call-overload]  # a document of any shape


@pytest.mark.parametrize("code", codes("channels"))
def test_a_sample_spoiled_in_several_places_is_a_reading_or_an_error(code: str) -> None:
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.data())
    def holds(data: st.DataObject) -> None:
        content = json.loads(data.draw(st.sampled_from(documents(code))))
        for _ in range(data.draw(st.integers(1, MOST_SPOTS))):
            if isinstance(content, dict | list):
                spoil(data, content)

        printed = json.loads(json.dumps(parse(code, json.dumps(content).encode())))

        assert printed["readings"]
        for reading in printed["readings"]:
            moments = [datetime.fromisoformat(scan["at"]) for scan in reading["scans"]]
            assert moments == sorted(moments)
            assert all(moment.tzinfo is not None for moment in moments)
            assert not (reading.get("error") and (reading["found"] or moments))

    holds()
