"""Forms of the pages that take an answer: plain HTML without a script, for a thumb and a reader."""

from collections.abc import Mapping, Sequence
from html import escape
from urllib.parse import parse_qsl

from amends.domain.people import page
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.problem import BadBody

LONGEST = 4_000
_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    # No script, no other origin, no frame; the link is a key and travels to nobody else.
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
}
_FIELD = "margin:0 0 20px;padding:0;border:0"
_LEGEND = "padding:0;margin:0 0 8px;font-weight:600"
_ROW = "display:block;padding:10px 0"
_BOX = "width:24px;height:24px;margin:0 10px 0 0;vertical-align:middle"
_TEXT = (
    "display:block;width:100%;box-sizing:border-box;min-height:110px;padding:10px;font:inherit;"
    f"border:1px solid {page.QUIET};border-radius:6px"
)
_BUTTON = (
    f"display:block;width:100%;padding:14px 18px;background:{page.LINK};color:{page.PAPER};"
    "border:0;border-radius:6px;font:inherit;font-weight:600"
)
_PROBLEM = "margin:0 0 16px;padding:10px 14px;border-left:4px solid #b42318;background:#fef3f2"


def html(language: str, title: str, content: Sequence[str], *, footer: str) -> Answer:
    """A page of one heading and some fragments."""
    body = page.page(
        language=language,
        title=title,
        content=[page.heading(title), *content],
        footer=[page.paragraph(footer)],
    )
    return Answer(status=200, body=body, headers=_HEADERS)


def form(*fields: str, button: str) -> str:
    """A form that is sent to the page's own address, and one button."""
    return (
        f'<form method="post">{"".join(fields)}'
        f'<button type="submit" style="{_BUTTON}">{escape(button)}</button></form>'
    )


def choices(name: str, legend: str, options: Sequence[tuple[str, str]], chosen: str | None) -> str:
    """One of several; the browser insists on one."""
    rows = "".join(
        f'<label style="{_ROW}"><input type="radio" name="{name}" value="{escape(value)}" required'
        f'{" checked" if value == chosen else ""} style="{_BOX}">{escape(says)}</label>'
        for value, says in options
    )
    return (
        f'<fieldset style="{_FIELD}"><legend style="{_LEGEND}">{escape(legend)}</legend>'
        f"{rows}</fieldset>"
    )


def words(name: str, label: str, said: str) -> str:
    """A text of several lines, which may stay empty."""
    return (
        f'<p style="{_FIELD}"><label style="{_LEGEND}" for="{name}">{escape(label)}</label>'
        f'<textarea id="{name}" name="{name}" maxlength="{LONGEST}" style="{_TEXT}">'
        f"{escape(said)}</textarea></p>"
    )


def problem(text: str) -> str:
    """What is still missing, read out at once by a screen reader."""
    return f'<p role="alert" style="{_PROBLEM}">{escape(text)}</p>'


def sent(call: Call) -> Mapping[str, str]:
    """What a form was sent with; the last of a name counts. Refuses what no form of ours sends."""
    kind = call.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise BadBody("the body must be a form")
    try:
        pairs = parse_qsl(
            call.raw_body.decode(), keep_blank_values=True, max_num_fields=20, errors="strict"
        )
    except ValueError as error:
        raise BadBody("the form cannot be read") from error
    return {name: _plain(value) for name, value in pairs}


def _plain(text: str) -> str:
    """Without control characters and whatever is beyond the longest text."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in kept if c == "\n" or c.isprintable()).strip()[:LONGEST]
