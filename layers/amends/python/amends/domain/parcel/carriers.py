"""Carriers: one code of ours for what each aggregator calls by a name of its own."""

import csv
import re
from functools import cache
from importlib.resources import files

_APART = re.compile(r"[^a-z0-9]+")


def carrier_of(channel: str, named: str) -> str | None:
    """Our code for a channel's name of a carrier; an unlisted name in our own spelling.

    A bare number that `carriers.csv` does not list is no name: None.
    """
    if known := _ours(channel).get(named.casefold()):
        return known
    if named.isdigit():
        return None
    return _APART.sub("_", named.casefold()).strip("_") or None


def name_at(channel: str, carrier: str | None) -> str | None:
    """What a channel calls a carrier of ours, where we know."""
    return _theirs(channel).get(carrier) if carrier else None


@cache
def _ours(channel: str) -> dict[str, str]:
    return {name.casefold(): carrier for carrier, names in _rows(channel) for name in names if name}


@cache
def _theirs(channel: str) -> dict[str, str]:
    return {carrier: names[0] for carrier, names in _rows(channel) if names[0]}


def _rows(channel: str) -> list[tuple[str, list[str]]]:
    text = files("amends.domain.parcel").joinpath("carriers.csv").read_text("utf-8")
    return [
        (row["carrier"], (row[channel] or "").split("|"))
        for row in csv.DictReader(text.splitlines())
    ]
