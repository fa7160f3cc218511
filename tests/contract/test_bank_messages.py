"""What a bank says is read by its schema, in any version that banks speak, and loses nothing."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from amends.catalog import plugin
from amends.catalog.iso20022 import VERSIONS, Covered, Movement, Unreadable, read
from amends.domain.exchange import Request, Response, converse
from amends.domain.money import Money
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind
from amends.domain.payment.rail import Account, Instruction, NoStatement
from tests.contract.rail_bench import AT, rail_of
from tools.local.build import BANK_MESSAGES

BANK = rail_of(plugin("rails", "bank"))
ACCOUNT = Account(base_url="", at=AT, secrets={"user": "u", "password": "p"})
FRIDAY = date(2026, 3, 6)


def camt(version: str, entries: str = "", *, days: str = "", kind: str = "053") -> str:
    """A statement (or notification) with the least that its schema demands."""
    outer, inner = {"053": ("BkToCstmrStmt", "Stmt"), "054": ("BkToCstmrDbtCdtNtfctn", "Ntfctn")}[
        kind
    ]
    balance = (
        "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>1</Amt>"
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-03-06</Dt></Dt></Bal>"
    )
    return (
        f"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.{kind}.001.{version}'><{outer}>"
        "<GrpHdr><MsgId>1</MsgId><CreDtTm>2026-03-06T20:00:00</CreDtTm></GrpHdr>"
        f"<{inner}><Id>1</Id><CreDtTm>2026-03-06T20:00:00</CreDtTm>{days}"
        f"<Acct><Id><IBAN>NL41MOCK0000000001</IBAN></Id></Acct>"
        f"{balance if kind == '053' else ''}{entries}</{inner}></{outer}></Document>"
    )


def entry(version: str, key: str, amounts: tuple[str, ...] = ("12.30",)) -> str:
    status = "<Sts>BOOK</Sts>" if version in ("02", "04") else "<Sts><Cd>BOOK</Cd></Sts>"
    own = "<Amt Ccy='EUR'>{}</Amt><CdtDbtInd>DBIT</CdtDbtInd>" if version == "04" else ""
    details = "".join(
        f"<TxDtls><Refs><EndToEndId>{key}{number}</EndToEndId></Refs>{own.format(amount)}"
        f"<AmtDtls><TxAmt><Amt Ccy='EUR'>{amount}</Amt></TxAmt></AmtDtls></TxDtls>"
        for number, amount in enumerate(amounts)
    )
    total = sum(map(Decimal, amounts))
    return (
        f"<Ntry><Amt Ccy='EUR'>{total}</Amt><CdtDbtInd>DBIT</CdtDbtInd>{status}"
        "<BookgDt><Dt>2026-03-06</Dt></BookgDt><AcctSvcrRef>R1</AcctSvcrRef>"
        f"<BkTxCd><Prtry><Cd>X</Cd></Prtry></BkTxCd><NtryDtls>{details}</NtryDtls></Ntry>"
    )


def mailbox(*bodies: str) -> Callable[[Request], Response]:
    def send(_request: Request) -> Response:
        rows = [{"type": "camt.053.001.08", "body": body} for body in bodies]
        return Response(status=200, headers={}, body=json.dumps(rows).encode())

    return send


@pytest.mark.parametrize("kind", ["053", "054"])
@pytest.mark.parametrize("version", VERSIONS["camt.053"])
def test_each_payment_of_a_batch_booking_has_its_own_amount_in_every_version(
    version: str, kind: str
) -> None:
    batch = entry(version, "AM", ("12.30", "7.70"))

    said = read(camt(version, batch, kind=kind).encode())

    moved = [one for one in said if isinstance(one, Movement)]
    assert [(one.key, one.amount, one.booked_on) for one in moved] == [
        ("AM0", Money.of("12.30", "EUR"), FRIDAY),
        ("AM1", Money.of("7.70", "EUR"), FRIDAY),
    ]


def test_a_statement_says_which_days_it_covers() -> None:
    days = (
        "<FrToDt><FrDtTm>2026-03-05T00:00:00</FrDtTm><ToDtTm>2026-03-06T23:59:59</ToDtTm></FrToDt>"
    )

    assert read(camt("08", days=days).encode())[0] == Covered(first=date(2026, 3, 5), last=FRIDAY)
    assert read(camt("08").encode())[0] == Covered(first=FRIDAY, last=FRIDAY)


@pytest.mark.parametrize(
    "wrong",
    [
        camt("08").replace("<Id>1</Id>", "<Id>1</Id><Invented/>"),
        camt("08", entry("08", "AM")).replace("DBIT", "SIDEWAYS"),
        camt("08", entry("08", "AM")).replace("20.00", "much").replace("12.30", "much"),
        camt("08").replace("<MsgId>1</MsgId>", ""),
        camt("08").replace("camt.053.001.08", "camt.053.001.99"),
    ],
    ids=["unknown element", "unknown code", "no number", "missing element", "unknown version"],
)
def test_what_breaks_its_schema_is_refused(wrong: str) -> None:
    with pytest.raises(Unreadable):
        read(wrong.encode())


def test_one_unreadable_message_neither_hides_the_others_nor_passes_for_silence() -> None:
    wanted = Instruction(
        key="AM0",
        amount=Money.of("12.30", "EUR"),
        payee=BANK.check_payee({"iban": "NL30MOCK0000000005", "name": "Wang"}),
        text="x",
        first_sent_at=AT,
    )

    def ask(*bodies: str) -> tuple[OutcomeKind, str]:
        said = converse(BANK.query(wanted, ACCOUNT), mailbox(*bodies))
        return said.kind, said.reason

    assert ask(camt("08", entry("08", "AM")), "<torn")[0] is OutcomeKind.SUCCEEDED
    assert ask(camt("08")) == (OutcomeKind.UNKNOWN, NOT_SEEN)
    assert ask(camt("08"), "<torn") == (OutcomeKind.UNKNOWN, "iso20022_unreadable")


def test_a_business_day_without_a_statement_is_missing_and_a_sunday_is_not() -> None:
    def ask(day: date) -> int:
        send = mailbox(camt("08", entry("08", "AM")))
        return len(converse(BANK.statement(day, ACCOUNT), send))

    assert ask(FRIDAY) == 1
    assert ask(date(2026, 3, 8)) == 0
    with pytest.raises(NoStatement):
        ask(date(2026, 3, 9))


def test_the_layer_carries_every_version_that_is_read() -> None:
    names = [
        f"{kind}.001.{version}".replace(".", "_")
        for kind, versions in VERSIONS.items()
        for version in versions
    ]

    assert all(BANK_MESSAGES.fullmatch(name) for name in [*names, "pain_001_001_09"])
    assert BANK_MESSAGES.fullmatch("pain_008_001_08") is None
