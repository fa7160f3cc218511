"""Placing: the zone of a local time from the place beside it, as far as its words tell one."""

import re
from datetime import datetime
from functools import lru_cache

from amends.domain.parcel.countries import alpha2, is_country
from amends.domain.parcel.times import in_zone, naive_time, parse_time
from amends.domain.parcel.vocabulary import OffsetSource

Moment = tuple[datetime, OffsetSource]

_EAST, _MIDDLE = "America/New_York", "America/Chicago"
_MOUNTAIN, _WEST = "America/Denver", "America/Los_Angeles"
_STATES = {
    "US": {
        **dict.fromkeys("CT DC DE GA MA MD ME NC NH NJ NY OH PA RI SC VA VT WV".split(), _EAST),
        **dict.fromkeys("AL AR IA IL LA MN MO MS OK WI".split(), _MIDDLE),
        **dict.fromkeys("CO MT NM UT WY".split(), _MOUNTAIN),
        **dict.fromkeys("CA NV WA".split(), _WEST),
        "AZ": "America/Phoenix",
        "GU": "Pacific/Guam",
        "HI": "Pacific/Honolulu",
        "PR": "America/Puerto_Rico",
    },
    "CA": {
        **dict.fromkeys("ON QC PQ".split(), "America/Toronto"),
        **dict.fromkeys("NB NS PE".split(), "America/Halifax"),
        "AB": "America/Edmonton",
        "BC": "America/Vancouver",
        "MB": "America/Winnipeg",
        "NL": "America/St_Johns",
        "SK": "America/Regina",
        "YT": "America/Whitehorse",
    },
    "AU": {
        **dict.fromkeys("ACT NSW".split(), "Australia/Sydney"),
        "NT": "Australia/Darwin",
        "QLD": "Australia/Brisbane",
        "SA": "Australia/Adelaide",
        "TAS": "Australia/Hobart",
        "VIC": "Australia/Melbourne",
        "WA": "Australia/Perth",
    },
    "BR": dict.fromkeys(
        "AL BA CE DF ES GO MA MG PB PE PI PR RJ RN RS SC SE SP".split(), "America/Sao_Paulo"
    ),
}
# States with two zones, read in the one where most of their people live: still a guess.
_SPLIT_STATES = {
    **dict.fromkeys("FL KY".split(), _EAST),
    **dict.fromkeys("KS ND NE SD TN TX".split(), _MIDDLE),
    "AK": "America/Anchorage",
    "ID": "America/Boise",
    "IN": "America/Indiana/Indianapolis",
    "MI": "America/Detroit",
    "OR": _WEST,
}
_NAMED = {
    name.replace("_", " "): code
    for name, code in (
        pair.split("=")
        for pair in """
        ALABAMA=AL ALASKA=AK ARIZONA=AZ ARKANSAS=AR CALIFORNIA=CA COLORADO=CO CONNECTICUT=CT
        DELAWARE=DE DISTRICT_OF_COLUMBIA=DC FLORIDA=FL GEORGIA=GA HAWAII=HI IDAHO=ID ILLINOIS=IL
        INDIANA=IN IOWA=IA KANSAS=KS KENTUCKY=KY LOUISIANA=LA MAINE=ME MARYLAND=MD
        MASSACHUSETTS=MA MICHIGAN=MI MINNESOTA=MN MISSISSIPPI=MS MISSOURI=MO MONTANA=MT
        NEBRASKA=NE NEVADA=NV NEW_HAMPSHIRE=NH NEW_JERSEY=NJ NEW_MEXICO=NM NEW_YORK=NY
        NORTH_CAROLINA=NC NORTH_DAKOTA=ND OHIO=OH OKLAHOMA=OK OREGON=OR PENNSYLVANIA=PA
        PUERTO_RICO=PR RHODE_ISLAND=RI SOUTH_CAROLINA=SC SOUTH_DAKOTA=SD TENNESSEE=TN TEXAS=TX
        UTAH=UT VERMONT=VT VIRGINIA=VA WASHINGTON=WA WEST_VIRGINIA=WV WISCONSIN=WI WYOMING=WY
        ALBERTA=AB BRITISH_COLUMBIA=BC MANITOBA=MB NEW_BRUNSWICK=NB NOVA_SCOTIA=NS ONTARIO=ON
        QUEBEC=QC QUÉBEC=QC SASKATCHEWAN=SK NEW_SOUTH_WALES=NSW QUEENSLAND=QLD
        SOUTH_AUSTRALIA=SA TASMANIA=TAS VICTORIA=VIC WESTERN_AUSTRALIA=WA
        """.split()
    )
}
_ISLANDS = frozenset({"GU", "PR"})
"""State and country at once, in one zone."""
_BREAK = re.compile(r"\s*,\s*|\s+-\s+|(?<=\w)-(?=[A-Z]{2,}$)|\s*\(|\)")
_ZIP = re.compile(r"\s*\b\d{5}(?:-\d{4})?$")


@lru_cache(maxsize=2048)
def local(
    raw: str,
    *,
    country: str | None = None,
    state: str = "",
    words: str = "",
    home: str | None = None,
) -> Moment | None:
    """A time with its own offset, else read in the zone of its country, state or place in words.

    `home` is where its carrier works, for places that tell of none.
    """
    moment = parse_time(raw, country=country)
    if moment is None or moment[1] is not OffsetSource.GUESSED:
        return moment
    naive = naive_time(raw)
    if naive is None:
        return moment
    code = state.strip().upper()
    found = _in_state(naive, country or "US", _NAMED.get(code, code)) if code else None
    if found is None and words:
        there, part = placed(words, country)
        found = _in_state(naive, there, part) if part else _in_country(naive, there)
    if found is None and home is not None and country is None:
        return local(raw, country=home, state=state, words=words)
    return found or moment


def _in_country(naive: datetime, country: str | None) -> Moment | None:
    moment = in_zone(naive, country=country)
    return None if moment[1] is OffsetSource.GUESSED else moment


def _in_state(naive: datetime, country: str | None, state: str) -> Moment | None:
    if zone := _STATES.get(country or "", {}).get(state):
        return in_zone(naive, zone=zone)[0], OffsetSource.LOCATION
    if country == "US" and (zone := _SPLIT_STATES.get(state)):
        return in_zone(naive, zone=zone)[0], OffsetSource.GUESSED
    return None


@lru_cache(maxsize=2048)
def placed(words: str, country: str | None = None) -> tuple[str | None, str]:
    """Country and state of a place as carriers write it: `Compton, CA, US`, `LEIPZIG - GERMANY`.

    Two letters that may be either (`CA`, `DE`) are a state only beside a ZIP code, or where the
    country is known.
    """
    plain = words.strip().upper()
    has_zip = _ZIP.search(plain) is not None
    parts = [part for part in _BREAK.split(_ZIP.sub("", plain)) if part]
    if not parts:
        return country, ""
    last = "GB" if parts[-1] == "UK" else parts[-1]
    before = parts[-2] if len(parts) > 1 else ""
    if country is not None:
        is_named = alpha2(last) == country and not _is_state(country, last)
        state = before if is_named else last
        return country, _state(country, _ZIP.sub("", state))
    if last not in _NAMED and (found := alpha2(last)) and len(last) != 2:
        return found, _state(found, _ZIP.sub("", before))
    is_sure = has_zip or not is_country(last) or last in _ISLANDS
    if (last in _NAMED and before) or (_is_state("US", last) and is_sure):
        code = _NAMED.get(last, last)
        home = next((one for one in ("US", "CA", "AU") if _is_state(one, code)), None)
        return home, code
    if is_country(last) and (not _is_state("US", last) or _is_state(last, before)):
        return last, _state(last, before)
    return None, ""


def _is_state(country: str, code: str) -> bool:
    return code in _STATES.get(country, {}) or (country == "US" and code in _SPLIT_STATES)


def _state(country: str, words: str) -> str:
    """The state's code, alone or at the end of a town; empty where there is none."""
    code = _NAMED.get(words, words)
    if _is_state(country, code):
        return code
    tail = words.rpartition(" ")[2]
    return tail if _is_state(country, tail) else ""
