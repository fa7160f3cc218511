"""Thousands of collected tests live as long as the session: nobody need count them again and again.

Of the suite's processor time a sixth went into looking through them for garbage.
"""

import gc

import pytest

# Nothing dies while the tests are collected.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    gc.enable()
