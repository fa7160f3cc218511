"""Declaring: whether an item is named so that customs and couriers know it (requirement 001-18)."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from amends.domain.parcel.preflight import Finding, Item, Plan, Severity

_WORD = re.compile(r"[a-z][a-z'-]*")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_SPACE = re.compile(r"[\s,.;:/()+&，。；：、（）-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What to write instead, in both languages."""

    en: str
    zh: str

    def says(self, language: str) -> str:
        """The example."""
        return self.zh if language == "zh-CN" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Words that tell too little, goods whose material counts, and chapters of the HS by word."""

    vague: Mapping[str, Instead]
    empty: frozenset[str]
    """Words that add nothing to a vague one."""
    of_material: tuple[str, ...]
    materials: tuple[str, ...]
    chapters: Mapping[str, tuple[str, ...]]


def declaration(plan: Plan, words: Words, language: str, *, is_strict: bool) -> Iterator[Finding]:
    """Everything about the declared items; `is_strict` where broad words are turned back."""
    if not plan.items:
        yield _found(Severity.ERROR, "items", "missing")
    for place, item in enumerate(plan.items):
        yield from _named(item, f"items.{place}", words, language, is_strict=is_strict)
        yield from _figures(plan, item, f"items.{place}", words)
    if len({one.unit_value.currency for one in plan.items if one.unit_value}) > 1:
        yield _found(Severity.WARNING, "items", "several_currencies")
    if plan.weight_grams is None:
        yield _found(Severity.WARNING, "shipment.weight_grams", "missing")


def vague(name: str, words: Words) -> Instead | None:
    """What to write instead when a name tells nothing; None when it says something."""
    parts = [part for part in _SPACE.split(name.strip().casefold()) if part]
    told = [part for part in parts if part not in words.empty]
    if parts and not told:
        told = parts
    found = [words.vague[part] for part in told if part in words.vague]
    whole = words.vague.get(" ".join(told))
    if whole is not None:
        return whole
    return found[0] if found and len(found) == len(told) else None


def _named(
    item: Item, at: str, words: Words, language: str, *, is_strict: bool
) -> Iterator[Finding]:
    instead = vague(item.name, words)
    if instead is not None:
        said = (item.name, instead.says(language))
        yield _found(Severity.ERROR, f"{at}.name", "vague_description", *said)
    elif _has(item.name, words.of_material) and not _has(item.name, words.materials):
        severity = Severity.ERROR if is_strict else Severity.WARNING
        yield _found(severity, f"{at}.name", "no_material", item.name)


def _figures(plan: Plan, item: Item, at: str, words: Words) -> Iterator[Finding]:
    if item.unit_value is None or not item.unit_value.amount > 0:
        severity = Severity.ERROR if plan.is_abroad else Severity.WARNING
        yield _found(severity, f"{at}.unit_value", "missing")
    digits = "".join(filter(str.isdigit, item.hs_code or ""))
    if plan.is_abroad and not digits:
        yield _found(Severity.WARNING, f"{at}.hs_code", "missing")
    elif digits and not 6 <= len(digits) <= 10:
        yield _found(Severity.ERROR, f"{at}.hs_code", "hs_code_shape")
    elif digits:
        likely = [chapter for chapter, named in words.chapters.items() if _has(item.name, named)]
        if likely and digits[:2] not in likely:
            said = (digits[:2], item.name, ", ".join(likely))
            yield _found(Severity.WARNING, f"{at}.hs_code", "hs_code_of_other_goods", *said)


def _has(name: str, among: tuple[str, ...]) -> bool:
    told = name.casefold()
    plain = {word for one in _WORD.findall(told) for word in (one, one.removesuffix("s"))}
    return any(word in told if _CHINESE.search(word) else word in plain for word in among)


def _found(severity: Severity, path: str, code: str, *said: str) -> Finding:
    return Finding(check="declaration", severity=severity, field=path, code=code, said=said)
