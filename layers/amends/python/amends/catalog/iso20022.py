"""ISO 20022: what a bank's messages say, read through the classes that their schemas define.

Versions differ in classes and hardly in names, so a message is parsed strictly by its own version
and then read by name. Written is `credit_transfer`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from amends.domain.money import Money
from amends.domain.refusal import Invalid

if TYPE_CHECKING:
    from xsdata.formats.dataclass.parsers import XmlParser

NO_ID = "NOTPROVIDED"
VERSIONS: Mapping[str, tuple[str, ...]] = {
    "pain.002": ("03", "10", "12"),
    "camt.053": ("02", "04", "08", "10"),
    "camt.054": ("02", "04", "08", "10"),
    "pacs.004": ("02", "09", "11"),
}
"""Those that banks speak (SEPA and Switzerland before and after 2019, CBPR+); the layer is built
with these and no others of the library."""


class Unreadable(Invalid):
    """The bytes are no message that we read."""

    code = "iso20022_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """What a pain.002 says: of one payment, or (`key` the file's MsgId) of a whole file."""

    key: str
    code: str
    """`ACCP`, `ACSC`, `RJCT` …"""
    reason: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One booked transaction of a camt.053 or camt.054, or one return of a pacs.004."""

    key: str
    reference: str
    amount: Money
    booked_on: date
    is_credit: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """A camt.053 tells everything of these days, both included."""

    first: date
    last: date


Said = Status | Movement | Covered


def read(message: bytes) -> tuple[Said, ...]:
    """What one message says, in its order.

    Raises `Unreadable` for what its schema does not allow, and for any DTD or entity.
    """
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring
    from xsdata.exceptions import ParserError

    try:
        root = fromstring(message, forbid_dtd=True)
        kind, classes = _schema(root.tag)
        document = _parser().parse(root, classes.Document)
        return tuple(_READERS[kind](document))
    except (ParseError, DefusedXmlException, ParserError, KeyError, ValueError, TypeError) as error:
        raise Unreadable("this is no pain.002, camt.053, camt.054 or pacs.004") from error


@cache
def _parser() -> "XmlParser":
    """One for all messages, as it keeps what it has learnt of the classes."""
    from xsdata.formats.dataclass.parsers import XmlParser
    from xsdata.formats.dataclass.parsers.config import ParserConfig

    return XmlParser(
        config=ParserConfig(fail_on_unknown_properties=True, fail_on_converter_warnings=True)
    )


def _schema(tag: str) -> tuple[str, ModuleType]:
    """Kind and classes of a message by its namespace, `…:camt.053.001.08`."""
    name = tag.partition("}")[0].rpartition(":")[2]
    kind, version = name[:8], name[13:]
    if version not in VERSIONS[kind] or name != f"{kind}.001.{version}":
        raise KeyError(name)
    return kind, import_module(f"pyiso20022.{kind[:4]}.{name.replace('.', '_')}")


def _statuses(document: object) -> Iterator[Said]:
    report = _one(document, "cstmr_pmt_sts_rpt")
    payments = [
        payment
        for part in _each(report, "orgnl_pmt_inf_and_sts")
        for payment in _each(part, "tx_inf_and_sts")
    ]
    for payment in payments:
        yield _status(payment, "orgnl_end_to_end_id", "tx_sts")
    if not payments and (group := _one(report, "orgnl_grp_inf_and_sts")) is not None:
        yield _status(group, "orgnl_msg_id", "grp_sts")


def _status(of: object, key: str, code: str) -> Status:
    reasons = _each(of, "sts_rsn_inf")
    why = reasons[0] if reasons else None
    return Status(
        key=_text(of, key),
        code=_text(of, code),
        reason=_text(why, "rsn.cd"),
        detail=" ".join(str(line) for line in _each(why, "addtl_inf")),
    )


def _movements(document: object) -> Iterator[Said]:
    told = _one(document, "bk_to_cstmr_stmt") or _one(document, "bk_to_cstmr_dbt_cdt_ntfctn")
    statements = _each(told, "stmt")
    accounts = statements or _each(told, "ntfctn")
    for statement in statements:
        span = _one(statement, "fr_to_dt")
        first = _one(span, "fr_dt_tm") or _one(statement, "cre_dt_tm")
        last = _one(span, "to_dt_tm") or first
        yield Covered(first=_date(first), last=_date(last))
    for entry in (entry for account in accounts for entry in _each(account, "ntry")):
        details = [one for part in _each(entry, "ntry_dtls") for one in _each(part, "tx_dtls")]
        for detail in details or [None]:
            yield Movement(
                key=_text(detail, "refs.end_to_end_id") or NO_ID,
                reference=_text(detail, "refs.acct_svcr_ref") or _text(entry, "acct_svcr_ref"),
                amount=_money(
                    _one(detail, "amt") or _one(detail, "amt_dtls.tx_amt.amt") or _one(entry, "amt")
                ),
                booked_on=_date(_one(entry, "bookg_dt.dt") or _one(entry, "bookg_dt.dt_tm")),
                is_credit=_text(entry, "cdt_dbt_ind") == "CRDT",
                reason=_text(detail, "rtr_inf.rsn.cd"),
            )


def _returns(document: object) -> Iterator[Said]:
    message = _one(document, "pmt_rtr")
    for part in _each(message, "tx_inf"):
        on = _one(part, "intr_bk_sttlm_dt") or _one(message, "grp_hdr.intr_bk_sttlm_dt")
        reasons = _each(part, "rtr_rsn_inf")
        yield Movement(
            key=_text(part, "orgnl_end_to_end_id"),
            reference=_text(part, "rtr_id"),
            amount=_money(_one(part, "rtrd_intr_bk_sttlm_amt")),
            booked_on=_date(on),
            is_credit=True,
            reason=_text(reasons[0] if reasons else None, "rsn.cd"),
        )


_READERS = {
    "pain.002": _statuses,
    "camt.053": _movements,
    "camt.054": _movements,
    "pacs.004": _returns,
}


def _one(of: object, path: str) -> object:
    """What stands at a dotted path, or None."""
    for name in path.split("."):
        of = getattr(of, name, None)
    return of


def _each(of: object, name: str) -> list[object]:
    """What repeats: a list, also where a version has it once."""
    found = getattr(of, name, None)
    if isinstance(found, list):
        return found
    return [] if found is None else [found]


def _text(of: object, path: str) -> str:
    """A code or a text, whether its version lists the codes or not."""
    found = _one(of, path)
    if found is None:
        return ""
    return str(found.value if isinstance(found, Enum) else getattr(found, "cd", found)).strip()


def _date(moment: object) -> date:
    """The day as the bank wrote it, in its own time zone."""
    return date.fromisoformat(str(moment)[:10])


def _money(amount: object) -> Money:
    value, currency = _one(amount, "value"), _text(amount, "ccy")
    if not isinstance(value, Decimal):
        raise TypeError("an amount is missing")
    return Money.of(f"{value:f}", currency)
