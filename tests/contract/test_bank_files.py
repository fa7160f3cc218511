"""The bank's files, against the published schema and a bank that misbehaves on demand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from importlib.resources import files
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from xmlschema import XMLSchema

from amends.catalog import plugin
from amends.catalog.credit_transfer import Order, pain_001
from amends.catalog.iso20022 import Unreadable, read
from amends.catalog.rails.bank import execution_date
from amends.domain.exchange import converse
from amends.domain.money import Money
from amends.domain.payment import ledger
from amends.domain.payment.outcome import OutcomeKind
from amends.domain.payment.payee import BadPayee
from amends.domain.payment.rail import StatementLine
from amends.domain.payment.reconciliation import DifferenceKind, reconcile
from simulators import bank
from tests.contract.rail_bench import AT, Bench, bank_bench, rail_of
from tests.support.wire import send

IBAN = {"iban": "NL30MOCK0000000005", "name": "Wang Xiaoming", "bic": "MOCKNL2A"}
CHINESE = {"account": "6222020200112233445", "cnaps": "102100099996", "name": "王小明"}


@pytest.fixture(scope="module")
def running() -> Iterator[bank.Bank]:
    with bank.running("2026-03-02T09:00") as started:
        yield started


@pytest.fixture
def ready(running: bank.Bank) -> Bench:
    running.reset()
    return bank_bench(rail_of(plugin("rails", "bank")), running)


def order(ready: Bench, method: dict[str, str]) -> Order:
    instruction = ready.instruction()
    return Order(
        key=instruction.key,
        created_at=AT,
        execute_on=execution_date(AT, {}),
        amount=instruction.amount,
        debtor_name="Amends Ltd",
        debtor_account=bank.DEBTOR_IBAN,
        debtor_bank=bank.DEBTOR_BIC,
        payee=ready.rail.check_payee(method),
        text="赔付 parcel & more",
    )


def statement(ready: Bench, day: date) -> list[StatementLine]:
    return list(converse(ready.rail.statement(day, ready.account), send))


@pytest.mark.parametrize("method", [IBAN, CHINESE], ids=["iban", "cnaps"])
def test_a_payment_file_keeps_the_schema_and_passes_the_banks_own_check(
    ready: Bench, method: dict[str, str]
) -> None:
    written = pain_001(order(ready, method))

    with files("sepaxml").joinpath("schemas/pain.001.001.09.xsd").open() as schema:
        XMLSchema(schema).validate(written.decode().partition("?>")[2])
    url = f"{ready.account.base_url}/_mock/validate"
    try:
        with urlopen(Request(url, data=written), timeout=120) as reply:
            said = reply.read().decode()
    except HTTPError as refused:
        with refused:
            said = refused.read().decode()
    assert "error" not in said
    assert written == pain_001(order(ready, method))


def test_what_the_bank_accepts_is_booked_and_matches_its_statement(
    ready: Bench, running: bank.Bank
) -> None:
    instruction = ready.instruction()
    ready.pay(instruction)
    running.advance(1)
    booked = ledger.paid("case_1", instruction.key, "bank", instruction.amount, AT)

    lines = statement(ready, AT.date())

    assert ready.query(instruction).kind is OutcomeKind.SUCCEEDED
    assert reconcile(rail="bank", entries=booked, lines=lines, through=date(2026, 3, 9)) == []


def test_a_file_sent_twice_is_a_duplicate_and_no_rejection(ready: Bench) -> None:
    ready.pay(ready.instruction())

    again = ready.pay(ready.instruction())

    assert again.kind in (OutcomeKind.ACCEPTED, OutcomeKind.SUCCEEDED)
    assert ready.payments() == 1


def test_a_closed_account_is_a_rejection_with_the_banks_reason(ready: Bench) -> None:
    ready.method = {"iban": "NL84MOCK0000000003", "name": "Initech"}

    outcome = ready.pay(ready.instruction())

    assert (outcome.kind, outcome.reason) == (OutcomeKind.REJECTED, "AC04")


def test_a_silent_bank_is_not_believed_to_have_failed(ready: Bench, running: bank.Bank) -> None:
    running.behave("silent")
    instruction = ready.instruction()

    first = ready.pay(instruction)
    running.advance(1)

    assert first.kind in (OutcomeKind.ACCEPTED, OutcomeKind.SUCCEEDED)
    assert ready.query(instruction).kind is OutcomeKind.SUCCEEDED


def test_a_late_return_is_a_return_and_a_difference_until_it_is_booked(
    ready: Bench, running: bank.Bank
) -> None:
    running.behave("return-later", days=3)
    instruction = ready.instruction()
    ready.pay(instruction)
    running.advance(8)
    booked = ledger.paid("case_1", instruction.key, "bank", instruction.amount, AT)
    days = [date(2026, 3, day) for day in range(2, 10)]
    lines = [line for day in days for line in statement(ready, day)]

    outcome = ready.query(instruction)
    found = reconcile(rail="bank", entries=booked, lines=lines, through=date(2026, 3, 10))

    assert outcome.kind is OutcomeKind.RETURNED
    assert outcome.reason in ("AC04", "MD07")
    assert [difference.kind for difference in found] == [DifferenceKind.RETURNED]


def test_a_hole_in_the_statement_is_found(ready: Bench, running: bank.Bank) -> None:
    running.behave("statement-gap")
    instruction = ready.instruction()
    ready.pay(instruction)
    running.advance(1)
    booked = ledger.paid("case_1", instruction.key, "bank", instruction.amount, AT)

    found = reconcile(
        rail="bank",
        entries=booked,
        lines=statement(ready, AT.date()),
        through=date(2026, 3, 9),
    )

    assert [difference.kind for difference in found] == [DifferenceKind.BOOKED_NOT_PAID]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<Document/>",
        (
            b'<!DOCTYPE d [<!ENTITY e "x">]>'
            b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">&e;</Document>'
        ),
        b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.013.001.07"/>',
    ],
)
def test_what_is_no_message_of_a_bank_is_refused(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(body)


@pytest.mark.parametrize(
    ("at", "zone", "day"),
    [
        ("2026-03-06T14:59", "UTC", "2026-03-06"),
        ("2026-03-06T15:00", "UTC", "2026-03-09"),
        ("2026-03-06T07:00", "Asia/Shanghai", "2026-03-09"),
        ("2026-03-07T09:00", "UTC", "2026-03-09"),
    ],
)
def test_after_the_banks_cut_off_and_at_weekends_the_value_date_is_the_next_business_day(
    at: str, zone: str, day: str
) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)

    assert execution_date(moment, {"time_zone": zone}) == date.fromisoformat(day)
    feast = {"time_zone": zone, "holidays": f"2026-01-01,{day}"}
    assert execution_date(moment, feast) > date.fromisoformat(day)
    late = {"time_zone": zone, "cut_off": "23:59"}
    assert execution_date(moment, late) <= date.fromisoformat(day)


@pytest.mark.parametrize("iban", ["NL31MOCK0000000005", "NL30MOCK000000000", "ZZ", ""])
def test_an_iban_that_fails_its_check_is_refused(ready: Bench, iban: str) -> None:
    with pytest.raises(BadPayee):
        ready.rail.check_payee({"iban": iban, "name": "Wang"})


def test_the_banks_folder_is_read_message_by_message(ready: Bench) -> None:
    assert Money.of("12.30", "CNY") == ready.instruction().amount
    ready.pay(ready.instruction())
    sent = ready.sent[0].headers
    url = f"{ready.account.base_url}/_mock/mailbox?raw&type=pain.002"
    with urlopen(url, timeout=120) as reply:
        body = reply.read()

    told = ready.rail.receive(body, {"authorization": sent["authorization"]}, ready.account.secrets)

    assert told[0][0] == ready.instruction().key
    assert told[0][1].kind is OutcomeKind.ACCEPTED
