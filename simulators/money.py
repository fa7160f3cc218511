"""Money beside a local stack: payment gateways, a merchant's shop, a bank, the fund's rates.

`/rails/{code}/…` is the gateway; `/_world/rails/{code}` is the hand that scripts it: `GET` its
bills, `PUT {"faults": […], "callback": url}`, `POST …/{number} {"state": "SUCCESS"}` to move one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPException
from threading import Lock
from urllib.parse import urlencode, urlsplit

from simulators import bank as bank_process
from simulators import rates
from simulators.gateways.alipay import AlipayGateway
from simulators.gateways.book import Book, Fault
from simulators.gateways.front import Answer as Gateway
from simulators.gateways.front import Asked, Reply
from simulators.gateways.keys import Pair
from simulators.gateways.merchant import MerchantShop
from simulators.gateways.wechat_pay import WeChatPayGateway
from simulators.wire import Answer, Ask, as_json, text
from simulators.world import Outcome

APIV3_KEY = "0123456789abcdef0123456789abcdef"
SHOP_SECRET = "whsec-of-the-simulated-shop"  # noqa: S105 - of the simulated world alone
SHOP = ("refund", "reshipment", "service_extension")
CHINA = timedelta(hours=8)


def _clock() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Money:
    """Every counterparty that money goes through; keys are fresh at each start."""

    now: Callable[[], datetime] = _clock
    bank: bank_process.Bank | None = None
    ours: Pair = field(default_factory=Pair.fresh)
    theirs: Pair = field(default_factory=Pair.fresh)
    callbacks: dict[str, str] = field(default_factory=dict)
    alipay: AlipayGateway = field(init=False)
    wechat_pay: WeChatPayGateway = field(init=False)
    shop: MerchantShop = field(init=False)
    _lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        stranger, today = Pair.fresh(), self.today()
        self.alipay = AlipayGateway(merchant=self.ours, own=self.theirs, stranger=stranger)
        self.wechat_pay = WeChatPayGateway(
            merchant=self.ours,
            own=self.theirs,
            stranger=stranger,
            apiv3_key=APIV3_KEY,
            today=today,
        )
        self.shop = MerchantShop(secret=SHOP_SECRET, today=today)

    def today(self) -> str:
        """The gateways' day."""
        return (self.now() + CHINA).date().isoformat()

    def respond(self, ask: Ask) -> Outcome | None:
        """The answer to what is asked of money; None for everything else."""
        parts = ask.path.strip("/").split("/", 2)
        with self._lock:
            if parts[0] == "rates" and ask.path == f"/rates{rates.PATH}":
                return Outcome(answer=rates.table(self.now().date()))
            if parts[0] == "rails" and len(parts) > 1 and parts[1] in self._gateways():
                return Outcome(answer=self._ask(parts[1], "/".join(parts[2:]), ask))
            if parts[:2] == ["_world", "rails"] and len(parts) > 2:
                return Outcome(answer=self._script(*parts[2].split("/", 1), ask=ask))
        return None

    def settings(self, url: str) -> dict[str, object]:
        """The rails as a stack must know them."""
        told: dict[str, object] = {
            "alipay": {
                "base_url": f"{url}/rails/alipay",
                "settings": {"app_id": "2021000000000000"},
            },
            "wechat_pay": {
                "base_url": f"{url}/rails/wechat_pay",
                "settings": {
                    "appid": "wx0000000000000000",
                    "mchid": "1900000000",
                    "serial_no": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
                    "wechatpay_serial": "PUB_KEY_ID_SIMULATED",
                    "scene_id": "1011",
                },
            },
            **{code: {"base_url": f"{url}/rails/{code}/hooks"} for code in SHOP},
            "coupon": {},
        }
        if self.bank is not None:
            told["bank"] = {
                "base_url": self.bank.base_url,
                "settings": {
                    "messages_path": "/_mock/messages",
                    "debtor_name": "Amends Ltd",
                    "debtor_account": bank_process.DEBTOR_IBAN,
                    "debtor_bank": bank_process.DEBTOR_BIC,
                },
            }
        return told

    def secrets(self) -> dict[str, object]:
        """The secrets of every rail."""
        return {
            "rails/alipay": {
                "app_private_key": self.ours.private,
                "alipay_public_key": self.theirs.public,
            },
            "rails/wechat_pay": {
                "merchant_private_key": self.ours.private,
                "wechatpay_public_key": self.theirs.public,
                "apiv3_key": APIV3_KEY,
            },
            "rails/bank": {"user": "amends", "password": "of the simulated bank"},
            "rails/coupon": {"coupon_secret": "of the local stack's coupons"},
            **{f"rails/{code}": {"webhook_secret": SHOP_SECRET} for code in SHOP},
        }

    def _gateways(self) -> dict[str, Gateway]:
        return {
            "alipay": self.alipay,
            "wechat_pay": self.wechat_pay,
            **dict.fromkeys(SHOP, self.shop),
        }

    def _books(self) -> dict[str, Book]:
        return {
            "alipay": self.alipay.book,
            "wechat_pay": self.wechat_pay.book,
            **dict.fromkeys(SHOP, self.shop.book),
        }

    def _ask(self, code: str, inside: str, ask: Ask) -> Answer | None:
        self.wechat_pay.today = self.shop.today = self.today()
        query = f"?{urlencode(ask.query)}" if ask.query else ""
        asked = Asked(
            method=ask.method, path=f"/{inside}{query}", headers=ask.headers, body=ask.body
        )
        reply = self._gateways()[code](asked)
        return None if reply is None else _answer(reply)

    def _script(self, code: str, number: str = "", *, ask: Ask) -> Answer:
        book = self._books().get(code)
        row = next(iter(ask.rows()), {})
        if book is None or (number and number not in book.bills):
            return as_json({"error": "no such rail or bill in this world"}, status=404)
        match ask.method:
            case "PUT":
                faults = row.get("faults", [])
                book.expect([Fault(str(one)) for one in faults] if isinstance(faults, list) else [])
                if "callback" in row:
                    self.callbacks[code] = text(row, "callback")
            case "POST" if number:
                return as_json({"called_back": self._move(code, number, text(row, "state"))})
            case _:
                pass
        bills = [
            {"number": bill.number, "state": bill.state, "minor": bill.fen, "day": bill.day}
            for bill in book.bills.values()
        ]
        return as_json({"bills": bills, "asked": len(book.asked)})

    def _move(self, code: str, number: str, state: str) -> int | None:
        """Move one bill and call back about it; the status of the answer, if one was called."""
        book = self._books()[code]
        book.bills[number].state = state
        url = self.callbacks.get(code)
        if url is None or code in SHOP:
            return None
        notice = (
            Reply(
                headers={"content-type": "application/x-www-form-urlencoded"},
                body=self.alipay.notice(number),
            )
            if code == "alipay"
            else self.wechat_pay.notice(number)
        )
        place = urlsplit(url)
        caller = HTTPConnection(place.hostname or "", place.port or 80, timeout=10)
        try:
            caller.request("POST", place.path, body=notice.body, headers=dict(notice.headers))
            return caller.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            caller.close()


def _answer(reply: Reply) -> Answer:
    headers = dict(reply.headers)
    kind = headers.pop("content-type", "application/octet-stream")
    return Answer(status=reply.status, body=reply.body, headers=headers, content_type=kind)
