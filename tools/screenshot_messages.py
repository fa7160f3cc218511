"""Show every message, and the pages that take an answer, as readers see them: PNG by Chromium.

    make screenshots                                     all of them, in build/messages
    python -m tools.screenshot_messages FOLDER [NAME …]  some of them

Each is shown at a desk's width and, as `….phone.png`, at a phone's. Says so where no Chromium is
installed (`apt-get install chromium` on Debian); nothing of it is part of the gate.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from amends.commands.message import preview
from followup import page_words as w
from followup.page_forms import choices, form, html, words
from tests.support.message_samples import EVERY, sample

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
DESK, PHONE, HEIGHT = 720, 390, 900
NARROWEST = 500
"""A window of Chromium is never narrower: a phone is a frame in it."""


def main(folder: str, *wanted: str) -> int:
    """Render what is wanted (all by default) into `folder`; 1 when there is no browser."""
    pages = (page for page in shown() if not wanted or page[0] in wanted)
    return photograph(pages, Path(folder).resolve())


def photograph(
    pages: Iterable[tuple[str, str, str]], target: Path, *, keep_html: bool = False
) -> int:
    """Two pictures of each page (name, language, HTML); 1 when there is no browser."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("no Chromium on this machine (Debian: apt-get install chromium): no pictures")
        if not keep_html:
            return 1
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for name, language, page in pages:
            source = (target if keep_html else Path(scratch)) / f"{name}.{language}.html"
            source.write_text(page, "utf-8")
            if browser is None:
                continue
            frame = Path(scratch) / f"{name}.{language}.frame.html"
            frame.write_text(
                f'<body style="margin:0"><iframe src="{source.as_uri()}" '
                f'style="width:{PHONE}px;height:{HEIGHT}px;border:0"></iframe>',
                "utf-8",
            )
            picture = target / f"{name}.{language}.png"
            profile = Path(scratch) / "profile"
            shoot(browser, source, picture, width=DESK, profile=profile)
            shoot(
                browser, frame, picture.with_suffix(".phone.png"), width=NARROWEST, profile=profile
            )
            print(picture)
    return 1 if browser is None else 0


def shown() -> Iterator[tuple[str, str, str]]:
    """Name, language and HTML of every message and of the survey's two pages."""
    for code, language in EVERY:
        yield code, language, str(preview(code, sample(code, language), language)["html"])
    for language in ("en", "zh-CN"):
        scores = [(value, says[language]) for value, says in w.SCORES.items()]
        asked = choices("score", w.SCORE[language], scores, "4")
        page = html(
            language,
            w.SURVEY[language],
            [form(asked, button=w.GIVE[language])],
            footer=w.HOUSE[language],
        )
        yield "page-score", language, page.body
        options = [(value, says[language]) for value, says in w.YES_NO.items()]
        asked = choices("resolved", w.RESOLVED[language], options, None)
        more = words("comment", w.COMMENT[language], "")
        page = html(
            language,
            w.THANKS[language],
            [form(asked, more, button=w.SEND[language])],
            footer=w.HOUSE[language],
        )
        yield "page-resolved", language, page.body


def shoot(browser: str, source: Path, picture: Path, *, width: int, profile: Path) -> None:
    """One picture of one page; raises when the browser fails."""
    subprocess.run(
        [
            browser,
            "--headless=new",
            "--no-sandbox",  # our own static pages, in a container that often runs as root
            "--disable-gpu",
            "--hide-scrollbars",
            "--allow-file-access-from-files",
            f"--user-data-dir={profile}",
            f"--window-size={width},{HEIGHT}",
            f"--screenshot={picture}",
            source.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["build/messages"])))
