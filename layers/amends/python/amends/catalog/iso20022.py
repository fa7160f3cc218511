"""ISO 20022: the few messages a corporate customer and its bank exchange.

Written: pain.001.001.09. Read, whatever their version: pain.002, camt.053, camt.054, pacs.004.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from amends.domain.money import Money
from amends.domain.payment.payee import Payee, PayeeScheme
from amends.domain.refusal import Invalid

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"
NO_ID = "NOTPROVIDED"


class Unreadable(Invalid):
    """The bytes are no message that we read."""

    code = "iso20022_unreadable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One credit transfer in a file of its own; `key` becomes each of its identifiers."""

    key: str
    created_at: datetime
    execute_on: date
    amount: Money
    debtor_name: str
    debtor_account: str
    debtor_bank: str
    payee: Payee
    text: str


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


def pain_001(order: Order) -> bytes:
    """A credit transfer initiation: the same order gives the same bytes, for ever."""
    root = Element("Document", xmlns=NAMESPACE)
    body = SubElement(root, "CstmrCdtTrfInitn")
    amount = f"{order.amount.amount:f}"
    _put(body, "GrpHdr/MsgId", order.key)
    _put(body, "GrpHdr/CreDtTm", f"{order.created_at:%Y-%m-%dT%H:%M:%S+00:00}")
    _put(body, "GrpHdr/NbOfTxs", "1")
    _put(body, "GrpHdr/CtrlSum", amount)
    _put(body, "GrpHdr/InitgPty/Nm", order.debtor_name[:140])
    _put(body, "PmtInf/PmtInfId", order.key)
    _put(body, "PmtInf/PmtMtd", "TRF")
    _put(body, "PmtInf/NbOfTxs", "1")
    _put(body, "PmtInf/CtrlSum", amount)
    _put(body, "PmtInf/ReqdExctnDt/Dt", order.execute_on.isoformat())
    _put(body, "PmtInf/Dbtr/Nm", order.debtor_name[:140])
    _account(body, "PmtInf/DbtrAcct", order.debtor_account)
    _put(body, "PmtInf/DbtrAgt/FinInstnId/BICFI", order.debtor_bank)
    _put(body, "PmtInf/ChrgBr", "SLEV" if order.amount.currency == "EUR" else "SHAR")
    payment = SubElement(_at(body, "PmtInf"), "CdtTrfTxInf")
    _put(payment, "PmtId/InstrId", order.key)
    _put(payment, "PmtId/EndToEndId", order.key)
    _put(payment, "Amt/InstdAmt", amount).set("Ccy", order.amount.currency)
    _agent(payment, order.payee)
    _put(payment, "Cdtr/Nm", order.payee.name[:140])
    _account(payment, "CdtrAcct", order.payee.account)
    _put(payment, "RmtInf/Ustrd", order.text[:140])
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def read(message: bytes) -> tuple[Status | Movement, ...]:
    """What one message says, in its order; raises `Unreadable`, also for any DTD or entity."""
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(message, forbid_dtd=True)
        kind = _kind(root)
        return tuple(_READERS[kind](root))
    except (ParseError, DefusedXmlException, KeyError, ValueError, AttributeError) as error:
        raise Unreadable("this is no pain.002, camt.053, camt.054 or pacs.004") from error


def _kind(root: Element) -> str:
    namespace = root.tag.partition("}")[0]
    return ".".join(namespace.rpartition(":")[2].split(".")[:2])


def _statuses(root: Element) -> Iterator[Status | Movement]:
    file_key = _text(root, ".//{*}OrgnlGrpInfAndSts/{*}OrgnlMsgId")
    payments = root.findall(".//{*}TxInfAndSts")
    for payment in payments:
        yield Status(
            key=_text(payment, "{*}OrgnlEndToEndId"),
            code=_text(payment, "{*}TxSts"),
            reason=_text(payment, "{*}StsRsnInf/{*}Rsn/{*}Cd"),
            detail=_text(payment, "{*}StsRsnInf/{*}AddtlInf"),
        )
    if not payments:
        group = root.find(".//{*}OrgnlGrpInfAndSts")
        if group is not None:
            yield Status(
                key=file_key,
                code=_text(group, "{*}GrpSts"),
                reason=_text(group, "{*}StsRsnInf/{*}Rsn/{*}Cd"),
                detail=_text(group, "{*}StsRsnInf/{*}AddtlInf"),
            )


def _movements(root: Element) -> Iterator[Status | Movement]:
    for entry in root.findall(".//{*}Ntry"):
        booked_on = date.fromisoformat(
            _text(entry, "{*}BookgDt/{*}Dt") or _text(entry, "{*}BookgDt/{*}DtTm")[:10]
        )
        details = entry.findall(".//{*}TxDtls")
        for part in details:
            own = part.find("{*}Amt")
            yield Movement(
                key=_text(part, "{*}Refs/{*}EndToEndId"),
                reference=_text(part, "{*}Refs/{*}AcctSvcrRef") or _text(entry, "{*}AcctSvcrRef"),
                amount=_money(own if own is not None else _found(entry, "{*}Amt")),
                booked_on=booked_on,
                is_credit=_text(entry, "{*}CdtDbtInd") == "CRDT",
                reason=_text(part, "{*}RtrInf/{*}Rsn/{*}Cd"),
            )
        if not details:
            yield Movement(
                key=NO_ID,
                reference=_text(entry, "{*}AcctSvcrRef"),
                amount=_money(_found(entry, "{*}Amt")),
                booked_on=booked_on,
                is_credit=_text(entry, "{*}CdtDbtInd") == "CRDT",
                reason="",
            )


def _returns(root: Element) -> Iterator[Status | Movement]:
    settled = _text(root, ".//{*}GrpHdr/{*}IntrBkSttlmDt")
    for part in root.findall(".//{*}TxInf"):
        yield Movement(
            key=_text(part, "{*}OrgnlEndToEndId"),
            reference=_text(part, "{*}RtrId"),
            amount=_money(_found(part, "{*}RtrdIntrBkSttlmAmt")),
            booked_on=date.fromisoformat(_text(part, "{*}IntrBkSttlmDt") or settled),
            is_credit=True,
            reason=_text(part, "{*}RtrRsnInf/{*}Rsn/{*}Cd"),
        )


_READERS = {
    "pain.002": _statuses,
    "camt.053": _movements,
    "camt.054": _movements,
    "pacs.004": _returns,
}


def _text(within: Element, path: str) -> str:
    return (within.findtext(path) or "").strip()


def _found(within: Element, path: str) -> Element:
    element = within.find(path)
    if element is None:
        raise ValueError(f"{path} is missing")
    return element


def _money(element: Element) -> Money:
    return Money.of((element.text or "").strip(), element.attrib["Ccy"])


def _at(within: Element, path: str) -> Element:
    for name in path.split("/"):
        last = within[-1] if len(within) else None
        within = last if last is not None and last.tag == name else SubElement(within, name)
    return within


def _put(within: Element, path: str, text: str) -> Element:
    parent, _, name = path.rpartition("/")
    element = SubElement(_at(within, parent) if parent else within, name)
    element.text = text
    return element


def _account(within: Element, path: str, number: str) -> None:
    is_iban = number[:2].isalpha()
    _put(within, f"{path}/Id/IBAN" if is_iban else f"{path}/Id/Othr/Id", number)


def _agent(within: Element, payee: Payee) -> None:
    place = "CdtrAgt/FinInstnId"
    if payee.scheme is PayeeScheme.CN_ACCOUNT:
        _put(within, f"{place}/ClrSysMmbId/ClrSysId/Cd", "CNAPS")
        _put(within, f"{place}/ClrSysMmbId/MmbId", payee.bank_code)
    elif payee.bank_code:
        _put(within, f"{place}/BICFI", payee.bank_code)
