"""Portable documents: what in a PDF would act when it is opened, however it is hidden."""

from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_OBJECTS = 50_000
ACTS = frozenset(
    {
        *("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia"),
        *("/EmbeddedFile", "/EmbeddedFiles", "/XFA", "/GoToR", "/GoToE", "/Movie", "/Sound"),
    }
)
"""Names that a document for reading has no need of (PDF 2.0, 12.6.4, 12.7, 13)."""


class DocumentError(ValueError):
    """It begins like a PDF and cannot be looked into: damaged, or locked with a password."""


def acts(content: bytes) -> bool:
    """Whether anything in it acts; refuses to answer for what it cannot look into."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(BytesIO(content), strict=False)
        is_locked = reader.is_encrypted and not reader.decrypt("")
        found = False if is_locked else _acts(reader)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise DocumentError("the document is damaged") from error
    if is_locked or found is None:
        raise DocumentError("the document is locked, or has more parts than anybody reads")
    return found


def _acts(reader: "PdfReader") -> bool | None:
    """Walk everything that hangs on the trailer, each object once; None when it never ends."""
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

    waiting: list[Any] = [reader.trailer]
    seen: set[tuple[int, int]] = set()
    for _ in range(MOST_OBJECTS):
        if not waiting:
            return False
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            name = (thing.idnum, thing.generation)
            if name not in seen:
                seen.add(name)
                waiting.append(thing.get_object())
        elif isinstance(thing, DictionaryObject):
            if ACTS & set(thing) or str(thing.get("/S", "")) in ACTS:
                return True
            waiting.extend(thing.values())
        elif isinstance(thing, ArrayObject):
            waiting.extend(thing)
    return None
