"""Alipay's gateway: transfer, query and bill, RSA2 on both sides."""

import json
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from simulators.gateways.book import Bill, Book, Fault
from simulators.gateways.front import Asked, Reply
from simulators.gateways.keys import Pair

_OBJECTIONS = {
    "payee": ("PAYEE_NOT_EXIST", "收款账号不存在"),
    "funds": ("PAYER_BALANCE_NOT_ENOUGH", "付款方余额不足"),
    "limit": ("EXCEED_LIMIT_DM_MAX_AMOUNT", "超出单日转账限额"),
}
Told = dict[str, object]


class AlipayGateway:
    """The gateway; `merchant` is whose signatures it takes, `own` what it signs with."""

    def __init__(self, *, merchant: Pair, own: Pair, stranger: Pair) -> None:
        self.book = Book()
        self._merchant, self._own, self._stranger = merchant, own, stranger
        self._methods = {
            "alipay.fund.trans.uni.transfer": self._transfer,
            "alipay.fund.trans.common.query": self._query,
            "alipay.data.bill.transfer.query": self._statement,
        }

    def __call__(self, asked: Asked) -> Reply | None:
        """Answer one request, or cut the line."""
        form = dict(parse_qsl(asked.body.decode()))
        signature = form.pop("sign", "")
        method = form.get("method", "")
        if not self._merchant.has_signed(_joined(form), signature):
            told: Told = {
                "code": "40002",
                "msg": "Invalid Arguments",
                "sub_code": "isv.invalid-signature",
            }
            return self._signed(method, told, self._own)
        content = json.loads(form["biz_content"])
        if method != "alipay.fund.trans.uni.transfer":
            return self._signed(method, self._methods[method](content, form), self._own)
        self.book.asked.append(content["out_biz_no"])
        fault = self.book.next_fault()
        if fault is Fault.TIMEOUT_BEFORE:
            return None
        if fault is Fault.SERVER_ERROR:
            return Reply(status=502)
        told = self._transfer(content, form, fault)
        if fault is Fault.TIMEOUT_AFTER:
            return None
        signer = self._stranger if fault is Fault.BAD_SIGNATURE else self._own
        return self._signed(method, told, signer)

    def settle(self, number: str, *, state: str, reason: str = "") -> bytes:
        """Move a slow transfer on, and give the notice that tells of it."""
        bill = self.book.bills[number]
        if state in ("FAIL", "REFUND"):
            self.book.give_back(number, state, reason)
        bill.state = state
        return self.notice(number)

    def notice(self, number: str) -> bytes:
        """`alipay.fund.trans.order.changed` about one transfer, as it is now."""
        form = {
            "msg_method": "alipay.fund.trans.order.changed",
            "notify_id": f"n-{number}",
            "charset": "utf-8",
            "biz_content": json.dumps(_told(self.book.bills[number])),
        }
        return urlencode(
            {**form, "sign_type": "RSA2", "sign": self._own.sign(_joined(form))}
        ).encode()

    def _transfer(self, content: Told, form: Mapping[str, str], fault: Fault | None = None) -> Told:
        number = str(content["out_biz_no"])
        fen = round(float(str(content["trans_amount"])) * 100)
        payee = content["payee_info"]
        identity = str(payee["identity"]) if isinstance(payee, dict) else ""
        known = self.book.bills.get(number)
        if known is not None:
            if (known.fen, known.payee) != (fen, identity):
                return _refused("INVALID_PARAMETER", "同一单号参数不一致")
            return {"code": "10000", "msg": "Success", **_told(known)}
        day = form["timestamp"][:10]
        objection = self.book.objection(identity, fen, day, fault)
        if objection:
            return _refused(*_OBJECTIONS[objection])  # the number is not burnt
        slow = fault in (Fault.SLOW, Fault.LATE_FAILURE)
        bill = self.book.enter(
            Bill(
                number=number,
                reference=f"2026{len(self.book.bills):024d}",
                payee=identity,
                fen=fen,
                state="DEALING" if slow else "SUCCESS",
                day=day,
            )
        )
        return {"code": "10000", "msg": "Success", **_told(bill)}

    def _query(self, content: Told, form: Mapping[str, str]) -> Told:
        del form
        bill = self.book.bills.get(str(content["out_biz_no"]))
        if bill is None:
            return _refused("ORDER_NOT_EXIST", "转账订单不存在")
        return {"code": "10000", "msg": "Success", **_told(bill)}

    def _statement(self, content: Told, form: Mapping[str, str]) -> Told:
        del form
        day = str(content["start_time"])[:10]
        rows = [
            {
                "create_time": f"{bill.day} 12:00:00",
                "type": "TRANSFER",
                "trans_amount": f"{bill.fen / 100:.2f}",
                "out_biz_no": bill.number,
                "alipay_order_no": bill.reference,
                "in_out_type": direction,
                "memo": bill.reason,
            }
            for bill in self.book.bills.values()
            if bill.day == day
            for direction in (("out", "in") if bill.state == "REFUND" else ("out",))
            if bill.state in ("SUCCESS", "REFUND")
        ]
        return {"code": "10000", "total_size": str(len(rows)), "detail_list": rows}

    def _signed(self, method: str, told: Told, signer: Pair) -> Reply:
        node = json.dumps(told, ensure_ascii=False)
        name = method.replace(".", "_") + "_response"
        body = f'{{"{name}":{node},"sign":"{signer.sign(node.encode())}"}}'
        return Reply(headers={"content-type": "text/html;charset=utf-8"}, body=body.encode())


def _joined(form: Mapping[str, str]) -> bytes:
    return "&".join(f"{name}={form[name]}" for name in sorted(form) if form[name]).encode()


def _told(bill: Bill) -> Told:
    told: Told = {"out_biz_no": bill.number, "order_id": bill.reference, "status": bill.state}
    return {**told, "error_code": bill.reason, "fail_reason": bill.reason} if bill.reason else told


def _refused(code: str, text: str) -> Told:
    return {"code": "40004", "msg": "Business Failed", "sub_code": code, "sub_msg": text}
