"""Papers that a regime asks for beside the incident's own checklist, each with its source."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from amends.domain.case.incident import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One paper: whose regimes (by the beginning of their code), for which kinds, and when."""

    document: Document
    regimes: tuple[str, ...]
    kinds: tuple[str, ...]
    when: str | None


def papers(regime: str | None, kind: str, holds: Mapping[str, bool]) -> Sequence[Document]:
    """What this regime asks for; `holds` tells which of the conditions are known to hold."""
    if regime is None:
        return ()
    return tuple(
        row.document
        for row in _rows()
        if regime.startswith(row.regimes)
        and (not row.kinds or kind in row.kinds)
        and (row.when is None or holds.get(row.when, False))
    )


@cache
def _rows() -> tuple[Row, ...]:
    text = Path(__file__).with_name("regimes.json").read_text("utf-8")
    return tuple(
        Row(
            document=Document(
                code=row["code"],
                is_required=row["is_required"],
                text=row["text"],
                why=row["why"],
                source=row["source"],
            ),
            regimes=tuple(row["regimes"]),
            kinds=tuple(row["kinds"]),
            when=row["when"],
        )
        for row in json.loads(text)
    )
