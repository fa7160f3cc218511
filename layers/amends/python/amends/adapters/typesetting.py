"""Typesetting: a paper becomes a tagged PDF (PDF/UA-1), the same bytes for the same paper."""

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from amends.domain.people.paper import Paper, Section

if TYPE_CHECKING:
    from typst import Compiler

FORM = Path(__file__).with_name("paper.typ")
NARROWEST, WIDEST = 7, 40
LANGUAGES = {"en": ("en", "gb"), "zh-CN": ("zh", "cn")}


def typeset(paper: Paper) -> bytes:
    """The PDF; its date is the paper's own, so that setting it again changes no byte."""
    made = _compiler().compile(
        FORM.read_bytes(),
        format="pdf",
        sys_inputs={"paper": json.dumps(_data(paper), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(paper.as_of.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("one paper is one document")
    return made


@cache
def _compiler() -> "Compiler":
    """One compiler with one font, which knows Latin letters and Chinese characters."""
    from pylopdf_fonts_zh_cn import sans_path
    from typst import Compiler, Fonts

    fonts = Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(sans_path().parent)],
    )
    return Compiler(font_paths=fonts)


def _data(paper: Paper) -> dict[str, object]:
    language, region = LANGUAGES[paper.language]
    return {
        "title": paper.title,
        "lang": language,
        "region": region,
        "facts": paper.facts,
        "footer": paper.footer,
        "sections": [
            {
                "heading": section.heading,
                "paragraphs": section.paragraphs,
                "table": section.table,
                "widths": _widths(section),
            }
            for section in paper.sections
        ],
    }


def _widths(section: Section) -> list[int]:
    """Columns share the page by their longest word or line, within bounds."""
    return [
        min(WIDEST, max(NARROWEST, *(len(cell) for cell in column)))
        for column in zip(*section.table, strict=True)
    ]
