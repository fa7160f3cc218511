"""`amends number` and the number part of `GET /v1/tracking/{number}`."""

from amends.domain.parcel.links import tracking_link
from amends.domain.parcel.number import NumberCheck, check
from amends.domain.parcel.s10 import S10


def check_number(number: str) -> dict[str, object]:
    """The check of one tracking number as a JSON document.

    `valid` is null when nothing is known of the number: only false is a refusal.
    """
    return document(check(number))


def document(checked: NumberCheck) -> dict[str, object]:
    """A check that was made already, as a JSON document."""
    likeliest = checked.candidates[0].carrier if checked.candidates else None
    return {
        "normalised": checked.normalised,
        "valid": checked.valid,
        "confidence": checked.confidence.value,
        "candidates": [
            {
                "carrier": candidate.carrier,
                "confidence": candidate.confidence.value,
                "tracking_url": tracking_link(candidate.carrier, checked.normalised),
            }
            for candidate in checked.candidates
        ],
        "s10": None if checked.s10 is None else _s10(checked.s10),
        "suggestion": checked.suggestion,
        "suggestions": list(checked.suggestions),
        "reason": None if checked.reason is None else checked.reason.value,
        "tracking_url": None
        if checked.valid is False
        else tracking_link(likeliest, checked.normalised),
    }


def _s10(postal: S10) -> dict[str, object]:
    return {
        "service": postal.service,
        "check_digit_ok": postal.check_digit_ok,
        "country": postal.country,
        "is_country_known": postal.is_country_known,
        "is_tracked": postal.is_tracked,
    }
