"""Alipay: a single transfer to an Alipay account, RSA2 signed.

`out_biz_no` is the payout's key; repeated, the gateway answers with what it did the first time.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from urllib.parse import parse_qsl

from amends.catalog.signatures import is_signed, sign
from amends.domain.exchange import Exchange, Request, Response
from amends.domain.money import Money
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.payee import Payee, PayeeScheme, alipay_account
from amends.domain.payment.rail import (
    Account,
    BadCallback,
    Instruction,
    NoStatement,
    RailLimits,
    StatementLine,
    rejected,
    silence,
    unknown,
)

CURRENCIES = frozenset({"CNY"})
SECRETS = ("app_private_key", "alipay_public_key")
LIMITS = RailLimits(
    smallest=Money.of("0.10", "CNY"),
    largest=Money.of("50000.00", "CNY"),
    per_day=Money.of("1000000.00", "CNY"),
    query_for=timedelta(days=90),
    source="reference/compensation.md part F, Alipay single transfer [S34]; query span: assumed",
)
_CHINA = timezone(timedelta(hours=8))
_PAGE = 2000
_KINDS = {
    "SUCCESS": OutcomeKind.SUCCEEDED,
    "INIT": OutcomeKind.ACCEPTED,
    "DEALING": OutcomeKind.ACCEPTED,
    "WAIT_PAY": OutcomeKind.ACCEPTED,
    "FAIL": OutcomeKind.REJECTED,
    "CLOSED": OutcomeKind.CANCELLED,
    "REFUND": OutcomeKind.RETURNED,
}
# Codes after which this number will not pay. Any other code is asked about, never believed.
_FINAL = frozenset(
    "PAYEE_NOT_EXIST PAYEE_USER_INFO_ERROR PAYEE_USERINFO_STATUS_ERROR PAYEE_ACCOUNT_STATUS_ERROR "
    "PAYER_BALANCE_NOT_ENOUGH BALANCE_IS_NOT_ENOUGH "
    "EXCEED_LIMIT_SM_AMOUNT EXCEED_LIMIT_SM_MIN_AMOUNT "
    "EXCEED_LIMIT_DM_MAX_AMOUNT EXCEED_LIMIT_MM_MAX_AMOUNT EXCEED_LIMIT_UNRN_DM_AMOUNT "
    "NO_ACCOUNT_USER_FORBIDDEN_RECV PERM_AML_NOT_REALNAME_REV BLOCK_USER_FORBBIDEN_RECIEVE".split()
)
_SCHEMES = {
    PayeeScheme.ALIPAY_LOGIN: "ALIPAY_LOGON_ID",
    PayeeScheme.ALIPAY_USER: "ALIPAY_USER_ID",
    PayeeScheme.ALIPAY_OPEN_ID: "ALIPAY_OPEN_ID",
}
_ROUTE = {"product_code": "TRANS_ACCOUNT_NO_PWD", "biz_scene": "DIRECT_TRANSFER"}


def check_payee(method: Mapping[str, str]) -> Payee:
    """A login with its real name, a 2088 user id, or an open id."""
    return alipay_account(method)


def pay(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """`alipay.fund.trans.uni.transfer`; the name, where known, is checked by Alipay."""
    payee = {
        "identity": instruction.payee.account,
        "identity_type": _SCHEMES[instruction.payee.scheme],
        **({"name": instruction.payee.name} if instruction.payee.name else {}),
    }
    answer = yield _ask(
        "alipay.fund.trans.uni.transfer",
        {
            "out_biz_no": instruction.key,
            "trans_amount": f"{instruction.amount.amount:.2f}",
            "order_title": instruction.text[:128],
            "remark": instruction.text[:200],
            "payee_info": payee,
            **_ROUTE,
        },
        account,
    )
    return _outcome(answer, "alipay_fund_trans_uni_transfer_response", account.secrets)


def query(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """`alipay.fund.trans.common.query` by our own number."""
    answer = yield _ask(
        "alipay.fund.trans.common.query", {"out_biz_no": instruction.key, **_ROUTE}, account
    )
    return _outcome(answer, "alipay_fund_trans_common_query_response", account.secrets)


def statement(day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """`alipay.data.bill.transfer.query`, page by page, one day in China's time."""
    lines: list[StatementLine] = []
    page, total = 1, 1
    while (page - 1) * _PAGE < total:
        answer = yield _ask(
            "alipay.data.bill.transfer.query",
            {
                "start_time": f"{day} 00:00:00",
                "end_time": f"{day + timedelta(days=1)} 00:00:00",
                "type": "TRANSFER",
                "page_no": str(page),
                "page_size": str(_PAGE),
            },
            account,
        )
        found = _verified(answer, "alipay_data_bill_transfer_query_response", account.secrets)
        if found is None or found.get("code") != "10000":
            raise NoStatement(f"Alipay gave no bill for {day}")
        total = int(found.get("total_size", "0"))
        lines += [_line(row) for row in found.get("detail_list", [])]
        page += 1
    return lines


def receive(
    body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
) -> Sequence[tuple[str, RailOutcome]]:
    """`alipay.fund.trans.order.changed`: a signed form; acknowledge it with `success`."""
    del headers  # the signature is in the form
    form = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    signed = {name: form[name] for name in form if name not in ("sign", "sign_type")}
    if not is_signed(_joined(signed), form.get("sign", ""), secrets["alipay_public_key"]):
        raise BadCallback("the notice is not signed by Alipay")
    try:
        told = json.loads(form.get("biz_content", ""))
        return [(told["out_biz_no"], _status(told))]
    except (ValueError, KeyError, TypeError) as error:
        raise BadCallback("the notice names no transfer") from error


def _ask(method: str, content: Mapping[str, object], account: Account) -> Request:
    form = {
        "app_id": account.settings["app_id"],
        "method": method,
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": f"{account.at.astimezone(_CHINA):%Y-%m-%d %H:%M:%S}",
        "version": "1.0",
        "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
        **(
            {"notify_url": account.settings["notify_url"]}
            if "notify_url" in account.settings
            else {}
        ),
    }
    form["sign"] = sign(_joined(form), account.secrets["app_private_key"])
    return Request.post_form(f"{account.base_url}/gateway.do", form)


def _joined(form: Mapping[str, str]) -> bytes:
    return "&".join(f"{name}={form[name]}" for name in sorted(form) if form[name]).encode()


def _verified(answer: Response, node: str, secrets: Mapping[str, str]) -> dict[str, str] | None:
    """The answer's node, if its signature covers exactly the bytes it stands in."""
    text = answer.body.decode("utf-8", "replace")
    for name in (node, "error_response"):
        start = text.find(f'"{name}":')
        if start < 0:
            continue
        begin = start + len(name) + 3
        try:
            found, end = json.JSONDecoder().raw_decode(text, begin)
            signature = json.loads(text)["sign"]
        except (ValueError, KeyError):
            return None
        raw = text[begin:end].encode()
        if is_signed(raw, str(signature), secrets["alipay_public_key"]) and isinstance(found, dict):
            return found
    return None


def _outcome(answer: Response, node: str, secrets: Mapping[str, str]) -> RailOutcome:
    if answer.trouble or not answer.is_ok:
        return silence(answer.trouble) if answer.trouble else unknown(f"http_{answer.status}")
    found = _verified(answer, node, secrets)
    if found is None:
        return unknown("bad_signature", "The answer is not signed by Alipay.")
    if found.get("code") == "10000":
        return _status(found)
    reason = found.get("sub_code") or found.get("code") or "unreadable"
    if reason == "ORDER_NOT_EXIST":
        return unknown(NOT_SEEN)
    if found.get("code") == "40004" and reason in _FINAL:
        return rejected(reason, found.get("sub_msg", ""))
    return unknown(reason, found.get("sub_msg", ""))


def _status(told: Mapping[str, str]) -> RailOutcome:
    status = told.get("status", "")
    reason = told.get("error_code") or told.get("sub_order_error_code") or status
    detail = told.get("fail_reason") or told.get("sub_order_fail_reason") or ""
    kind = _KINDS.get(status, OutcomeKind.UNKNOWN)
    if kind is OutcomeKind.REJECTED:
        return rejected(reason, detail)
    return RailOutcome(kind=kind, reference=told.get("order_id", ""), reason=reason, detail=detail)


def _line(row: object) -> StatementLine:
    if not isinstance(row, dict):
        raise NoStatement("a line of the bill cannot be read")
    moment = datetime.strptime(row["create_time"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=_CHINA)
    return StatementLine(
        key=row.get("out_biz_no", ""),
        reference=row["alipay_order_no"],
        amount=Money.of(row["trans_amount"], "CNY"),
        booked_on=moment.date(),
        is_return=row.get("in_out_type") == "in",
        reason=row.get("memo", ""),
    )
