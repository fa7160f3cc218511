"""Conventions: treaty figures that several regimes quote, and who is bound by them."""

from collections.abc import Mapping

from amends.domain.compensation.rules import Confidence, Doubt, Edition, edition

MONTREAL_SOURCE = "Montreal Convention 1999 art. 22(3), revised under art. 24"

# 17 XDR a kilogram, raised at the end of 2009, 2019 and 2024.
MONTREAL = tuple(
    edition(start, valid_to=end, source=MONTREAL_SOURCE, figures={"xdr_per_kg": limit})
    for start, end, limit in (
        ("2003-11-04", "2009-12-29", "17"),
        ("2009-12-30", "2019-12-27", "19"),
        ("2019-12-28", "2024-12-27", "22"),
        ("2024-12-28", None, "26"),
    )
)
CMR_XDR_PER_KG = "8.33"
UPU_REGISTERED_XDR = "30"
UPU_PARCEL_XDR = "40"
UPU_PARCEL_XDR_PER_KG = "4.50"

CMR_STATES = frozenset(
    "AL AM AT AZ BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GE GR HR HU IE IR IT JO KG KZ LB LT LU "
    "LV MA MD ME MK MN MT NL NO OM PK PL PT RO RS RU SE SI SK SY TJ TM TN TR UA UZ".split()
)
EUROPE = frozenset(
    "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI "
    "SK".split()
)


def with_montreal(
    figures: Mapping[str, str | Doubt], source: str, confidence: Confidence
) -> tuple[Edition, ...]:
    """Editions of a carrier's own terms that change whenever the treaty's limit does."""
    return tuple(
        edition(
            one.version,
            valid_to=None if one.valid_to is None else one.valid_to.isoformat(),
            source=source,
            confidence=confidence,
            figures={**figures, "xdr_per_kg": str(one.figures["xdr_per_kg"].value)},
        )
        for one in MONTREAL
    )
