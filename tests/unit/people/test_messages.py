"""Every message, in every language, is whole, translated, accessible and discreet."""

import re
import subprocess
import sys
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from amends.adapters.locale import BabelFormats
from amends.commands.message import PREVIEW_HOUSE, preview, template_of
from amends.domain.people import page
from amends.domain.people.message import Audience, Message
from amends.domain.people.phrases import KINDS, STAGES, nearest
from amends.domain.people.rendering import Renderer
from amends.domain.people.template import Items, Slot, Template, Words
from amends.domain.people.values import (
    LeaksPersonalData,
    MissingValue,
    Personal,
    Reader,
)
from amends.domain.refusal import Invalid
from tests.support.message_samples import EVERY, FOLDER, golden, sample
from tests.support.template_flaws import flaws


@pytest.mark.requirement("000-14", "001-7", "001-8", "002-17", "002-18", "004-1", "004-47")
@pytest.mark.requirement("004-40", "004-41", "004-42", "002-21", "003-15")
@pytest.mark.parametrize(("code", "language"), EVERY)
def test_a_message_reads_as_its_golden_file(code: str, language: str) -> None:
    for name, content in golden(code, language).items():
        assert (FOLDER / name).read_text("utf-8") == content


@pytest.mark.parametrize("code", sorted({code for code, _ in EVERY}))
def test_a_template_is_whole_and_translated(code: str) -> None:
    assert flaws(template_of(code)) == []


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_each_missing_value_is_refused_and_each_optional_one_leaves_no_hole(
    code: str, language: str
) -> None:
    template, whole = template_of(code), sample(code, language)
    for name in template.slots:
        short = {key: value for key, value in whole.items() if key != name}
        if name in template.optional:
            shown = preview(code, short, language)
            assert "{" not in f"{shown['subject']}{shown['text']}{shown['short']}"
        else:
            with pytest.raises(MissingValue):
                preview(code, short, language)


@pytest.mark.parametrize(("code", "language"), EVERY)
def test_the_html_says_the_same_as_the_text_and_can_be_read_by_everyone(
    code: str, language: str
) -> None:
    shown = preview(code, sample(code, language), language)
    outline = _Outline()
    outline.feed(str(shown["html"]))

    assert outline.language == language
    assert outline.headings == 1
    assert outline.title == shown["subject"]
    assert all(len(text) > 3 for text in outline.links.values())
    assert all(url in str(shown["text"]) for url in outline.links)
    assert not re.search(r"<(script|img|form|iframe)", str(shown["html"]))
    said = re.sub(r"[\s:：-]+", "", str(shown["text"]))
    for part in outline.texts:
        assert re.sub(r"[\s:：-]+", "", part) in said


@pytest.mark.parametrize(
    ("ink", "ground"),
    [(page.INK, page.PAPER), (page.QUIET, page.PAPER), (page.QUIET, page.GROUND),
     (page.LINK, page.GROUND), (page.PAPER, page.LINK)],
)  # fmt: skip
def test_every_colour_stands_out_from_its_ground(ink: str, ground: str) -> None:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)

    assert (light + 0.05) / (dark + 0.05) >= 4.5  # WCAG 2.2, 1.4.3


@pytest.mark.parametrize("kind", KINDS["en"])
@pytest.mark.parametrize("stage", STAGES["en"])
def test_every_kind_and_stage_has_its_words(kind: str, stage: str) -> None:
    for language in ("en", "zh-CN"):
        context = {**sample("escalation", language), "kind": kind, "stage": stage}
        text = str(preview("escalation", context, language)["text"])
        assert KINDS[language][kind] in text
        assert STAGES[language][stage] in text


def test_a_flawed_template_is_found_out() -> None:
    words = Words(subject="About {a}", heading="Hello", body=(Items(intro="x {b}", slot="c"),),
                  short="{o}")  # fmt: skip
    template = Template(
        audience=Audience.CLAIMANT,
        slots={"a": Slot.TEXT, "d": Slot.DAY, "o": Slot.TEXT},
        optional=frozenset({"o", "z"}),
        words={"en": replace(words, heading="你好"), "zh-CN": words},
    )

    found = "\n".join(flaws(template))

    assert "optional z is not declared" in found
    assert "en: b is not declared" in found
    assert "en: c is not declared" in found
    assert "en: d is never said" in found
    assert "en: o may be absent" in found
    assert "en: untranslated '你好'" in found
    assert "zh-CN: untranslated 'Hello'" in found


def test_a_message_without_words_in_the_language_is_refused() -> None:
    whole = template_of("thanks")
    half = replace(whole, words={"en": whole.words["en"]})
    renderer = Renderer(house=PREVIEW_HOUSE, formats=BabelFormats())

    assert flaws(half) == ["no words in zh-CN"]
    with pytest.raises(MissingValue):
        renderer.render(half, {}, Reader(language="zh-CN", zone="UTC"))


@pytest.mark.parametrize("told", ["Erika Muster", "+86 138-0013 8000", "erika@example.org"])
def test_a_message_never_tells_one_person_about_another(told: str) -> None:
    context = sample("recipient_contact", "en") | {"withheld": [told]}
    preview("recipient_contact", context, "en")

    with pytest.raises(LeaksPersonalData):
        preview("recipient_contact", context | {"area": f"for {told.upper()}, 3rd floor"}, "en")


def test_data_marked_as_anothers_is_refused_even_in_the_greeting() -> None:
    context = sample("recipient_contact", "en")
    with pytest.raises(LeaksPersonalData):
        preview("recipient_contact", context | {"area": {"text": "x", "of": "claimant"}}, "en")

    renderer = Renderer(house=PREVIEW_HOUSE, formats=BabelFormats())
    wrong = Reader(language="en", zone="UTC", name=Personal(text="Lin", of=Audience.STAFF))
    with pytest.raises(LeaksPersonalData):
        renderer.render(template_of("thanks"), {}, wrong)


@pytest.mark.parametrize(
    ("name", "bad"),
    [("case_link", "javascript:alert(1)"), ("case_link", "https://"), ("amount", "12 CNY"),
     ("expires_at", "2026-12-10T15:59:00"), ("expires_at", "soon"), ("calculation", []),
     ("calculation", "one"), ("case_number", ""), ("case_number", "\u202e"), ("nonsense", "x"),
     ("amount", {"amount": "1.234", "currency": "CNY"})],
)  # fmt: skip
def test_a_value_of_the_wrong_type_is_refused(name: str, bad: object) -> None:
    with pytest.raises(Invalid):
        preview("offer", sample("offer", "en") | {name: bad}, "en")


def test_values_are_escaped_and_cannot_add_a_header() -> None:
    context = sample("offer", "en") | {
        "case_number": "1\r\nBcc: x@y.example",
        "remedy": "<script>{amount}</script>",
    }
    shown = preview("offer", context, "en")

    assert "\n" not in str(shown["subject"])
    assert "<script>" not in str(shown["html"])
    assert "<script>{amount}</script>" in str(shown["text"])


def test_dates_numbers_and_money_follow_the_language_and_the_zone() -> None:
    english = str(preview("offer", sample("offer", "en"), "en")["text"])
    chinese = str(preview("offer", sample("offer", "zh-CN"), "zh-Hans")["text"])

    assert "CN¥1,234.50" in english
    assert "10 December 2026, 23:59 (GMT+08:00)" in english
    assert "¥1,234.50" in chinese
    assert "2026年12月10日 23:59" in chinese


@pytest.mark.parametrize(
    ("asked", "spoken"),
    [("zh-CN", "zh-CN"), ("zh_Hans_CN", "zh-CN"), ("ZH", "zh-CN"), ("fr", "en"), ("", "en")],
)
def test_the_nearest_language_is_spoken(asked: str, spoken: str) -> None:
    assert nearest(asked) == spoken


def test_one_intent_has_one_key_and_two_have_two() -> None:
    message = Message(case_id="case_1", code="survey", occasion="1", recipient="r", language="en")

    assert message.key == replace(message, language="zh-CN", recipient="moved").key
    assert re.fullmatch(r"msg_[0-9a-hjkmnp-tv-z]{26}", message.key)
    assert message.key != replace(message, occasion="11").key
    assert (
        replace(message, case_id="a", code="bc").key != replace(message, case_id="ab", code="c").key
    )


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


class _Outline(HTMLParser):
    """What a screen reader would find."""

    def __init__(self) -> None:
        super().__init__()
        self.language = ""
        self.headings = 0
        self.title = ""
        self.links: dict[str, str] = {}
        self.texts: list[str] = []
        self._inside: list[str] = []
        self._url = ""
        self._named: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.headings += tag == "h1"
        if tag == "html":
            self.language = given.get("lang") or ""
        if tag == "a":
            self._url = given.get("href") or ""
            self._named = given.get("aria-label")  # stands for the text where there is one
        if tag != "meta":
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - HTMLParser's own signature
        self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside and data.strip():
            if self._inside[-1] == "title":
                self.title = data
                return
            self.texts.append(data)
            if self._inside[-1] == "a":
                self.links[self._url] = self._named or data


def test_babel_waits_until_a_message_is_rendered() -> None:
    code = "import sys, amends.commands.message as m; sys.exit('babel' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
