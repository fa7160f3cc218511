"""Compensation regimes, one file each."""

from functools import cache

from amends.catalog import UnknownPlugin, plugin
from amends.domain.compensation.regime import Regime
from amends.domain.refusal import FieldError


class UnknownRegime(UnknownPlugin):
    """A regime that is not on file."""

    code = "unknown_regime"
    status = 400


@cache
def regime(code: str) -> Regime:
    """The regime of that code; its first parts name the file, which is imported when first used.

    `upu.parcel` stands in `upu.py`, `cn.sf.domestic` in `cn/sf.py`.
    """
    parts = code.split(".")
    for length in range(len(parts), 0, -1):
        try:
            module = plugin("regimes", ".".join(parts[:length]))
        except UnknownPlugin:
            continue
        for one in getattr(module, "REGIMES", ()):
            if one.code == code:
                found: Regime = one
                return found
    message = f"there is no {code[:60]!r} among the regimes"
    error = FieldError(field="regime", code="unknown_value", message=message)
    raise UnknownRegime(message, errors=[error])
