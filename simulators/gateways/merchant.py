"""A merchant's shop that refunds, reships and extends when a signed webhook asks it to."""

import hmac
import json
from base64 import b64encode
from hashlib import sha256

from simulators.gateways.book import Bill, Book, Fault
from simulators.gateways.front import Asked, Reply


class MerchantShop:
    """The shop; it acknowledges by repeating the key."""

    def __init__(self, *, secret: str, today: str) -> None:
        self.book = Book()
        self.today = today
        self._secret = secret

    def __call__(self, asked: Asked) -> Reply | None:
        """Answer one webhook, or cut the line."""
        if not self._is_ours(asked):
            return Reply(status=401)
        told = json.loads(asked.body)
        what, _, look = told["type"].partition(".")
        data = told["data"]
        if look == "statement":
            return self._statement(what, data["day"])
        if look == "status":
            bill = self.book.bills.get(data["key"])
            return self._said(data["key"], bill.state if bill else "not_seen", bill)
        return self._do(what, data)

    def _do(self, what: str, data: dict[str, str]) -> Reply | None:
        key = data["key"]
        self.book.asked.append(key)
        fault = self.book.next_fault()
        if fault is Fault.TIMEOUT_BEFORE:
            return None
        if fault is Fault.SERVER_ERROR:
            return Reply(status=503)
        bill = self.book.bills.get(key)
        if bill is None:
            minor = round(float(data["amount"]) * 100)
            if self.book.objection(data["order"], minor, self.today, fault):
                return _json({"key": key, "status": "refused", "reason": "order_unknown"})
            slow = fault in (Fault.SLOW, Fault.LATE_FAILURE)
            bill = self.book.enter(
                Bill(
                    number=key,
                    reference=f"{what}-{len(self.book.bills) + 1}",
                    payee=data["order"],
                    fen=minor,
                    state="accepted" if slow else "done",
                    day=self.today,
                    currency=data["currency"],
                )
            )
        if fault is Fault.TIMEOUT_AFTER:
            return None
        if fault is Fault.BAD_SIGNATURE:
            return _json({"ok": True})  # answers, and acknowledges nothing
        return self._said(key, bill.state, bill)

    def _said(self, key: str, status: str, bill: Bill | None) -> Reply:
        return _json({"key": key, "status": status, "reference": bill.reference if bill else ""})

    def _statement(self, what: str, day: str) -> Reply:
        lines = [
            {
                "key": bill.number,
                "reference": bill.reference,
                "amount": f"{bill.fen / 100:.2f}",
                "currency": bill.currency,
                "status": status,
            }
            for bill in self.book.bills.values()
            for status in (("done", "undone") if bill.state == "undone" else ("done",))
            if bill.day == day
            and bill.state in ("done", "undone")
            and bill.reference.startswith(what)
        ]
        return _json({"lines": lines})

    def _is_ours(self, asked: Asked) -> bool:
        name, stamp = (asked.headers.get(f"webhook-{part}", "") for part in ("id", "timestamp"))
        message = f"{name}.{stamp}.".encode() + asked.body
        digest = hmac.new(self._secret.encode(), message, sha256).digest()
        return hmac.compare_digest(
            asked.headers.get("webhook-signature", ""), "v1," + b64encode(digest).decode()
        )


def _json(told: object) -> Reply:
    return Reply(headers={"content-type": "application/json"}, body=json.dumps(told).encode())
