"""Show every message as a reader sees it: one PNG each, by headless Chromium where installed.

python tools/screenshot_messages.py FOLDER [CODE …]
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from amends.commands.message import preview
from tests.support.message_samples import EVERY, sample

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main(folder: str, *wanted: str) -> int:
    """Render the wanted messages (all by default) into `folder`; 1 when there is no browser."""
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        print("no Chromium on this machine: nothing to show")
        return 1
    target = Path(folder).resolve()
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for code, language in EVERY:
            if wanted and code not in wanted:
                continue
            source = Path(scratch) / f"{code}.{language}.html"
            shown = preview(code, sample(code, language), language)
            source.write_text(str(shown["html"]), "utf-8")
            picture = target / f"{code}.{language}.png"
            shoot(browser, source, picture, Path(scratch) / "profile")
            print(picture)
    return 0


def shoot(browser: str, source: Path, picture: Path, profile: Path) -> None:
    """One picture of one page, 720 by 900 points; raises when the browser fails."""
    subprocess.run(
        [
            browser,
            "--headless=new",
            "--no-sandbox",  # our own static pages, in a container that often runs as root
            "--disable-gpu",
            "--hide-scrollbars",
            f"--user-data-dir={profile}",
            "--window-size=720,900",
            f"--screenshot={picture}",
            source.as_uri(),
        ],
        check=True,
        capture_output=True,
        timeout=60,
    )


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["build/messages"])))
