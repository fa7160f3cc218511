"""What is wrong with the template of a message, in sentences."""

import re
from collections.abc import Iterator
from string import Formatter

from amends.domain.people.template import LANGUAGES, Template, Words, fields_in, fields_of, texts_of

_CJK = re.compile(r"[\u3400-\u9fff]")
_LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
_LATIN_ALLOWED_IN_CHINESE = frozenset({"PDF", "JPG", "PNG", "SMS"})


def flaws(template: Template) -> list[str]:
    """What is wrong with a template, in sentences; a good one has none."""
    found = [f"no words in {code}" for code in LANGUAGES if code not in template.words]
    found += [
        f"optional {name} is not declared" for name in template.optional - set(template.slots)
    ]
    for language, words in template.words.items():
        used = _used(words)
        found += [f"{language}: {name} is not declared" for name in used - set(template.slots)]
        found += [f"{language}: {name} is never said" for name in set(template.slots) - used]
        firm = [*fields_of(words.subject), *fields_of(words.heading), *fields_of(words.short)]
        found += [f"{language}: {n} may be absent" for n in firm if n in template.optional]
        found += [
            f"{language}: untranslated {t!r}" for t in _texts(words) if _is_foreign(t, language)
        ]
    return found


def _texts(words: Words) -> Iterator[str]:
    yield from (words.subject, words.heading, words.short)
    for block in words.body:
        yield from texts_of(block)


def _used(words: Words) -> set[str]:
    top = (words.subject, words.heading, words.short)
    named = {name for text in top for name in fields_of(text)}
    return named | {name for block in words.body for name in fields_in(block)}


def _is_foreign(text: str, language: str) -> bool:
    ours = " ".join(literal for literal, *_ in Formatter().parse(text)).strip()
    if language == "en":
        return bool(_CJK.search(ours)) or not text.strip()
    latin = set(_LATIN_WORD.findall(ours)) - _LATIN_ALLOWED_IN_CHINESE
    return bool(latin) or not text.strip()
