"""Rendering: a template and its values become what one reader is sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amends.domain.people import page
from amends.domain.people.message import Rendered
from amends.domain.people.phrases import (
    AND_LINK,
    COMMA,
    CONTACT,
    FAREWELL,
    GREETING,
    GREETING_UNNAMED,
    OF_FIVE,
    OPT_OUT,
)
from amends.domain.people.template import (
    Action,
    Block,
    Facts,
    Items,
    Paragraphs,
    Scale,
    Template,
    Words,
    fields_in,
    fields_of,
)
from amends.domain.people.values import (
    Formats,
    LeaksPersonalData,
    MissingValue,
    Reader,
    Value,
    clean,
    in_words,
    refuse_leaks,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Who writes: the operator's name, where questions go, and the page to choose messages on."""

    name: str
    contact: str
    preferences_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Renderer:
    """What rendering needs beside the message: the house that writes, and the forms it uses."""

    house: House
    formats: Formats

    def render(self, template: Template, values: Mapping[str, Value], reader: Reader) -> Rendered:
        """Subject, text, HTML and short form; refuses a hole, a bad value, another's data."""
        words = template.words.get(reader.language)
        if words is None:
            raise MissingValue(f"the message has no words in {reader.language}")
        if reader.name is not None and reader.name.of is not template.audience:
            raise LeaksPersonalData("the greeting names somebody else than the reader")
        spoken = in_words(template, values, reader, self.formats)
        flat = {name: "; ".join(texts) for name, texts in spoken.items()}
        blocks = [block for block in words.body if _is_whole(block, flat)]
        subject = words.subject.format_map(flat)
        rendered = Rendered(
            subject=subject,
            text=self._text(words, blocks, spoken, reader),
            html=self._html(words, blocks, spoken, reader),
            short=words.short.format_map(flat),
        )
        refuse_leaks(f"{rendered.subject} {rendered.text} {rendered.short}", reader.withheld)
        return rendered

    def _text(
        self,
        words: Words,
        blocks: Sequence[Block],
        spoken: Mapping[str, tuple[str, ...]],
        reader: Reader,
    ) -> str:
        flat = {name: "; ".join(texts) for name, texts in spoken.items()}
        parts = [words.heading.format_map(flat), _greeting(reader)]
        for block in blocks:
            match block:
                case str():
                    parts.append(block.format_map(flat))
                case Items():
                    rows = [f"- {text}" for text in spoken[block.slot]]
                    parts.append("\n".join([block.intro.format_map(flat), *rows]))
                case Facts():
                    facts = [_linked(name, told, reader) for name, told in _rows(block, flat)]
                    parts.append("\n".join(facts))
                case Paragraphs():
                    parts.append("\n\n".join(spoken[block.slot]))
                case Action():
                    parts.append(_linked(block.text.format_map(flat), flat[block.slot], reader))
                case Scale():
                    rows = [
                        _linked(said, url, reader) for said, url in _scores(block, flat, reader)
                    ]
                    parts.append("\n".join(rows))
        parts.append(f"{FAREWELL[reader.language]}\n{self.house.name}")
        parts.append(self._contact(reader))
        if self.house.preferences_url:
            parts.append(_linked(OPT_OUT[reader.language], self.house.preferences_url, reader))
        return "\n\n".join(parts) + "\n"

    def _html(
        self,
        words: Words,
        blocks: Sequence[Block],
        spoken: Mapping[str, tuple[str, ...]],
        reader: Reader,
    ) -> str:
        flat = {name: "; ".join(texts) for name, texts in spoken.items()}
        content = [page.heading(words.heading.format_map(flat)), page.paragraph(_greeting(reader))]
        for block in blocks:
            match block:
                case str():
                    content.append(page.paragraph(block.format_map(flat)))
                case Items():
                    content.append(page.paragraph(block.intro.format_map(flat)))
                    content.append(page.items(spoken[block.slot]))
                case Facts():
                    content.append(page.facts(_rows(block, flat)))
                case Paragraphs():
                    content += [page.paragraph(text) for text in spoken[block.slot]]
                case Action():
                    content.append(page.action(block.text.format_map(flat), flat[block.slot]))
                case Scale():
                    content.append(page.scale(block.low, block.high, _scores(block, flat, reader)))
        farewell = f"{FAREWELL[reader.language]} {self.house.name}"
        footer = [page.paragraph(self._contact(reader))]
        if self.house.preferences_url:
            footer.append(page.link(OPT_OUT[reader.language], self.house.preferences_url))
        return page.page(
            language=reader.language,
            title=words.subject.format_map(flat),
            content=[*content, page.paragraph(farewell)],
            footer=footer,
        )

    def _contact(self, reader: Reader) -> str:
        return CONTACT[reader.language].format(contact=self.house.contact)


def _greeting(reader: Reader) -> str:
    if reader.name is None or not clean(reader.name.text):
        return GREETING_UNNAMED[reader.language]
    return GREETING[reader.language].format(name=clean(reader.name.text))


def _is_whole(block: Block, flat: Mapping[str, str]) -> bool:
    if isinstance(block, Facts):
        return bool(_rows(block, flat))
    return all(name in flat for name in fields_in(block))


def _rows(block: Facts, flat: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        (label.format_map(flat), value.format_map(flat))
        for label, value in block.rows
        if all(name in flat for name in (*fields_of(label), *fields_of(value)))
    ]


def _scores(block: Scale, flat: Mapping[str, str], reader: Reader) -> list[tuple[str, str]]:
    """What each of the five says, and where it leads; the ends say what they mean."""
    link = flat[block.slot]
    link += "&" if "?" in link else "?"
    said, comma = OF_FIVE[reader.language], COMMA[reader.language]
    rows = [(said.format(score=n), f"{link}score={n}") for n in range(1, 6)]
    rows[0] = (f"{rows[0][0]}{comma}{block.low}", rows[0][1])
    rows[4] = (f"{rows[4][0]}{comma}{block.high}", rows[4][1])
    return rows


def _linked(text: str, url: str, reader: Reader) -> str:
    return AND_LINK[reader.language].format(text=text, url=url)
