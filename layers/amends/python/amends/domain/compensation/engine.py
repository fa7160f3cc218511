"""Engine: facts in, worked assessment out; the same facts always give the same answer."""

from collections.abc import Callable
from dataclasses import replace

from amends.domain.compensation.assessment import Alternative, Assessment, Part, Step
from amends.domain.compensation.china import market_price
from amends.domain.compensation.facts import Facts, LossEvent
from amends.domain.compensation.rates import Rates
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text
from amends.domain.compensation.selection import Choice, choose
from amends.domain.compensation.worksheet import FactsMissingError, Worksheet
from amends.domain.money import Money
from amends.domain.refusal import FieldError, Invalid

_WHEN = Text(
    "if the limiting clause was not prompted and explained, or is void (Civil Code 496, 497, 506)",
    "若限责条款未尽提示说明义务或无效（民法典第496、497、506条）",
)
_SOURCE = "order of precedence of the regimes"


class NoVersion(Invalid):
    """The item was posted before the regime's first version on file."""

    code = "no_version"
    status = 400


def assess_with(
    facts: Facts,
    *,
    regime_of: Callable[[str], Regime],
    rates: Rates,
    version: str | None = None,
) -> Assessment:
    """Choose the regime, let it fill a worksheet, and close it.

    `regime_of` finds a regime by its code and refuses unknown ones; `version` pins one of its
    editions, for a recomputation.
    """
    if facts.insured_value is not None and facts.insured_value.is_zero:
        facts = replace(facts, insured_value=None)  # insured for nothing is not insured
    choice = choose(facts)
    if choice.code is None:
        return _undecided(choice)
    regime = regime_of(choice.code)
    edition = regime.edition_on(facts.posted_on) if version is None else regime.version(version)
    if edition is None:
        message = f"{regime.code} has no rules on file for a day such as {facts.posted_on}"
        error = FieldError(field="posted_on", code="no_version", message=message)
        raise NoVersion(message, errors=[error])
    sheet = Worksheet(
        facts=facts,
        regime=regime.code,
        edition=edition,
        rates=rates,
        event=LossEvent.LOST
        if facts.event is LossEvent.MISDELIVERED
        else facts.event or LossEvent.LOST,
        is_total=facts.is_total,
    )
    sheet.ask(*choice.missing)
    sheet.steps.append(Step(rule="selection", text=choice.why, source=_SOURCE))
    if facts.event is LossEvent.MISDELIVERED:
        sheet.note("misdelivered", "Delivered to another: treated as lost", "误投：按丢失处理")
    if facts.posted_on is None and len(regime.editions) > 1:
        sheet.ask("posted_on")
    try:
        sheet.need("event", "extent", "payout_currency")
        regime.fill(sheet)
    except FactsMissingError:
        sheet.indemnity = None
    _flag_over_insurance(sheet)
    if sheet.uninsured_cap and sheet.cap_binds and facts.terms_prompted is None:
        sheet.ask("terms_prompted")  # a ceiling that nobody explained does not hold
    if regime.is_contract and facts.regime is None:
        _add_statute(sheet)
    return _closed(sheet)


def _closed(sheet: Worksheet) -> Assessment:
    """The finished assessment; a denied one pays no indemnity, an unfinished one names none."""
    currency = sheet.facts.payout_currency
    zero = None if currency is None else Money.zero(currency)
    refund = zero
    for step in sheet.steps:
        if step.adds_to is Part.REFUND and step.amount is not None and refund is not None:
            refund += step.amount
    indemnity = zero if sheet.denied else sheet.indemnity
    return Assessment(
        regime=sheet.regime,
        version=sheet.edition.version,
        confidence=sheet.edition.confidence.value,
        indemnity=indemnity,
        refund=refund if sheet.refund_known and indemnity is not None else None,
        cap=sheet.cap,
        cap_binds=sheet.cap_binds,
        denied=sheet.denied,
        flags=tuple(sheet.flags),
        alternatives=tuple(sheet.alternatives),
        presumed_loss=sheet.presumed_loss,
        steps=tuple(sheet.steps),
        deadlines=tuple(sheet.deadlines),
        missing=tuple(sheet.missing),
        figures=tuple((name, sheet.edition.figures[name]) for name in sheet.used),
    )


def _flag_over_insurance(sheet: Worksheet) -> None:
    insured, value = sheet.facts.insured_value, sheet.facts.actual_value
    if insured is None or value is None:
        return
    probe = _probe(sheet)
    try:
        above = probe.payable(insured).amount > probe.payable(value).amount
    except FactsMissingError:
        return
    if above:
        sheet.flag("over_insured")


def _add_statute(sheet: Worksheet) -> None:
    """Beside a contract's ceiling stands the market price, once it is known."""
    if not sheet.uninsured_cap or sheet.facts.market_price_at_destination is None:
        return
    probe = _probe(sheet)
    try:
        price = Money.rounded(*market_price(probe).parts)
    except FactsMissingError:
        return
    sheet.alternatives.append(Alternative(regime="civil_code.833", total=price, when=_WHEN))
    if _closed(sheet).total != price:
        sheet.flag("contract_and_statute_differ")


def _probe(sheet: Worksheet) -> Worksheet:
    return replace(sheet, steps=[], flags=[], missing=[], used=[])


def _undecided(choice: Choice) -> Assessment:
    return Assessment(
        regime=None,
        version=None,
        confidence=None,
        indemnity=None,
        refund=None,
        cap=None,
        cap_binds=False,
        denied=None,
        flags=(),
        alternatives=(),
        presumed_loss=None,
        steps=(Step(rule="selection", text=choice.why, source=_SOURCE),),
        deadlines=(),
        missing=choice.missing,
    )
