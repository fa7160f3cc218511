"""A template: the words of one message in every language, with typed placeholders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from string import Formatter

from amends.domain.people.message import Audience

LANGUAGES = ("en", "zh-CN")


class Slot(StrEnum):
    """What a placeholder takes."""

    TEXT = "text"
    """A sentence or a word; a `Personal` where it is somebody's data."""
    TEXTS = "texts"
    """One or more sentences, shown as a list."""
    CODE = "code"
    """A case, tracking or payment number: shown as it is."""
    DAY = "day"
    MOMENT = "moment"
    """An aware datetime, shown in the reader's time zone."""
    COUNT = "count"
    MONEY = "money"
    LINK = "link"
    KIND = "kind"
    STAGE = "stage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list, one entry for each sentence of the slot, under an introduction."""

    intro: str
    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Labels and values; a row whose optional value is absent is left out."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraphs:
    """Each text of the slot as a paragraph: what a person wrote."""

    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """A link that says where it leads."""

    text: str
    slot: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Five links in a row, 1 to 5, each the slot's link with `?score=`; both ends are named."""

    low: str
    high: str
    slot: str


Block = str | Items | Facts | Paragraphs | Action | Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language. A plain string is a paragraph; a block with an absent value is left out."""

    subject: str
    heading: str
    body: tuple[Block, ...]
    short: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """One message. `slots` types every placeholder; those in `optional` may be absent.

    The greeting is not part of it: rendering adds it, with the reader's name when it is known.
    `is_prompt`: answers the reader's own act, so it may go at once by a silent way at any hour.
    `is_dispensable`: may be opted out of; the others carry a right, a duty or money.
    """

    audience: Audience
    slots: Mapping[str, Slot]
    words: Mapping[str, Words]
    optional: frozenset[str] = field(default_factory=frozenset)
    is_prompt: bool = False
    is_dispensable: bool = False


def fields_of(text: str) -> list[str]:
    """The placeholders of one string, in order."""
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def fields_in(block: Block) -> list[str]:
    """The placeholders of one block."""
    match block:
        case str():
            return fields_of(block)
        case Facts():
            return [name for row in block.rows for cell in row for name in fields_of(cell)]
        case _:
            return [*(name for text in texts_of(block) for name in fields_of(text)), block.slot]


def texts_of(block: Block) -> Iterator[str]:
    """Every string of a block that was written by us."""
    match block:
        case str():
            yield block
        case Items():
            yield block.intro
        case Action():
            yield block.text
        case Scale():
            yield block.low
            yield block.high
        case Paragraphs():
            pass
        case Facts():
            for label, value in block.rows:
                yield label
                yield value
