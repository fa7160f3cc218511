"""Carriers: one code of ours for what each aggregator calls by a name of its own."""

import csv
import re
from functools import cache
from pathlib import Path

_APART = re.compile(r"[^a-z0-9]+")
_ALIASES = {
    "ems": "china_ems",
    "dhl_paket": "dhl_parcel_de",
    "jd": "jd_logistics",
    "sf_express": "sf",
    "ups_mi": "ups",
}
"""Other codes of the same carriers: those of the compensation regimes, and usual ones."""
_EMS_OF_CHINA = re.compile(r"E[A-Z]\d{9}CN")


_HOMES = {
    **dict.fromkeys("sf zto yto sto yunda jd_logistics best deppon".split(), "CN"),
    **dict.fromkeys("usps ontrac lasership".split(), "US"),
    **dict.fromkeys("canada_post canpar purolator".split(), "CA"),
    **dict.fromkeys("royal_mail yodel".split(), "GB"),
    **dict.fromkeys("dhl_parcel_de deutsche_post".split(), "DE"),
}
"""Carriers whose scans without a country are of their own one."""


def home_of(carrier: str | None) -> str | None:
    """The country that a carrier works in, where it is one."""
    return _HOMES.get(carrier) if carrier else None


def settled(carrier: str | None, number: str) -> str | None:
    """The code that routes and channels know, whichever was given; an EMS number is the EMS's."""
    known = _ALIASES.get(carrier, carrier) if carrier else None
    if known in (None, "china_post") and _EMS_OF_CHINA.fullmatch(number):
        return "china_ems"
    return known


def house_of(carrier: str | None) -> str | None:
    """The house that a carrier's numbers are unique in: `dhl` of its divisions, the post of EMS.

    Number formats tell the house alone; channels tell the division.
    """
    if carrier is None:
        return None
    known = _ALIASES.get(carrier, carrier)
    if known.startswith("dhl_"):
        return "dhl"
    return "china_post" if known == "china_ems" else known


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
    text = Path(__file__).with_name("carriers.csv").read_text("utf-8")
    return [
        (row["carrier"], (row[channel] or "").split("|"))
        for row in csv.DictReader(text.splitlines())
    ]
