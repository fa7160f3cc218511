"""The shelves: one file per plug-in, found by its name, imported when first used."""

import re
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages
from types import ModuleType

from amends.domain.refusal import Refusal

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")


class UnknownPlugin(Refusal):
    """A code that no file of the shelf bears."""

    code = "unknown_plugin"


def plugin(shelf: str, code: str) -> ModuleType:
    """Import `catalog/<shelf>/<code>.py`; refuse a code that no file bears.

    A dotted code names a file in a folder: `cn.postal_law` is `cn/postal_law.py`.
    """
    name = f"amends.catalog.{shelf}.{code}"
    if not _CODE.fullmatch(code) or not _exists(name):
        raise UnknownPlugin(f"there is no {code!r} among the {shelf}")
    return import_module(name)


@cache
def codes(shelf: str) -> tuple[str, ...]:
    """Every code of one shelf, sorted; imports nothing but the shelf's own folders."""
    package = import_module(f"amends.catalog.{shelf}")
    prefix = f"{package.__name__}."
    found = walk_packages(package.__path__, prefix)
    return tuple(
        sorted(
            module.name.removeprefix(prefix)
            for module in found
            if not module.ispkg and not module.name.rpartition(".")[2].startswith("_")
        )
    )


def _exists(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
