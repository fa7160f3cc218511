"""Payee: who is paid where; checked in format, masked wherever it is shown."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from amends.domain.refusal import FieldError, Invalid


class PayeeScheme(StrEnum):
    """What the account number is a number of."""

    IBAN = "iban"
    CN_ACCOUNT = "cn_account"
    """A Chinese bank account or card, with the CNAPS number of its branch."""
    ALIPAY_LOGIN = "alipay_login"
    ALIPAY_USER = "alipay_user"
    ALIPAY_OPEN_ID = "alipay_open_id"
    WECHAT_OPENID = "wechat_openid"
    ORDER = "order"
    """The original order at the merchant: refund, reshipment, extension."""
    CLAIMANT = "claimant"
    """The claimant as we know them: coupons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Payee:
    """A checked payee. Personal data: `repr` shows none of it, `masked` a little."""

    scheme: PayeeScheme
    account: str = field(repr=False)
    name: str = field(default="", repr=False)
    bank_code: str = field(default="", repr=False)
    """BIC, or the twelve digits of CNAPS."""

    @property
    def masked(self) -> str:
        """Enough to recognise one's own account by, and no more."""
        return mask(self.account)


class BadPayee(Invalid):
    """No one could be paid there."""

    code = "bad_payee"


def mask(account: str) -> str:
    """Keep the last four characters, or of an e-mail address the first and the domain."""
    local, at, domain = account.partition("@")
    if at:
        return f"{local[:1]}***@{domain}"
    if len(account) <= 6:
        return "****"
    return f"****{account[-4:]}"


_CNAPS = re.compile(r"[1-9][0-9]{11}")
_CN_ACCOUNT = re.compile(r"[0-9]{8,30}")
_LOGIN = re.compile(r"1[3-9][0-9]{9}|[^@\s]{1,64}@[^@\s]+\.[^@\s.]{2,}")
_ALIPAY_USER = re.compile(r"2088[0-9]{12}")
_OPEN_ID = re.compile(r"[A-Za-z0-9_-]{20,64}")


def take(method: Mapping[str, str], name: str, *, longest: int = 128) -> str:
    """One field of a payout method, trimmed; raises `BadPayee` when it is missing or too long."""
    value = method.get(name, "").strip()
    if not value or len(value) > longest or any(ord(sign) < 32 for sign in value):
        raise _bad(name, f"{name} is needed, in at most {longest} characters")
    return value


def cn_account(method: Mapping[str, str]) -> Payee:
    """A Chinese bank account: digits, the branch's CNAPS number (twelve digits), and a name."""
    account = re.sub(r"[ -]", "", take(method, "account"))
    if not _CN_ACCOUNT.fullmatch(account):
        raise _bad("account", "a bank account is 8 to 30 digits")
    cnaps = take(method, "cnaps")
    if not _CNAPS.fullmatch(cnaps):
        raise _bad("cnaps", "a CNAPS number is twelve digits")
    if not has_check_digit(cnaps):
        raise _bad("cnaps", "this CNAPS number fails its check digit")
    return Payee(
        scheme=PayeeScheme.CN_ACCOUNT,
        account=account,
        name=take(method, "name"),
        bank_code=cnaps,
    )


def has_check_digit(cnaps: str) -> bool:
    """Whether the last digit fits the bank, region and branch before it: ISO 7064 MOD 11,10.

    No text of the People's Bank was found; all 106 numbers that two public lists of branches gave
    keep this rule, and a tenth of them the only other candidate (Luhn).
    """
    product = 10
    for digit in cnaps[:-1]:
        product = 2 * ((product + int(digit)) % 10 or 10) % 11
    return (11 - product) % 10 == int(cnaps[-1])


def alipay_account(method: Mapping[str, str]) -> Payee:
    """An Alipay login (mobile or e-mail, with the real name), user id (2088…) or open id."""
    account = take(method, "account", longest=100)
    name = method.get("name", "").strip()
    if _ALIPAY_USER.fullmatch(account):
        return Payee(scheme=PayeeScheme.ALIPAY_USER, account=account, name=name)
    if _LOGIN.fullmatch(account):
        return Payee(scheme=PayeeScheme.ALIPAY_LOGIN, account=account, name=take(method, "name"))
    if _OPEN_ID.fullmatch(account):
        return Payee(scheme=PayeeScheme.ALIPAY_OPEN_ID, account=account, name=name)
    raise _bad("account", "an Alipay account is a login, a 2088 user id, or an open id")


def wechat_account(method: Mapping[str, str]) -> Payee:
    """A WeChat openid, which belongs to one app id; a name is checked by WeChat if given."""
    account = take(method, "openid")
    if not _OPEN_ID.fullmatch(account):
        raise _bad("openid", "a WeChat openid is 20 to 64 letters, digits, _ and -")
    return Payee(
        scheme=PayeeScheme.WECHAT_OPENID, account=account, name=method.get("name", "").strip()
    )


def _bad(name: str, message: str) -> BadPayee:
    return BadPayee(message, errors=[FieldError(field=name, code="bad_payee", message=message)])
