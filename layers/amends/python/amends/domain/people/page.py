"""A message as HTML: one heading, the language named, values escaped, contrast of 4.5 and above."""

from collections.abc import Sequence
from html import escape

INK = "#1f2933"
QUIET = "#52606d"
LINK = "#0b4f8a"
PAPER = "#ffffff"
GROUND = "#eef2f6"

_FONT = (
    "font-family:-apple-system,'Segoe UI','Helvetica Neue',"
    "'PingFang SC','Microsoft YaHei',sans-serif"
)


def page(*, language: str, title: str, content: Sequence[str], footer: Sequence[str]) -> str:
    """The whole document; `content` and `footer` are fragments that the functions below made."""
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="ltr">\n<head>\n'
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="margin:0;padding:24px 12px;background:{GROUND};color:{INK};{_FONT};'
        'font-size:16px;line-height:1.6">\n'
        f'<main style="max-width:600px;margin:0 auto;padding:24px 28px;background:{PAPER};'
        'border-radius:8px">\n' + "\n".join(content) + "\n</main>\n"
        f'<footer style="max-width:600px;margin:16px auto 0;padding:0 28px;color:{QUIET};'
        'font-size:14px">\n' + "\n".join(footer) + "\n</footer>\n</body>\n</html>\n"
    )


def heading(text: str) -> str:
    """The one main heading."""
    return f'<h1 style="margin:0 0 16px;font-size:24px;line-height:1.3">{escape(text)}</h1>'


def paragraph(text: str) -> str:
    """A paragraph."""
    return f'<p style="margin:0 0 16px">{escape(text)}</p>'


def items(texts: Sequence[str]) -> str:
    """A bulleted list."""
    rows = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f'<ul style="margin:0 0 16px;padding-left:24px">{rows}</ul>'


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Labels and values, as a table whose row headers are marked as such."""
    style = (
        f"padding:4px 16px 4px 0;text-align:left;vertical-align:top;color:{QUIET};font-weight:400"
    )
    cells = "".join(
        f'<tr><th scope="row" style="{style}">{escape(name)}</th>'
        # A case number is longer than a phone is wide.
        f'<td style="padding:4px 0;overflow-wrap:anywhere;word-break:break-word">{escape(value)}'
        "</td></tr>"
        for name, value in rows
    )
    return f'<table style="margin:0 0 16px;border-collapse:collapse">{cells}</table>'


def action(text: str, url: str) -> str:
    """A link with the look of a button, and a text that says where it leads."""
    style = (
        f"display:inline-block;padding:10px 18px;background:{LINK};color:{PAPER};"
        "border-radius:6px;text-decoration:none"
    )
    return (
        f'<p style="margin:0 0 16px"><a href="{escape(url)}" style="{style}">{escape(text)}</a></p>'
    )


def scale(low: str, high: str, choices: Sequence[tuple[str, str]]) -> str:
    """Five links in a row, big enough for a thumb, between the names of both ends."""
    style = (
        f"display:block;padding:12px 0;background:{LINK};color:{PAPER};border-radius:6px;"
        "text-decoration:none;text-align:center;font-size:18px"
    )
    cells = "".join(
        f'<td style="width:20%;padding:0 4px"><a href="{escape(url)}" aria-label="{escape(said)}" '
        f'style="{style}">{place}</a></td>'
        for place, (said, url) in enumerate(choices, 1)
    )
    ends = f"padding:4px;font-size:14px;color:{QUIET}"
    return (
        '<table role="presentation" style="width:100%;max-width:360px;margin:0 0 16px;'
        f'border-collapse:collapse"><tr>{cells}</tr>'
        f'<tr aria-hidden="true"><td colspan="2" style="{ends}">{escape(low)}</td><td></td>'
        f'<td colspan="2" style="{ends};text-align:right">{escape(high)}</td></tr></table>'
    )


def link(text: str, url: str) -> str:
    """A plain link."""
    return f'<a href="{escape(url)}" style="color:{LINK}">{escape(text)}</a>'
