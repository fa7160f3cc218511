"""A bench for each rail: its simulator, an account there, and payees that work and do not."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import ModuleType
from typing import cast

from amends.catalog import plugin
from amends.domain.exchange import Exchange, Request, Response, Trouble, converse
from amends.domain.money import Money
from amends.domain.payment.key import payout_key
from amends.domain.payment.outcome import RailOutcome
from amends.domain.payment.rail import Account, Instruction, Rail
from simulators import bank
from simulators.gateways.alipay import AlipayGateway
from simulators.gateways.book import Book, Fault
from simulators.gateways.front import served
from simulators.gateways.merchant import MerchantShop
from simulators.gateways.wechat_pay import WeChatPayGateway
from tests.support.money_rails import KEYS
from tests.support.wire import send

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
TODAY = "2026-03-02"
OURS, THEIRS, STRANGER = KEYS
APIV3_KEY = "0123456789abcdef0123456789abcdef"


@dataclass(slots=True, kw_only=True)
class Bench:
    """One rail, ready to be used."""

    rail: Rail
    account: Account
    method: Mapping[str, str]
    payments: Callable[[], int]
    """How many payments the other side has made."""
    reject_next: Callable[[], None]
    book: Book | None = None
    sent: list[Request] = field(default_factory=list)

    def instruction(self, case_id: str = "case_1", attempt: int = 1) -> Instruction:
        return Instruction(
            key=payout_key(case_id, attempt),
            amount=Money.of("12.30", "CNY"),
            payee=self.rail.check_payee(self.method),
            text="Compensation for parcel",
            first_sent_at=AT,
        )

    def pay(self, instruction: Instruction) -> RailOutcome:
        return self.carry(self.rail.pay(instruction, self.account))

    def query(self, instruction: Instruction) -> RailOutcome:
        return self.carry(self.rail.query(instruction, self.account))

    def carry(self, exchange: Exchange[RailOutcome]) -> RailOutcome:
        return converse(exchange, self.send)

    def in_silence(self, exchange: Exchange[RailOutcome]) -> RailOutcome:
        return converse(exchange, lambda _: Response(status=0, trouble=Trouble.TIMEOUT))

    def send(self, request: Request) -> Response:
        self.sent.append(request)
        return send(request)


@contextmanager
def bench(code: str) -> Iterator[Bench]:
    """The bench of one rail, by its code."""
    rail = rail_of(plugin("rails", code))
    with _BENCHES[code](code, rail) as made:
        yield made


def rail_of(module: ModuleType) -> Rail:
    return cast("Rail", module)


@contextmanager
def _alipay(_: str, rail: Rail) -> Iterator[Bench]:
    gateway = AlipayGateway(merchant=OURS, own=THEIRS, stranger=STRANGER)
    secrets = {"app_private_key": OURS.private, "alipay_public_key": THEIRS.public}
    with served(gateway) as url:
        yield Bench(
            rail=rail,
            account=Account(
                base_url=url, at=AT, secrets=secrets, settings={"app_id": "2021000000000000"}
            ),
            method={"account": "13800138000", "name": "王小明"},
            payments=lambda: len(gateway.book.bills),
            reject_next=lambda: gateway.book.expect([Fault.INSUFFICIENT_FUNDS]),
            book=gateway.book,
        )


@contextmanager
def _wechat(_: str, rail: Rail) -> Iterator[Bench]:
    gateway = WeChatPayGateway(
        merchant=OURS, own=THEIRS, stranger=STRANGER, apiv3_key=APIV3_KEY, today=TODAY
    )
    settings = {
        "appid": "wx0000000000000000",
        "mchid": "1900000000",
        "serial_no": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
        "wechatpay_serial": "PUB_KEY_ID_SIMULATED",
        "scene_id": "1011",
    }
    secrets = {
        "merchant_private_key": OURS.private,
        "wechatpay_public_key": THEIRS.public,
        "apiv3_key": APIV3_KEY,
    }
    with served(gateway) as url:
        yield Bench(
            rail=rail,
            account=Account(base_url=url, at=AT, secrets=secrets, settings=settings),
            method={"openid": "o-MYE42l80oelYMDE34nYD456Xoy", "name": "王小明"},
            payments=lambda: len(gateway.book.bills),
            reject_next=lambda: gateway.book.expect([Fault.PAYEE_UNKNOWN]),
            book=gateway.book,
        )


@contextmanager
def _merchant(_: str, rail: Rail) -> Iterator[Bench]:
    shop = MerchantShop(secret="whsec-of-a-shop", today=TODAY)
    with served(shop) as url:
        yield Bench(
            rail=rail,
            account=Account(
                base_url=f"{url}/hooks", at=AT, secrets={"webhook_secret": "whsec-of-a-shop"}
            ),
            method={"order": "SO-1001"},
            payments=lambda: len(shop.book.bills),
            reject_next=lambda: shop.book.expect([Fault.PAYEE_UNKNOWN]),
            book=shop.book,
        )


@contextmanager
def _bank(_: str, rail: Rail) -> Iterator[Bench]:
    with bank.running(f"{TODAY}T09:00") as running:
        yield bank_bench(rail, running)


def bank_bench(rail: Rail, running: bank.Bank) -> Bench:
    running.change(bank.DEBTOR, currency="CNY")
    return Bench(
        rail=rail,
        account=Account(
            base_url=running.base_url,
            at=AT,
            secrets={"user": "amends", "password": "bank-password"},
            settings={
                "messages_path": "/_mock/messages",
                "debtor_name": "Amends Ltd",
                "debtor_account": bank.DEBTOR_IBAN,
                "debtor_bank": bank.DEBTOR_BIC,
            },
        ),
        method={"iban": "NL30MOCK0000000005", "name": "Wang Xiaoming"},
        payments=lambda: sum(row["status"] != "rejected" for row in running.payments()),
        reject_next=lambda: running.change(bank.DEBTOR, behaviour="insufficient-funds", balance=0),
    )


@contextmanager
def _coupon(_: str, rail: Rail) -> Iterator[Bench]:
    yield Bench(
        rail=rail,
        account=Account(base_url="", at=AT, secrets={"coupon_secret": "of-coupons"}),
        method={},
        payments=lambda: 1,
        reject_next=lambda: None,
    )


_BENCHES = {
    "alipay": _alipay,
    "wechat_pay": _wechat,
    "bank": _bank,
    "coupon": _coupon,
    "refund": _merchant,
    "reshipment": _merchant,
    "service_extension": _merchant,
}


def elsewhere(instruction: Instruction, amount: str) -> Instruction:
    return replace(instruction, amount=Money.of(amount, instruction.amount.currency))
