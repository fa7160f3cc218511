"""Money world: real services over fakes, simulated gateways in process, and a clock of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.domain.case.agreement.negotiation import accept_offer
from amends.domain.case.case import Case
from amends.domain.case.events import CaseOpened, Event, OfferMade, TokenIssued
from amends.domain.case.state.agreement import Option, Part
from amends.domain.case.state.settlement import CasePayout, PayoutState
from amends.domain.case.vocabulary import Remedy
from amends.domain.exchange import Request, Response
from amends.domain.money import Money
from amends.domain.occasion import Occasion
from amends.ports.money import LedgerReader, MoneyRecords
from amends.service.amend import amend
from amends.service.money.payouts import pay
from amends.service.money.rail_desk import RAIL_TIME, Treasury, rail_of
from amends.service.money.reconciling import Desk, rails_with_books, reconcile_rail
from amends.service.settling import Settling, next_step, send_payout
from simulators.gateways.alipay import AlipayGateway
from simulators.gateways.book import Book
from simulators.gateways.front import Answer
from simulators.gateways.merchant import MerchantShop
from simulators.gateways.wechat_pay import WeChatPayGateway
from tests.support.event_samples import REPORT, SAMPLES, sample
from tests.support.fakes import MemoryContacts, MemoryQueue
from tests.support.money_fakes import (
    BookedCases,
    MemoryRecords,
    MemorySecrets,
    in_process,
    parcel_of,
)
from tests.support.money_rails import APIV3_KEY, KEYS, METHODS, TODAY, rails_settings, secrets, shop
from tests.support.sweeping import sweep

START = datetime(2026, 11, 20, 8, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class MoneyWorld:
    """Everything that paying touches; `now` moves only when it is moved."""

    alipay: AlipayGateway = field(
        default_factory=lambda: AlipayGateway(merchant=KEYS[0], own=KEYS[1], stranger=KEYS[2])
    )
    wechat_pay: WeChatPayGateway = field(
        default_factory=lambda: WeChatPayGateway(
            merchant=KEYS[0],
            own=KEYS[1],
            stranger=KEYS[2],
            apiv3_key=APIV3_KEY,
            today=TODAY,
        )
    )
    shops: dict[str, MerchantShop] = field(
        default_factory=lambda: {
            code: shop() for code in ("refund", "reshipment", "service_extension")
        }
    )
    cases: BookedCases = field(default_factory=BookedCases)
    ledger: LedgerReader | None = None
    """Where the books are read, when the case store does not give them itself."""
    contacts: MemoryContacts = field(default_factory=MemoryContacts)
    records: MoneyRecords = field(default_factory=MemoryRecords)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    settings: dict[str, Any] = field(default_factory=dict)
    now: datetime = START
    elsewhere: dict[str, Answer] = field(default_factory=dict)
    accounts: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: dict(secrets()))
    wire: Callable[[Request], Response] | None = None
    """The way out to a world of its own, instead of the gateways in process."""

    def __post_init__(self) -> None:
        self.settings.setdefault("rails", rails_settings())
        for book in self.books.values():
            book.per_payee_day = 10**9

    @property
    def gateways(self) -> dict[str, Answer]:
        """By host."""
        named: dict[str, Answer] = {"alipay": self.alipay, "wechat_pay": self.wechat_pay}
        return {**named, **self.shops, **self.elsewhere}

    @property
    def books(self) -> dict[str, Book]:
        """What each gateway did, by rail."""
        own = {"alipay": self.alipay.book, "wechat_pay": self.wechat_pay.book}
        return own | {code: made.book for code, made in self.shops.items()}

    def advance(self, span: timedelta) -> None:
        """Let time pass, at the gateways too."""
        self.now += span
        today = (self.now + RAIL_TIME).date().isoformat()
        self.wechat_pay.today = today
        for made in self.shops.values():
            made.today = today

    def reconcile(self) -> dict[str, list[str]]:
        """Reconcile every rail; the kinds of difference found."""
        desk = Desk(cases=self.cases, ledger=self.books_read, treasury=self.treasury())
        return {
            code: [found.kind for found in reconcile_rail(code, desk, self.occasion())]
            for code in rails_with_books(self.treasury())
        }

    @property
    def books_read(self) -> LedgerReader:
        """The ledger."""
        return self.ledger or self.cases

    def again(self, case_id: str) -> None:
        """A payout is put to the queue again, as the sweep does."""
        self.queue.send({"case_id": case_id, "payout_id": self.payout(case_id).id})
        self.drain()

    def send(self, request: Request) -> Response:
        """The way out."""
        return self.wire(request) if self.wire else in_process(self.gateways, request)

    def drain(self) -> None:
        """Let every message of the payout queue be worked on, once."""
        sent, self.queue.sent = self.queue.sent, []
        for message in sent:
            pay(
                self.cases,
                str(message["case_id"]),
                str(message["payout_id"]),
                self.treasury(),
                self.occasion(),
            )

    def settle(self, case_id: str, rail: str, amount: str = "12.30") -> CasePayout:
        """Offer, accept, request, send; the newest payout as it is then."""
        self.offered(case_id, Money.of(amount, "CNY"))
        self.accept(case_id, rail)
        return self.go_on(case_id)

    def mix(self, case_id: str, **beside: str) -> None:
        """Offer 100 yuan with such remedies beside it; accept, request, send."""
        parts = [
            Part(remedy=Remedy(name), amount=self.money(worth)) for name, worth in beside.items()
        ]
        self.offered(case_id, self.money("100.00"), beside=parts)
        self.accept(case_id, "alipay")
        self.go_on(case_id)

    def go_on(self, case_id: str) -> CasePayout:
        """Let the case take its next step, and the queue be worked on."""
        next_step(self.cases, case_id, self.settling(), self.occasion())
        send_payout(self.cases, case_id, self.settling())  # as its own record has it sent
        self.drain()
        return self.payout(case_id)

    def sweep(self) -> None:
        """What is due is done."""

        def failed(_: str, error: Exception) -> None:
            raise error

        sweep(self.cases, self.settling(), self.occasion(), failed=failed)
        self.drain()

    def payout(self, case_id: str) -> CasePayout:
        """The newest payout of a case."""
        payout = self.cases.load(case_id).payout
        assert payout is not None
        return payout

    def treasury(self) -> Treasury:
        """What paying needs."""
        return Treasury(
            contacts=self.contacts,
            secrets=MemorySecrets(self.accounts),
            settings=lambda: self.settings,
            http=self.send,
            records=self.records,
        )

    def settling(self) -> Settling:
        """What a case's next step needs."""
        return Settling(
            rates=dict,
            survey_after=timedelta(days=3),
            payouts=self.queue,
            scans=lambda _: [],
            on_file=lambda _: [],
            reach=lambda _case, _occasion: None,
        )

    def occasion(self, by: str = "claim_settle") -> Occasion:
        """Now."""
        return Occasion(at=self.now, by=by, because="a test")

    def money(self, amount: str) -> Money:
        """So many yuan."""
        return Money.of(amount, "CNY")

    def offered(
        self,
        case_id: str,
        amount: Money,
        *,
        by: str = "engine",
        beside: Sequence[Part] = (),
        parcel: str = "",
    ) -> Case:
        """A case with an open offer of that amount, made by the rules or by somebody."""
        names = ("TrackingRead", "Concluded", "LiabilityFound", "Assessed")
        shipment = replace(REPORT.shipment, tracking_number=parcel or parcel_of(case_id))
        report = replace(REPORT, shipment=shipment)
        opened = replace(sample(CaseOpened), case_id=case_id, report=report)
        events: list[Event] = [opened, *(SAMPLES[name] for name in names)]
        offer = replace(sample(OfferMade), amount=amount, expires_at=self.now + timedelta(days=400))
        if beside:
            money = Part(remedy=Remedy.COMPENSATION, amount=amount)
            offer = replace(offer, options=(Option(parts=(money, *beside)),))
        return self.cases.open([*events, offer], self.occasion(by))

    def prove(self, case_id: str) -> Case:
        """The claimant uses a link to the contact on file."""
        token = TokenIssued(token_hash=self.cases.load(case_id).token_hash)
        return amend(self.cases, case_id, self.occasion("claimant"), lambda _: [token])

    def accept(self, case_id: str, rail: str, *, proves: bool = True) -> Case:
        """The claimant chooses a rail, and for another one than before proves who they are."""
        case = self.cases.load(case_id)
        if case.payouts and proves:
            self.prove(case_id)
        part = f"payee:{len(case.payouts) + 1}"
        self.contacts.put(case_id, part, METHODS[rail])
        payee = rail_of(rail).check_payee(METHODS[rail]).masked
        on = self.occasion("claimant")
        return amend(
            self.cases,
            case_id,
            on,
            lambda now: accept_offer(
                now, now.offers[-1].id, rail=rail, payee=payee, occasion=on, payee_part=part
            ),
        )

    def states(self, case_id: str) -> Sequence[PayoutState]:
        """The states of a case's payouts."""
        return [payout.state for payout in self.cases.load(case_id).payouts]
