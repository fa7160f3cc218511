"""Where the reference beside the repository lies, if it does."""

import os
from pathlib import Path

import pytest


def reference(path: str) -> Path:
    """A file or folder of `shared/reference`; the test skips where it is absent."""
    places = [Path(os.environ["AMENDS_SHARED"])] if "AMENDS_SHARED" in os.environ else []
    places += [parent / "shared" for parent in Path(__file__).resolve().parents]
    for place in places:
        found = place / "reference" / path
        if found.exists():
            return found
    pytest.skip(f"reference/{path} is not beside this repository")
