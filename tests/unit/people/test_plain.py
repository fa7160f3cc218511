"""A reader gets the law and its article, and amounts and days as usual; no code of ours."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from amends.adapters.locale import BabelFormats
from amends.commands.quote import quote
from amends.service.people.plain import plain

DATA = Path(__file__).parents[2] / "data"
VECTORS: list[dict[str, Any]] = [
    vector
    for name in ("compensation_examples.json", "own_vectors.json")
    for vector in json.loads((DATA / name).read_text("utf-8"))["vectors"]
]
CODE = re.compile(r"[a-z0-9]_[a-z]|[a-z]\.[a-z0-9]|: (montreal|cmr)\b|\d{4}-\d\d-\d\d")
ISO_MONEY = re.compile(r"\d (?!XDR)[A-Z]{3}\b")


@pytest.mark.requirement("004-25", "002-18")
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_no_explanation_of_any_rule_shows_a_code(language: str) -> None:
    formats = BabelFormats()
    told = set()
    for vector in VECTORS[::2]:
        found: Any = quote(vector["facts"], language)
        denied = [found["denied"]["text"], found["denied"]["rule"]] if found["denied"] else []
        told |= {plain(text, language, formats)
                 for text in (*(step["text"] for step in found["steps"]), *denied)}  # fmt: skip

    assert len(told) > 100
    assert not [one for one in told if CODE.search(one) or ISO_MONEY.search(one)]


@pytest.mark.parametrize(
    ("text", "en", "zh"),
    [
        (
            "cn.postal_law.47.1.2",
            "Postal Law of China, article 47(1)(2)",
            "《中华人民共和国邮政法》第47条第1款第2项",
        ),
        ("upu.22.2.1", "UPU Convention, article 22(2.1)", "《万国邮政公约》第22条第2.1款"),
        ("montreal.22.3", "Montreal Convention, article 22(3)", "《蒙特利尔公约》第22条第3款"),
        ("cn.sf.intl.notice", "terms of SF Express", "顺丰速运服务条款"),
        ("1234.50 CNY by 2026-03-06", "CN¥1,234.50 by 6 March 2026", "¥1,234.50 by 2026年3月6日"),
        ("30.00 XDR, 12 USC, 2026-13-01", "30.00 XDR, 12 USC, 2026-13-01", None),
        ("Their terms, by email.", "Their terms, by email.", None),
    ],
)
def test_codes_amounts_and_days_are_told_as_people_write_them(
    text: str, en: str, zh: str | None
) -> None:
    formats = BabelFormats()

    assert plain(text, "en", formats) == en
    assert plain(text, "zh-CN", formats) == (zh or en)
