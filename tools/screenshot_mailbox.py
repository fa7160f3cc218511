"""Show what a running stack has mailed, as its readers see it: HTML, and PNG by Chromium.

    make screenshots-mailbox                           build/mailbox, from the stack of `make up`
    python -m tools.screenshot_mailbox FOLDER [CASE …]  only the mail of some cases

Run `make run` or `tests/e2e/test_mail_story.py` first (with `AMENDS_STACK=.amends/local.json`),
so that there is mail to show. The HTML is written even where there is no Chromium.
"""

import os
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tools.local.mailbox import mail
from tools.local.places import read
from tools.screenshot_messages import photograph

CASE = re.compile(r"case_[0-9a-z]{26}")


def main(folder: str, *cases: str) -> int:
    """Write and photograph every mail that is wanted; 1 where there is no stack or browser."""
    description = read(Path(os.environ.get("AMENDS_STACK", ".amends/local.json")))
    if not description:
        print("no stack is running: make up")
        return 1
    return photograph(letters(mail(description), cases), Path(folder).resolve(), keep_html=True)


def letters(kept: list[dict[str, Any]], cases: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """Name, language and HTML of each mail, numbered by case in the order of their sending."""
    count: dict[str, int] = {}
    for one in kept:
        found = CASE.search(_told(one))
        case = found[0] if found else "no-case"
        if cases and case not in cases:
            continue
        count[case] = count.get(case, 0) + 1
        page = str(one["BodyHtml"] or "")
        language = re.search(r'<html lang="([^"]+)"', page)
        yield f"{case}.{count[case]:02d}", language[1] if language else "und", page


def _told(one: Mapping[str, Any]) -> str:
    return f"{one['Subject']} {one['BodyText']}"


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["build/mailbox"])))
