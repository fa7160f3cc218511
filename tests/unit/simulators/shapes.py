"""Comparing documents by their shape."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "data" / "tracking" / "samples"


def sample(name: str) -> object:
    return json.loads((SAMPLES / name).read_text("utf-8"))


def opened(document: object) -> object:
    """SF's answer inside the answer, opened."""
    if isinstance(document, dict) and isinstance(document.get("apiResultData"), str):
        return {**document, "apiResultData": json.loads(document["apiResultData"])}
    return document


def values(document: object, key: str) -> Iterator[object]:
    """Every scalar under a key, in the order of the document."""
    if isinstance(document, dict):
        for name, value in document.items():
            if name == key and not isinstance(value, dict | list):
                yield value
            else:
                yield from values(value, key)
    elif isinstance(document, list):
        for value in document:
            yield from values(value, key)


def differences(
    sample: object, ours: object, but: Sequence[str] = (), where: str = "$"
) -> list[str]:
    """What of ours has not the sample's shape; null stands for any scalar.

    In lists an entry may have what some entry of the sample has, and must have what all have.
    """
    if isinstance(sample, dict) and isinstance(ours, dict):
        found = [f"{where}.{key}" for key in sample.keys() ^ ours.keys() if key not in but]
        for key in (sample.keys() & ours.keys()) - set(but):
            found += differences(sample[key], ours[key], but, f"{where}.{key}")
        return found
    if isinstance(sample, list) and isinstance(ours, list):
        return _rows(sample, ours, but, where)
    if sample is None or ours is None or type(sample) is type(ours):
        return []
    return [f"{where}: {type(sample).__name__} but {type(ours).__name__}"]


def _rows(sample: list[object], ours: list[object], but: Sequence[str], where: str) -> list[str]:
    if not sample or not ours:
        return []
    found: list[str] = []
    for number, row in enumerate(ours):
        tried = [differences(other, row, but, f"{where}[{number}]") for other in sample]
        fewest: list[str] = min(tried, key=len)
        found += fewest
    return found
