"""The text of a mail: whatever its encoding, from HTML too, without what it quotes."""

import re
from html import unescape

_TEXT_CHARSET = re.compile(
    r"(utf[-_]?8|utf[-_]?(16|32)([-_]?[bl]e)?|(us-)?ascii|iso[-_]?8859[-_]\d+|latin[-_]?\d|"
    r"(windows-|cp)\d+|gb[-_]?\d+|gbk|hz|big5(-hkscs)?|euc[-_](jp|kr|cn)|shift[-_]jis|"
    r"iso-2022-(jp|kr)|koi8-[ru]|tis-620)",
    re.IGNORECASE,
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "euc-cn": "gb18030", "iso-8859-1": "cp1252"}
_FORWARDED = re.compile(
    r"^\s*(-{2,}\s*(original message|forwarded message|原始邮件|转发邮件).{0,40}|_{20,}|"
    r"begin forwarded message:|(from|发件人)[:：].{1,200})\s*$",
    re.IGNORECASE,
)
_QUOTED_FROM_HERE = re.compile(
    r"^\s*(on .{5,200} wrote:|begin forwarded message:|"
    r"-{2,}\s*(original message|forwarded message|原始邮件|转发邮件).{0,40}|"
    r"在.{4,100}写道[:：]|.{4,100}(<[^>]+>)?\s*于.{4,60}写道[:：]|_{20,}|"
    r"(from|发件人)[:：].{1,200})\s*$",
    re.IGNORECASE,
)
_BLOCKS = frozenset("p div br tr li h1 h2 h3 h4 table blockquote ul ol".split())
_TAG_NAME = re.compile(r"/?[A-Za-z][A-Za-z0-9]*")
_BREAK = "\v"
_UNSEEN = frozenset({"script", "style", "head", "title", "template"})


def decoded(payload: bytes, charset: str | None) -> str:
    """Text from bytes: the charset named, else UTF-8, else GB18030, else Windows-1252; never fails.

    Only charsets of text are tried; Python also knows codecs that are none, some of them slow.
    """
    named = (charset or "").strip().lower()
    first = [_WIDER.get(named, named)] if _TEXT_CHARSET.fullmatch(named) else []
    for name in (*first, "utf-8", "gb18030"):
        try:
            return payload.decode(name)
        except (LookupError, ValueError):
            continue
    return payload.decode("cp1252", "replace")


def clean_line(text: str) -> str:
    """One printable line: no control, no direction mark, no lone surrogate."""
    spaced = re.sub(r"[\s\u2028\u2029]+", " ", text)
    return "".join(c for c in spaced if c.isprintable()).strip()


def clean_text(text: str) -> str:
    """Printable lines; empty lines at most one in a row."""
    lines = [
        "".join(c for c in line if c.isprintable() or c == "\t").rstrip()
        for line in text.splitlines()
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def own_words(text: str, *, is_new: bool = False) -> str:
    """What the sender wrote, without the mail it answers; all of it when nothing would stay.

    In a mail that begins something new, what is passed on is what its sender wants to tell.
    """
    kept: list[str] = []
    for line in clean_text(text).split("\n"):
        if is_new and _FORWARDED.match(line[:500]):
            return clean_text(text)
        if _QUOTED_FROM_HERE.match(line[:500]) and any(part.strip() for part in kept):
            break
        if not line.lstrip().startswith(">"):
            kept.append(line)
    return "\n".join(kept).strip() or clean_text(text)


def text_of_html(source: str) -> str:
    """The visible text of an HTML mail, block by block; in one pass, whatever is in it."""
    pieces: list[str] = []
    hidden_by = ""
    first, *rest = source.split("<")
    pieces.append(first)
    for piece in rest:
        tag, closed, text = piece.partition(">")
        name = _TAG_NAME.match(tag)
        if not closed or not name:
            pieces.append("" if hidden_by or tag.startswith("!") else f"<{piece}")
            continue
        is_end, word = name[0].startswith("/"), name[0].strip("/").lower()
        if hidden_by:
            if not (is_end and word == hidden_by):
                continue
            hidden_by = ""
        elif word in _UNSEEN and not is_end:
            hidden_by = word
            continue
        pieces.append(f"{_BREAK if word in _BLOCKS else ''}{text}")
    seen = re.sub(r"[^\S\v]+", " ", "".join(pieces).replace("\n", " "))
    return clean_text(unescape(seen).replace(_BREAK, "\n"))
