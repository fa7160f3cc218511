"""The documented form of facts: a JSON object in, `Facts` out, or every field that was refused."""

import re
from collections.abc import Callable, Mapping
from dataclasses import fields

from amends.domain.compensation.facts import (
    Account,
    Cause,
    Claimant,
    Contents,
    Extent,
    Facts,
    InsuranceKind,
    ItemKind,
    LossEvent,
    MilitaryMail,
    Mode,
)
from amends.domain.compensation.form_values import (
    LONGEST,
    FieldRefusedError,
    country,
    currency,
    day,
    flag,
    matching,
    money,
    one_of,
    rate,
    share,
    text,
    whole,
)
from amends.domain.money import XDR
from amends.domain.refusal import FieldError, Invalid

_CODE = re.compile(r"[a-z0-9][a-z0-9_.]{0,59}")
_HEAVIEST = 10**9  # a thousand tonnes


class BadFacts(Invalid):
    """Facts that cannot be read; `errors` names every field."""

    code = "bad_facts"
    status = 400


def parse(document: object) -> Facts:
    """Read facts in the documented form; refuse unknown fields, wrong types, impossible values."""
    if not isinstance(document, Mapping):
        raise BadFacts("facts are one JSON object")
    errors: list[FieldError] = []
    values: dict[str, object] = {}
    for name, raw in document.items():
        if not isinstance(name, str) or name not in _READERS:
            errors.append(
                FieldError(
                    field=str(name)[:60],
                    code="unknown_field",
                    message="there is no such fact",
                )
            )
        elif raw is not None:
            try:
                values[name] = _READERS[name](raw)
            except FieldRefusedError as error:
                path = name + error.at
                errors.append(FieldError(field=path, code=error.code, message=error.message))
        if len(errors) >= LONGEST:
            break
    if not errors:
        facts = Facts(**values)  # type: ignore[arg-type]  # each reader gives its field's type
        errors = _contradictions(facts)
        if not errors:
            return facts
    raise BadFacts(
        f"{len(errors)} field(s) cannot be read: {errors[0].field}: {errors[0].message}",
        errors=errors,
    )


def _contradictions(facts: Facts) -> list[FieldError]:
    errors = []
    order = (
        ("posted_on", "promised_on"),
        ("posted_on", "delivered_on"),
        ("posted_on", "inquired_on"),
        ("posted_on", "complained_on"),
        ("posted_on", "as_of"),
        ("delivered_on", "as_of"),
        ("inquired_on", "as_of"),
        ("complained_on", "as_of"),
    )
    for earlier, later in order:
        first, second = getattr(facts, earlier), getattr(facts, later)
        if first is not None and second is not None and second < first:
            message = f"{earlier} {first} lies after {later} {second}"
            errors.append(FieldError(field=later, code="out_of_order", message=message))
    short, gross = facts.weight_short_grams, facts.gross_weight_grams
    if short is not None and gross is not None and short > gross:
        message = "the weight short exceeds the gross weight"
        errors.append(FieldError(field="weight_short_grams", code="too_large", message=message))
    if facts.payout_currency == XDR:
        message = "nobody can be paid in XDR: name a currency"
        errors.append(FieldError(field="payout_currency", code="not_payable", message=message))
    return errors


_BY_KIND: dict[Callable[[object], object], str] = {
    one_of(LossEvent): "event",
    one_of(Extent): "extent",
    one_of(ItemKind): "item_kind",
    one_of(Mode): "mode",
    one_of(Account): "account",
    one_of(Cause): "cause",
    one_of(InsuranceKind): "insurance_kind",
    one_of(Contents): "contents",
    one_of(Claimant): "claimant",
    one_of(MilitaryMail): "military",
    matching(_CODE, "a code in lower case"): "carrier regime",
    country: "origin_country destination_country",
    text: "service",
    currency: "payout_currency",
    rate: "sdr_rate",
    share: "sender_share",
    whole(_HEAVIEST): "gross_weight_grams weight_short_grams",
    whole(100): "chosen_multiple",
    day: "posted_on promised_on delivered_on inquired_on complained_on as_of rate_date",
    money: "actual_value actual_loss market_price_at_destination insured_value postage "
    "registration_fee insurance_fee salvage repair_cost compensation_received duties",
    flag: "value_proven value_destroyed_by_delay terms_prompted convention_applies same_city "
    "remote_area proof_of_posting waiver fragile damage_apparent force_majeure_cover guaranteed "
    "receipt_given",
}
_READERS = {name: read for read, names in _BY_KIND.items() for name in names.split()}

if set(_READERS) != {field.name for field in fields(Facts)}:  # a fact without a reader is a bug
    raise TypeError("facts and their readers differ")
