"""WeChat Pay's merchant transfer v3: signed both ways, confirmed by the payee."""

import json
import re
from base64 import b64encode
from hashlib import sha1
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from simulators.gateways.book import Bill, Book, Fault
from simulators.gateways.front import Asked, Reply
from simulators.gateways.keys import Pair

_BILLS = "/v3/fund-app/mch-transfer/transfer-bills"
_OBJECTIONS = {
    "payee": (400, "PARAM_ERROR", "openid与appid不匹配"),
    "funds": (403, "NOT_ENOUGH", "商户运营账户资金不足"),
    "limit": (403, "QUOTA_EXCEED", "超出用户单日限额"),
}
_HEADER = "记账时间,微信支付业务单号,业务名称,业务类型,收支类型,收支金额(元),业务凭证号"


class WeChatPayGateway:
    """The gateway; `today` (ISO date) is its day for limits and bills."""

    def __init__(
        self, *, merchant: Pair, own: Pair, stranger: Pair, apiv3_key: str, today: str
    ) -> None:
        self.book = Book()
        self.today = today
        self.names: dict[str, str] = {}
        """The unsealed real name that came with each number."""
        self._merchant, self._own, self._stranger = merchant, own, stranger
        self._apiv3_key = apiv3_key
        self._csv = b""

    def __call__(self, asked: Asked) -> Reply | None:
        """Answer one request, or cut the line."""
        if not self._is_merchant(asked):
            return self._error(401, "SIGN_ERROR", "签名错误")
        place = urlsplit(asked.path)
        number = place.path.removeprefix(f"{_BILLS}/out-bill-no/")
        if asked.method == "POST" and place.path == _BILLS:
            return self._create(json.loads(asked.body))
        if number.endswith("/cancel"):
            return self._cancel(number.removesuffix("/cancel"))
        if place.path == "/v3/bill/fundflowbill":
            return self._bill(parse_qs(place.query)["bill_date"][0])
        if place.path == "/v3/billdownload/file":
            return Reply(body=self._csv)
        bill = self.book.bills.get(number)
        return self._told(bill) if bill else self._error(404, "NOT_FOUND", "记录不存在")

    def confirm(self, number: str) -> Reply:
        """The payee confirms in WeChat; gives the callback."""
        self.book.bills[number].state = "SUCCESS"
        return self.notice(number)

    def fail(self, number: str, reason: str) -> Reply:
        """The transfer fails after it was accepted; gives the callback."""
        self.book.give_back(number, "FAIL", reason)
        return self.notice(number)

    def notice(self, number: str) -> Reply:
        """`MCHTRANSFER.BILL.FINISHED`, sealed and signed: its body and headers."""
        nonce, associated = "0123456789ab", "mch_payment"
        plain = json.dumps(_state(self.book.bills[number])).encode()
        sealed = AESGCM(self._apiv3_key.encode()).encrypt(
            nonce.encode(), plain, associated.encode()
        )
        return self._signed(
            200,
            {
                "event_type": "MCHTRANSFER.BILL.FINISHED",
                "resource": {
                    "algorithm": "AEAD_AES_256_GCM",
                    "ciphertext": b64encode(sealed).decode(),
                    "nonce": nonce,
                    "associated_data": associated,
                },
            },
        )

    def _create(self, told: dict[str, object]) -> Reply | None:
        number, payee = str(told["out_bill_no"]), str(told["openid"])
        fen = int(str(told["transfer_amount"]))
        self.book.asked.append(number)
        fault = self.book.next_fault()
        if fault is Fault.TIMEOUT_BEFORE:
            return None
        if fault is Fault.SERVER_ERROR:
            return self._error(500, "SYSTEM_ERROR", "系统异常,请用相同参数重新调用")
        known = self.book.bills.get(number)
        if known and (known.fen, known.payee) != (fen, payee):
            return self._error(400, "ALREADY_EXISTS", "商户单号已存在,请核实")
        if not known:
            objection = self.book.objection(payee, fen, self.today, fault)
            if objection:
                return self._error(*_OBJECTIONS[objection])
            if "user_name" in told:
                self.names[number] = self._own.unseal(str(told["user_name"]))
            slow = fault in (Fault.SLOW, Fault.LATE_FAILURE)
            known = self.book.enter(
                Bill(
                    number=number,
                    reference=f"1330{len(self.book.bills):024d}",
                    payee=payee,
                    fen=fen,
                    state="ACCEPTED" if slow else "WAIT_USER_CONFIRM",
                    day=self.today,
                )
            )
        if fault is Fault.TIMEOUT_AFTER:
            return None
        signer = self._stranger if fault is Fault.BAD_SIGNATURE else self._own
        return self._told(known, signer)

    def _cancel(self, number: str) -> Reply:
        bill = self.book.bills.get(number)
        if bill is None:
            return self._error(404, "NOT_FOUND", "记录不存在")
        if bill.state != "WAIT_USER_CONFIRM":
            return self._error(400, "INVALID_REQUEST", "单据状态不支持撤销")
        self.book.give_back(number, "CANCELLED")
        return self._signed(200, {**_state(bill), "state": "CANCELING"})

    def _bill(self, day: str) -> Reply:
        rows = [
            f"`{day} 12:00:00,`{bill.reference},`商家转账,`转账,"
            f"`支出,`{bill.fen / 100:.2f},`{bill.number}"
            for bill in self.book.bills.values()
            if bill.day == day and bill.state == "SUCCESS"
        ]
        if not rows:
            return self._error(400, "NO_STATEMENT_EXIST", "账单文件不存在")
        self._csv = "\n".join([_HEADER, *rows, ""]).encode()
        digest = sha1(self._csv, usedforsecurity=False).hexdigest()
        url = "https://api.mch.weixin.qq.com/v3/billdownload/file?token=t"
        return self._signed(200, {"download_url": url, "hash_type": "SHA1", "hash_value": digest})

    def _told(self, bill: Bill, signer: Pair | None = None) -> Reply:
        return self._signed(200, _state(bill), signer)

    def _error(self, status: int, code: str, message: str) -> Reply:
        return self._signed(status, {"code": code, "message": message})

    def _signed(self, status: int, told: object, signer: Pair | None = None) -> Reply:
        body = json.dumps(told, ensure_ascii=False).encode()
        stamp, nonce = "1772442000", "n0nce"
        message = f"{stamp}\n{nonce}\n".encode() + body + b"\n"
        headers = {
            "content-type": "application/json",
            "wechatpay-timestamp": stamp,
            "wechatpay-nonce": nonce,
            "wechatpay-serial": "PUB_KEY_ID_SIMULATED",
            "wechatpay-signature": (signer or self._own).sign(message),
        }
        return Reply(status=status, headers=headers, body=body)

    def _is_merchant(self, asked: Asked) -> bool:
        said = dict(re.findall(r'(\w+)="([^"]*)"', asked.headers.get("authorization", "")))
        lines = (asked.method, asked.path, said.get("timestamp", ""), said.get("nonce_str", ""))
        message = "".join(f"{line}\n" for line in lines).encode() + asked.body + b"\n"
        return self._merchant.has_signed(message, said.get("signature", ""))


def _state(bill: Bill) -> dict[str, object]:
    told: dict[str, object] = {
        "out_bill_no": bill.number,
        "transfer_bill_no": bill.reference,
        "state": bill.state,
        "transfer_amount": bill.fen,
    }
    if bill.state == "WAIT_USER_CONFIRM":
        told["package_info"] = f"affffddafdfafddffda=={bill.number}"
    return {**told, "fail_reason": bill.reason} if bill.reason else told
