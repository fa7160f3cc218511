"""A merchant's side: receives our webhooks, and acts on the rails that a merchant runs itself.

`python -m simulators.merchant --port 0`. Webhooks go to `/hooks/{name}`, rail orders to
`/rails/{refund|reshipment}`; `/_merchant/…` scripts and tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from hmac import compare_digest
from threading import RLock

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from simulators.parcel import key_of
from simulators.program import serve
from simulators.server import Loopback
from simulators.wire import Answer, Ask, as_json, text
from simulators.world import Outcome

EXAMPLE_SECRET = "whsec_TUVSQ0hBTlQtRVhBTVBMRS1OT1QtQS1TRUNSRVQ="  # noqa: S105 - an example
RAIL_KEY = "MERCHANT-RAIL-EXAMPLE-NOT-A-SECRET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One webhook as it arrived."""

    hook: str
    id: str
    verified: bool
    status: int
    body: object

    def told(self) -> dict[str, object]:
        """As JSON."""
        return {
            "hook": self.hook,
            "id": self.id,
            "verified": self.verified,
            "status": self.status,
            "body": self.body,
        }


@dataclass(slots=True, kw_only=True)
class Merchant:
    """What a merchant has received and done; an order with a known key is never done twice."""

    secrets: list[str] = field(default_factory=lambda: [EXAMPLE_SECRET])
    deliveries: list[Delivery] = field(default_factory=list)
    orders: dict[str, dict[str, object]] = field(default_factory=dict)
    fail_next: int = 0
    slow_seconds: float = 0
    lose_answers: int = 0
    """So many rail orders are done, but their answer is lost."""
    reject_next: int = 0
    lock: RLock = field(default_factory=RLock)

    def respond(self, ask: Ask) -> Outcome:
        """Answer one request."""
        with self.lock:
            match ask.path.strip("/").split("/"):
                case ["_merchant", what]:
                    return Outcome(answer=self._control(ask, what))
                case ["hooks", hook] if ask.method == "POST":
                    return Outcome(answer=self._receive(ask, hook), wait_seconds=self.slow_seconds)
                case ["rails", kind, *rest]:
                    return self._rail(ask, kind, rest)
                case _:
                    return Outcome(answer=as_json({"error": "not found"}, status=404))

    def _receive(self, ask: Ask, hook: str) -> Answer:
        verified = any(_is_signed(ask, secret) for secret in self.secrets)
        status = 200 if verified else 401
        if self.fail_next > 0:
            self.fail_next -= 1
            status = 503
        self.deliveries.append(
            Delivery(
                hook=hook,
                id=ask.headers.get("webhook-id", ""),
                verified=verified,
                status=status,
                body=ask.content(),
            )
        )
        return as_json({}, status=status)

    def _rail(self, ask: Ask, kind: str, rest: Sequence[str]) -> Outcome:
        held = ask.headers.get("authorization", "").removeprefix("Bearer ")
        if not compare_digest(held, RAIL_KEY):
            return Outcome(answer=as_json({"error": "unauthorised"}, status=401))
        if ask.method == "GET":
            order = self.orders.get(rest[0] if rest else "")
            missing = as_json({"error": "unknown order"}, status=404)
            return Outcome(answer=as_json(order) if order else missing)
        return self._order(ask, kind)

    def _order(self, ask: Ask, kind: str) -> Outcome:
        row = next(iter(ask.rows()), {})
        key = ask.headers.get("idempotency-key") or text(row, "key")
        if not key or kind not in {"refund", "reshipment"}:
            return Outcome(answer=as_json({"error": "a key is needed"}, status=400))
        if self.fail_next > 0:
            self.fail_next -= 1
            return Outcome(answer=as_json({"error": "unavailable"}, status=503))
        done = self.orders.get(key)
        if done is not None and done["request"] != row:
            return Outcome(answer=as_json({"error": "key used for another order"}, status=422))
        if done is None:
            done = self._do(key, kind, row)
        if self.lose_answers > 0:
            self.lose_answers -= 1
            return Outcome(answer=None, wait_seconds=self.slow_seconds)
        return Outcome(answer=as_json(done), wait_seconds=self.slow_seconds)

    def _do(self, key: str, kind: str, row: dict[str, object]) -> dict[str, object]:
        is_rejected = self.reject_next > 0
        self.reject_next -= is_rejected
        done: dict[str, object] = {
            "key": key,
            "kind": kind,
            "reference": f"{kind[:2].upper()}-{key_of(kind, key)[:12]}",
            "status": "rejected" if is_rejected else "acknowledged",
            "request": row,
        }
        self.orders[key] = done
        return done

    def _control(self, ask: Ask, what: str) -> Answer:
        match ask.method, what:
            case "GET", "deliveries":
                return as_json([delivery.told() for delivery in self.deliveries])
            case "GET", "orders":
                return as_json(list(self.orders.values()))
            case "GET", "credentials":
                return as_json({"webhook_secrets": self.secrets, "rail_key": RAIL_KEY})
            case "PUT", "secrets":
                given = ask.content()
                if isinstance(given, list):
                    self.secrets = [str(secret) for secret in given]
            case "PUT", "faults":
                self.script(next(iter(ask.rows()), {}))
            case "POST", "reset":
                self.deliveries.clear()
                self.orders.clear()
                self.script({})
            case _:
                return as_json({"error": "not found"}, status=404)
        return as_json({})

    def script(self, faults: Mapping[str, object]) -> None:
        """Set `fail_next`, `slow_seconds`, `lose_answers`, `reject_next`; those left out are 0."""
        self.fail_next = int(text(faults, "fail_next") or 0)
        self.slow_seconds = float(text(faults, "slow_seconds") or 0)
        self.lose_answers = int(text(faults, "lose_answers") or 0)
        self.reject_next = int(text(faults, "reject_next") or 0)


def _is_signed(ask: Ask, secret: str) -> bool:
    try:
        Webhook(secret).verify(ask.body, dict(ask.headers))
    except (WebhookVerificationError, ValueError):
        return False
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Handle:
    """A running merchant, for tests."""

    url: str
    merchant: Merchant


@contextmanager
def merchant(*, port: int = 0) -> Iterator[Handle]:
    """A merchant of its own while the block runs."""
    made = Merchant()
    with Loopback(made.respond, port=port) as server:
        yield Handle(url=server.url, merchant=made)


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until told to stop; the first line printed is `{"port": …, "url": …}`."""
    return serve(arguments, __doc__, _opened)


@contextmanager
def _opened(port: int) -> Iterator[str]:
    with merchant(port=port) as handle:
        yield handle.url


if __name__ == "__main__":
    raise SystemExit(main())
