"""Worksheet: one assessment under way; a regime fills it, the engine closes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from amends.domain.compensation.assessment import (
    Alternative,
    Deadline,
    Denial,
    Ground,
    Part,
    PresumedLoss,
    Step,
)
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import Cause, Facts, LossEvent
from amends.domain.compensation.rates import NoRate, Rate, Rates
from amends.domain.compensation.rules import Edition, Text
from amends.domain.compensation.wording import CHARGES, DEDUCTIONS, GROUNDS
from amends.domain.money import XDR, Money

_WHOLE = Decimal(1)


class FactsMissingError(Exception):
    """Raised inside a regime when it cannot go on; the worksheet knows what to ask."""


@dataclass(slots=True, kw_only=True)
class Worksheet:
    """What a regime has found so far; amounts stay exact until `award` rounds them once."""

    facts: Facts
    regime: str
    edition: Edition
    rates: Rates
    event: LossEvent
    is_total: bool
    steps: list[Step] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    alternatives: list[Alternative] = field(default_factory=list)
    presumed_loss: PresumedLoss | None = None
    denied: Denial | None = None
    cap: Money | None = None
    cap_binds: bool = False
    uninsured_cap: bool = False  # a ceiling that holds only where the sender was told of it
    indemnity: Money | None = None
    refund_known: bool = True
    used: list[str] = field(default_factory=list)

    def ask(self, *names: str) -> None:
        """Ask for facts; the amounts stand on condition."""
        self.missing.extend(name for name in names if name not in self.missing)

    def need(self, *names: str) -> None:
        """Ask for those of the facts that are absent, and stop if there is one."""
        absent = [name for name in names if getattr(self.facts, name) is None]
        if absent:
            self.ask(*absent)
            raise FactsMissingError

    def flag(self, name: str) -> None:
        """Raise a flag, once."""
        if name not in self.flags:
            self.flags.append(name)

    def note(
        self, rule: str, en: str, zh: str, amount: Exact | None = None, source: str | None = None
    ) -> None:
        """Write a step that leads to the sum without being part of it; never the same one twice."""
        money = None if amount is None else Money.rounded(*amount.parts)
        step = Step(
            rule=rule, text=Text(en, zh), amount=money, source=source or self.edition.source
        )
        if step not in self.steps:
            self.steps.append(step)

    def deny(self, reason: Ground, rule: str, en: str, zh: str) -> None:
        """Nothing is owed, for this reason."""
        self.denied = Denial(reason=reason, rule=rule, text=Text(en, zh))
        self.steps.append(
            Step(rule=rule, text=Text(en, zh), amount=None, source=self.edition.source)
        )

    def excused(self, excuses: Mapping[Cause, tuple[Ground, str]]) -> bool:
        """Deny when the cause is one of those that free the carrier; tells whether it did."""
        excuse = excuses.get(self.facts.cause or Cause.UNKNOWN)
        if excuse is None:
            return False
        reason, rule = excuse
        en, zh = GROUNDS[reason]
        self.deny(reason, rule, f"{en} ({rule}).", f"{zh}（{rule}）。")
        return True

    def value(self, name: str) -> Decimal:
        """A figure of the edition; what was read is told with its source."""
        if name not in self.used:
            self.used.append(name)
        return self.edition.figures[name].value

    def is_on(self, name: str) -> bool:
        """Whether a figure of the edition is sure enough to pay by."""
        return self.edition.figures[name].is_on

    @property
    def payout(self) -> str:
        """The payout currency; asked for when not said."""
        self.need("payout_currency")
        return self.facts.payout_currency or ""

    def rate_of(self, currency: str) -> Rate:
        """XDR for one unit of a currency: the given rate, else the table on `rate_date`."""
        facts = self.facts
        given = facts.sdr_rate if currency == facts.payout_currency else None
        if given is None and currency != XDR:
            self.need("rate_date")
        try:
            return self.rates.rate(currency, facts.rate_date or date.min, given)
        except NoRate as error:
            self.note("rates", f"No usable rate: {error}.", f"没有可用的汇率：{error}。")
            self.ask("sdr_rate")
            raise FactsMissingError from error

    def in_currency(self, amount: Exact, currency: str) -> Exact:
        """Converted through XDR by the published rates, unrounded; written down as a step."""
        if amount.currency == currency:
            return amount
        source, target = self.rate_of(amount.currency), self.rate_of(currency)
        turned = Exact(amount.amount * source.xdr_per_unit / target.xdr_per_unit, currency)
        times = "" if amount.currency == XDR else f" × {source.xdr_per_unit:f}"
        by = "" if currency == XDR else f" / {target.xdr_per_unit:f}"
        line = f"{amount}{times}{by} = {turned}"
        quoted = source if currency == XDR else target
        told = f"{quoted.source}, {quoted.on}" if quoted.source != "given" else quoted.source
        self.note("rates", f"Converted: {line}", f"折算：{line}", turned, told)
        return turned

    def payable(self, money: Money | Exact) -> Exact:
        """An amount in the payout currency, unrounded."""
        exact = money if isinstance(money, Exact) else Exact.of(money)
        return self.in_currency(exact, self.payout)

    def kilograms(self, name: str = "gross_weight_grams") -> Decimal:
        """A weight in kilograms, exact to the gram; asked for when not known."""
        self.need(name)
        return Decimal(getattr(self.facts, name)) / 1000

    def loss(self) -> Exact:
        """The loss as claimed, in the payout currency; a whole loss is the whole value."""
        facts = self.facts
        claimed = facts.actual_loss
        if claimed is None and self.is_total:
            claimed = facts.actual_value
        if claimed is None:
            self.ask("actual_loss", *(("actual_value",) if self.is_total else ()))
            raise FactsMissingError
        exact = self.without_senders_share(self.payable(claimed))
        if facts.repair_cost is not None and self.event is LossEvent.DAMAGED:
            repair = self.payable(facts.repair_cost)
            if repair.amount < exact.amount:
                self.note("repair", f"Repair makes good: {repair}", f"可修复：{repair}", repair)
                return repair
        proof = facts.value_proven is not False
        self.note(
            "loss",
            f"Loss as claimed{', proven' if proof else ', not proven'}: {exact}",
            f"申报损失{'（有价值证明）' if proof else '（无价值证明）'}：{exact}",
            exact,
        )
        return exact

    def without_senders_share(self, loss: Exact) -> Exact:
        """Who shares the fault bears that part of the loss (Civil Code 592; CMR art. 17(5))."""
        share = self.facts.sender_share
        if not share:
            return loss
        rest = loss.times(_WHOLE - share)
        line = f"{loss} × (1 - {share:f}) = {rest}"
        self.note("shared_fault", f"Without the sender's share of the fault: {line}",
                  f"扣除寄件人过错所占份额：{line}", rest)  # fmt: skip
        return rest

    def award(self, exact: Exact, rule: str, en: str, zh: str) -> None:
        """The indemnity: what salvage and others paid is deducted, and the rest rounded once."""
        rest = exact.amount
        for name, word, wort in DEDUCTIONS:
            money = getattr(self.facts, name)
            if money is not None and not money.is_zero and rest > 0:
                less = self.payable(money)
                rest = max(Decimal(0), rest - less.amount)
                left = Exact(rest, exact.currency)
                self.note(name, f"Less {word} {less}: {left}", f"扣除{wort} {less}：{left}", left)
        self.indemnity = Money.rounded(rest, exact.currency)
        self._add(Part.INDEMNITY, rule, en, zh, self.indemnity)

    def award_lower(self, loss: Exact, cap: Exact, rule: str) -> None:
        """The lower of loss and cap (the cap in its own currency)."""
        limit = self.payable(cap)
        self.cap = Money.rounded(*cap.parts)
        self.cap_binds = loss.amount > limit.amount
        lower = limit if self.cap_binds else loss
        self.award(
            lower,
            rule,
            f"The lower of the loss {loss} and the limit {limit}: {lower}",
            f"损失 {loss} 与限额 {limit} 取低者：{lower}",
        )

    def give_back(self, name: str, rule: str, share: Decimal = _WHOLE) -> None:
        """Refund a charge, or its share; an unknown postage is asked for, an absent fee is none."""
        money: Money | None = getattr(self.facts, name)
        if money is None:
            if name == "postage":
                self.ask(name)
                self.refund_known = False
            return
        if money.is_zero:
            return
        back = Money.rounded(*self.payable(Exact.of(money).times(share)).parts)
        word, wort = CHARGES[name]
        self._add(Part.REFUND, rule, f"{word} given back: {back}", f"退还{wort}：{back}", back)

    def _add(self, part: Part, rule: str, en: str, zh: str, amount: Money) -> None:
        self.steps.append(
            Step(
                rule=rule,
                text=Text(en, zh),
                amount=amount,
                source=self.edition.source,
                adds_to=part,
            )
        )
