"""Book: what a simulated gateway did, under which number, and which fault it has next."""

from collections import defaultdict, deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What goes wrong with the next payment."""

    TIMEOUT_BEFORE = "timeout_before"
    """No answer, and nothing was done."""
    TIMEOUT_AFTER = "timeout_after"
    """No answer, and it was done."""
    SERVER_ERROR = "server_error"
    BAD_SIGNATURE = "bad_signature"
    """Done, but the answer is signed by somebody else."""
    INSUFFICIENT_FUNDS = "insufficient_funds"
    PAYEE_UNKNOWN = "payee_unknown"
    LATE_FAILURE = "late_failure"
    """Accepted now, failed later."""
    SLOW = "slow"
    """Accepted now, done later."""


@dataclass(slots=True, kw_only=True)
class Bill:
    """One transfer as the gateway knows it; `fen` in minor units."""

    number: str
    reference: str
    payee: str
    fen: int
    state: str
    day: str
    reason: str = ""
    currency: str = "CNY"


@dataclass(slots=True)
class Book:
    """All transfers of one gateway, its funds and its limits."""

    funds: int = 100_000_000
    per_payee_day: int = 2_000_000
    bills: dict[str, Bill] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    """The number of each payment request that came in, in order."""
    unknown_payees: set[str] = field(default_factory=set)
    _faults: deque[Fault] = field(default_factory=deque)
    _by_payee: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    def expect(self, faults: Iterable[Fault]) -> None:
        """Plan the faults of the next payments, one each."""
        self._faults.extend(faults)

    def next_fault(self) -> Fault | None:
        """The fault of this payment, if any is planned."""
        return self._faults.popleft() if self._faults else None

    def objection(self, payee: str, fen: int, day: str, fault: Fault | None) -> str:
        """Why this payment cannot be made, or nothing."""
        if fault is Fault.PAYEE_UNKNOWN or payee in self.unknown_payees:
            return "payee"
        if fault is Fault.INSUFFICIENT_FUNDS or fen > self.funds:
            return "funds"
        return "limit" if self._by_payee[payee, day] + fen > self.per_payee_day else ""

    def enter(self, bill: Bill) -> Bill:
        """Book a transfer under its number."""
        self.bills[bill.number] = bill
        self.funds -= bill.fen
        self._by_payee[bill.payee, bill.day] += bill.fen
        return bill

    def give_back(self, number: str, state: str, reason: str = "") -> Bill:
        """Undo a transfer: failed, cancelled or returned."""
        bill = self.bills[number]
        bill.state, bill.reason = state, reason
        self.funds += bill.fen
        return bill

    def paid(self, done: str) -> int:
        """Minor units that have left and stayed away."""
        return sum(bill.fen for bill in self.bills.values() if bill.state == done)
