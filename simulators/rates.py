"""The fund's published table of XDR per currency unit: the last five days, tab-separated."""

from datetime import date, timedelta

from simulators.wire import Answer

PATH = "/external/np/fin/data/rms_five.aspx"
_ROWS = {
    "Chinese yuan": "0.106732",
    "Euro": "0.847758",
    "Japanese yen": "0.0046143",
    "U.K. pound": "0.979065",
    "U.S. dollar": "0.735199",
    "Canadian dollar": "0.536681",
    "Indian rupee": "0.0079415",
}
"""Figures of March 2026, the rupee's our own; the days are always the last five."""


def table(today: date) -> Answer:
    """The table as of a day; the second column is blank for a holiday, as happens."""
    days = [today - timedelta(days=back) for back in range(5)]
    lines = [
        "SDRs per Currency unit and Currency units per SDR (last five days)",
        "SDRs per Currency unit (2)",
        "\t".join(["Currency", *(f"{day:%B %d, %Y}" for day in days)]),
        *(f"{name}\t{rate}\t\t{rate}\t{rate}\t{rate}" for name, rate in _ROWS.items()),
    ]
    return Answer(
        status=200, body="\r\n".join(lines).encode(), content_type="text/tab-separated-values"
    )
