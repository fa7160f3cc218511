"""Plain JSON of our own values, for the documents that endpoints answer with."""

from amends.adapters.codec import to_jsonable

__all__ = ["to_jsonable"]
