"""Figures as CSV: one row a group or carrier; no cell can be taken for a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from amends.domain.insight.figure import Share
from amends.domain.insight.kpi import Kpis
from amends.domain.insight.scorecard import Scorecard
from amends.domain.money import Money
from amends.service.insight.figures import Report

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report_rows(told: Report) -> str:
    """Every group of a report, and its months."""
    shares = tuple(_shares_of(kpis) for kpis in [one.kpis for one in told.groups][:1])
    names = [name for name, _ in shares[0]] if shares else []
    head = ["by", "value", "cases", "parcels", *_heads(names), "decision_mean_hours"]
    head += ["total_mean_hours", "paid", "claimed_back", "recovered"]
    rows = [
        [
            told.by,
            one.value,
            one.kpis.cases,
            one.kpis.safety.parcels,
            *_cells(share for _, share in _shares_of(one.kpis)),
            one.kpis.efficiency.decision.mean_hours or "",
            one.kpis.efficiency.total.mean_hours or "",
            _money(one.kpis.paid),
            _money(one.kpis.claimed_back),
            _money(one.kpis.recovered),
        ]
        for one in told.groups
    ]
    return _text([head, *rows])


def card_rows(cards: Sequence[Scorecard]) -> str:
    """Every carrier, the best first."""
    names = [one.code for one in cards[0].criteria] if cards else []
    head = ["carrier", "score", "is_thin", "parcels", "cases", *_heads(names)]
    rows = [
        [
            card.carrier,
            card.score,
            "yes" if card.is_thin else "no",
            card.parcels,
            card.cases,
            *_cells(one.share for one in card.criteria),
        ]
        for card in cards
    ]
    return _text([head, *rows])


def _shares_of(kpis: Kpis) -> list[tuple[str, Share]]:
    return [
        ("loss", kpis.safety.loss),
        ("damage", kpis.safety.damage),
        ("misdelivery", kpis.accuracy.misdelivery),
        ("on_time", kpis.accuracy.on_time),
        ("first_reply_in_time", kpis.efficiency.first_reply_in_time),
        ("decision_in_time", kpis.efficiency.decision_in_time),
        ("satisfied", kpis.satisfied),
    ]


def _heads(names: Iterable[str]) -> list[str]:
    parts = ("hits", "of", "share", "at_least", "at_most")
    return [f"{name}_{part}" for name in names for part in parts]


def _cells(shares: Iterable[Share]) -> list[object]:
    return [
        cell
        for share in shares
        for cell in (share.hits, share.of, share.share or "", share.at_least, share.at_most)
    ]


def _money(amounts: Iterable[Money]) -> str:
    return "; ".join(str(amount) for amount in amounts)


def _text(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in rows:
        writer.writerow([_safe(str(cell)) for cell in row])
    return out.getvalue()


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
