"""What a warm function keeps is not the next test's."""

from amends import runtime
from amends.web import proving
from tracking_poller import status


def forget() -> None:
    """All but the clients: they speak with whichever cloud is in process, and are dear to make."""
    for kept in (*vars(runtime).values(), proving.pool, status._looked_up):
        if kept is not runtime.client and hasattr(kept, "cache_clear"):
            kept.cache_clear()
