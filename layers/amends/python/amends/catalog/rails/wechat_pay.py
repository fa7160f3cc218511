"""WeChat Pay: merchant transfer v3, which the payee confirms in WeChat.

`out_bill_no` is the payout's key; amounts are in fen.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from hashlib import sha1, sha256
from urllib.parse import urlsplit

from amends.catalog.signatures import is_signed, open_sealed, seal, sign
from amends.domain.exchange import Exchange, Request, Response
from amends.domain.money import Money
from amends.domain.payment.outcome import NOT_SEEN, OutcomeKind, RailOutcome
from amends.domain.payment.payee import Payee, wechat_account
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
SECRETS = ("merchant_private_key", "wechatpay_public_key", "apiv3_key")
LIMITS = RailLimits(
    smallest=Money.of("0.10", "CNY"),
    largest=Money.of("200.00", "CNY"),
    per_payee_day=Money.of("20000.00", "CNY"),
    per_day=Money.of("100000.00", "CNY"),
    name_from=Money.of("2000.00", "CNY"),
    query_for=timedelta(days=30),
    source="reference/compensation.md part F, WeChat merchant transfer [S34]; defaults, on request "
    "up to 1,000,000 a day; query window: issue 6",
)
_BILLS = "/v3/fund-app/mch-transfer/transfer-bills"
_KINDS = {
    "ACCEPTED": OutcomeKind.ACCEPTED,
    "PROCESSING": OutcomeKind.ACCEPTED,
    "TRANSFERING": OutcomeKind.ACCEPTED,
    "CANCELING": OutcomeKind.ACCEPTED,
    "WAIT_USER_CONFIRM": OutcomeKind.AWAITING_PAYEE,
    "SUCCESS": OutcomeKind.SUCCEEDED,
    "FAIL": OutcomeKind.REJECTED,
    "CANCELLED": OutcomeKind.CANCELLED,
}
# Errors after which no transfer was made. Any other is asked about, never believed.
_FINAL = frozenset({"PARAM_ERROR", "NOT_ENOUGH", "NO_AUTH", "ACCOUNT_ERROR", "QUOTA_EXCEED"})


def check_payee(method: Mapping[str, str]) -> Payee:
    """An openid, and the verified name from `LIMITS.name_from` on."""
    return wechat_account(method)


def pay(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Create the transfer; `carry` of a waiting one opens the payee's confirmation page."""
    secrets, settings = account.secrets, account.settings
    name = instruction.payee.name
    document = {
        "appid": settings["appid"],
        "out_bill_no": instruction.key,
        "transfer_scene_id": settings["scene_id"],
        "openid": instruction.payee.account,
        "transfer_amount": instruction.amount.minor,
        "transfer_remark": instruction.text[:32],
        **({"user_name": seal(name, secrets["wechatpay_public_key"])} if name else {}),
        **({"notify_url": settings["notify_url"]} if "notify_url" in settings else {}),
        "transfer_scene_report_infos": [
            {"info_type": "赔付原因", "info_content": instruction.text[:32]}
        ],
    }
    answer = yield _ask("POST", _BILLS, account, document)
    return _outcome(answer, secrets)


def query(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """What became of our number; WeChat remembers it for 30 days."""
    answer = yield _ask("GET", f"{_BILLS}/out-bill-no/{instruction.key}", account)
    return _outcome(answer, account.secrets)


def cancel(instruction: Instruction, account: Account) -> Exchange[RailOutcome]:
    """Call it back while it waits for the payee; done only when a query says CANCELLED."""
    path = f"{_BILLS}/out-bill-no/{instruction.key}/cancel"
    answer = yield _ask("POST", path, account, {})
    outcome = _outcome(answer, account.secrets)
    # A refused cancellation is not a refused payment, and CANCELING is mostly over at once.
    said = yield from query(instruction, account)
    return said if not answer.is_ok or said.kind is OutcomeKind.CANCELLED else outcome


def statement(day: date, account: Account) -> Exchange[Sequence[StatementLine]]:
    """The fund-flow bill of one day: where it lies, then the file, checked against its SHA-1."""
    path = f"/v3/bill/fundflowbill?bill_date={day}&account_type=OPERATION"
    answer = yield _ask("GET", path, account)
    if _is_idle(answer, account.secrets):
        return []
    if answer.trouble or not answer.is_ok or not _is_theirs(answer, account.secrets):
        raise NoStatement(f"WeChat Pay gave no bill for {day}")
    found = answer.json()
    place = urlsplit(found["download_url"])
    answer = yield _ask("GET", f"{place.path}?{place.query}", account)
    digest = sha1(answer.body, usedforsecurity=False).hexdigest()
    if not answer.is_ok or digest != found["hash_value"]:
        raise NoStatement(f"WeChat Pay's bill for {day} is not whole")
    return _lines(answer.body.decode("utf-8-sig"))


def _is_idle(answer: Response, secrets: Mapping[str, str]) -> bool:
    """Whether WeChat Pay says, signed, that nothing moved that day; such a day has no bill."""
    if answer.trouble or answer.is_ok or not _is_theirs(answer, secrets):
        return False
    try:
        return bool(answer.json()["code"] == "NO_STATEMENT_EXIST")
    except (ValueError, KeyError, TypeError):
        return False


def receive(
    body: bytes, headers: Mapping[str, str], secrets: Mapping[str, str]
) -> Sequence[tuple[str, RailOutcome]]:
    """`MCHTRANSFER.BILL.FINISHED`: signed, and sealed with the APIv3 key."""
    if not _is_theirs(Response(status=200, headers=headers, body=body), secrets):
        raise BadCallback("the notice is not signed by WeChat Pay")
    try:
        sealed = json.loads(body)["resource"]
        plain = open_sealed(
            sealed["ciphertext"],
            key=secrets["apiv3_key"],
            nonce=sealed["nonce"],
            associated=sealed.get("associated_data", ""),
        )
        told = json.loads(plain or b"")
        return [(told["out_bill_no"], _state(told))]
    except (ValueError, KeyError, TypeError) as error:
        raise BadCallback("the notice cannot be opened") from error


def _ask(method: str, path: str, account: Account, document: object = None) -> Request:
    sent = b"" if document is None else _compact(document)
    stamp = str(int(account.at.timestamp()))
    nonce = sha256(f"{method} {path} {account.at.isoformat()}".encode() + sent).hexdigest()[:32]
    message = f"{method}\n{path}\n{stamp}\n{nonce}\n".encode() + sent + b"\n"
    settings = account.settings
    token = (
        f'mchid="{settings["mchid"]}",nonce_str="{nonce}",timestamp="{stamp}",'
        f'serial_no="{settings["serial_no"]}",'
        f'signature="{sign(message, account.secrets["merchant_private_key"])}"'
    )
    return Request(
        method=method,
        url=account.base_url + path,
        headers={
            "authorization": f"WECHATPAY2-SHA256-RSA2048 {token}",
            "accept": "application/json",
            "content-type": "application/json",
            "wechatpay-serial": settings["wechatpay_serial"],
        },
        body=sent,
    )


def _compact(document: object) -> bytes:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


def _is_theirs(answer: Response, secrets: Mapping[str, str]) -> bool:
    stamp = answer.headers.get("wechatpay-timestamp", "")
    nonce = answer.headers.get("wechatpay-nonce", "")
    message = f"{stamp}\n{nonce}\n".encode() + answer.body + b"\n"
    signature = answer.headers.get("wechatpay-signature", "")
    return is_signed(message, signature, secrets["wechatpay_public_key"])


def _outcome(answer: Response, secrets: Mapping[str, str]) -> RailOutcome:
    if answer.trouble or answer.status >= 500:
        return silence(answer.trouble) if answer.trouble else unknown(f"http_{answer.status}")
    if not _is_theirs(answer, secrets):
        return unknown("bad_signature", "The answer is not signed by WeChat Pay.")
    try:
        told = answer.json()
    except ValueError:
        return unknown("unreadable")
    if answer.is_ok:
        return _state(told)
    reason, detail = told.get("code", f"http_{answer.status}"), told.get("message", "")
    if reason == "NOT_FOUND":
        return unknown(NOT_SEEN)
    return rejected(reason, detail) if reason in _FINAL else unknown(reason, detail)


def _state(told: Mapping[str, str]) -> RailOutcome:
    state = told.get("state", "")
    kind = _KINDS.get(state, OutcomeKind.UNKNOWN)
    if kind is OutcomeKind.REJECTED:
        return rejected(told.get("fail_reason") or state, told.get("fail_reason_desc", ""))
    return RailOutcome(
        kind=kind,
        reference=told.get("transfer_bill_no", ""),
        reason=state,
        carry=told.get("package_info", ""),
    )


def _lines(text: str) -> list[StatementLine]:
    rows = csv.DictReader(io.StringIO(text.replace("`", "")))
    return [
        StatementLine(
            key=row["业务凭证号"],
            reference=row["微信支付业务单号"],
            amount=Money.of(row["收支金额(元)"], "CNY"),
            booked_on=date.fromisoformat(row["记账时间"][:10]),
            is_return=row["收支类型"] == "收入",
            reason=row["业务名称"],
        )
        for row in rows
        if row.get("业务凭证号") and row.get("业务类型") == "转账"
    ]
