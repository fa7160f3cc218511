"""FedEx: released value at home; across borders the greater of three amounts."""

from amends.domain.compensation.conventions import EUROPE, with_montreal
from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import LossEvent, Mode
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Confidence, Text
from amends.domain.compensation.terms import (
    award_within_insurance,
    excuses,
    fixed_cap,
    only_charges_back,
    per_kilogram,
)
from amends.domain.compensation.windows import Window, notice_missed
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    if notice_missed(sheet, _window(sheet)) or sheet.excused(excuses("fedex.exclusions")):
        return
    if sheet.event is LossEvent.DELAYED:
        only_charges_back(sheet, "fedex.money_back")
        return
    if facts.insured_value is not None:
        award_within_insurance(sheet, "fedex.declared")
        return
    cap = fixed_cap(sheet, "released", "USD", "fedex.released")
    if not (facts.is_domestic and facts.origin_country == "US"):
        cap = _greatest(sheet, cap)
    sheet.award_lower(sheet.loss(), cap, "fedex.limit")


def _window(sheet: Worksheet) -> Window:
    """At home only damage is hurried, abroad whatever is not lost; all else has nine months."""
    facts = sheet.facts
    lost, damaged = sheet.event is LossEvent.LOST, sheet.event is LossEvent.DAMAGED
    received = facts.delivered_on
    if lost or (facts.is_domestic and not damaged):
        start, rule = facts.posted_on, "fedex.filing"
        last = start and months_after(start, int(sheet.value("filing_months")))
    else:
        days = int(sheet.value("notice_us" if facts.is_domestic else "notice_abroad"))
        last, rule = received and after(received, days), "fedex.notice"
    return Window(name="complaint", fact="complained_on", last_day=last, rule=rule)


def _greatest(sheet: Worksheet, released: Exact) -> Exact:
    """Convention, per-kilogram amount and released value: the greatest holds."""
    facts = sheet.facts
    sheet.need("gross_weight_grams")
    european = facts.origin_country in EUROPE
    name, currency = ("eur_per_kg", "EUR") if european else ("usd_per_kg", "USD")
    caps = [released, per_kilogram(sheet, name, currency, "fedex.per_kg")]
    if facts.convention_applies and facts.mode in (Mode.AIR, None):
        caps.append(per_kilogram(sheet, "xdr_per_kg", "XDR", "montreal.22.3"))
    return max(caps, key=lambda cap: sheet.payable(cap).amount)


REGIMES = (
    Regime(
        code="fedex",
        title=Text("FedEx conditions", "联邦快递条款"),
        editions=with_montreal(
            {
                "released": "100",
                "usd_per_kg": "20",
                "eur_per_kg": "22",
                "notice_us": "60",
                "notice_abroad": "21",
                "filing_months": "9",
            },
            "FedEx conditions (US; European; a reseller's guide)",
            Confidence.MEDIUM_HIGH,
        ),
        fill=_fill,
    ),
)
