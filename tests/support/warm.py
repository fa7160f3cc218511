"""What a warm function keeps is not the next test's."""

from amends import runtime
from amends.web import proving


def forget() -> None:
    """All but the clients: they speak with whichever cloud is in process, and are dear to make."""
    for kept in (*vars(runtime).values(), proving.pool):
        if kept is not runtime.client and hasattr(kept, "cache_clear"):
            kept.cache_clear()
