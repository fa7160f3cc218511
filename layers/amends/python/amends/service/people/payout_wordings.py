"""Why a payment came back, in words: the codes of banks and wallets are theirs, not a reader's.

ISO 20022 external status reasons (ISO 20022 external code sets, quarterly); Alipay's `sub_code` of
`alipay.fund.trans.uni.transfer`; WeChat Pay's `fail_reason` of merchant transfers.
"""

from collections.abc import Mapping

Said = Mapping[str, str]

_NO_ACCOUNT: Said = {
    "en": "there is no such account",
    "zh-CN": "收款账户不存在",
}
_CLOSED: Said = {"en": "the account is closed", "zh-CN": "收款账户已注销"}
_BLOCKED: Said = {
    "en": "the account may not receive payments at present",
    "zh-CN": "收款账户当前状态异常，无法收款",
}
_NAME: Said = {
    "en": "the name does not belong to the account",
    "zh-CN": "收款人姓名与账户不一致",
}
_UNVERIFIED: Said = {
    "en": "the account's owner has not proved who they are",
    "zh-CN": "收款账户未完成实名认证",
}
_LIMIT: Said = {
    "en": "the amount is beyond a limit of the account",
    "zh-CN": "金额超出收款账户的限额",
}
_NOT_TAKEN: Said = {
    "en": "the payment was not accepted in the time for it",
    "zh-CN": "未在有效期内确认收款",
}
_OTHER: Said = {
    "en": "the bank or wallet could not credit it",
    "zh-CN": "银行或支付平台未能入账",
}
_REASONS: Mapping[str, Said] = {
    **dict.fromkeys(
        ("AC01", "AC03", "PAYEE_NOT_EXIST", "ACCOUNT_NOT_EXIST", "OPENID_INVALID"), _NO_ACCOUNT
    ),
    **dict.fromkeys(("AC04", "AC07"), _CLOSED),
    **dict.fromkeys(
        (
            *("AC06", "AG01", "PAYEE_USERINFO_STATUS_ERROR", "PAYEE_ACCOUNT_STATUS_ERROR"),
            *("BLOCK_USER_FORBBIDEN_RECIEVE", "ACCOUNT_FROZEN", "PAYEE_ACCOUNT_ABNORMAL"),
            "RECEIVE_ACCOUNT_NOT_PERMMIT",
        ),
        _BLOCKED,
    ),
    **dict.fromkeys(("BE01", "PAYEE_USER_INFO_ERROR", "NAME_NOT_CORRECT"), _NAME),
    **dict.fromkeys(
        (
            *("NO_ACCOUNT_USER_FORBIDDEN_RECV", "PERM_AML_NOT_REALNAME_REV"),
            *("REAL_NAME_CHECK_FAIL", "ID_CARD_NOT_CORRECT"),
        ),
        _UNVERIFIED,
    ),
    **dict.fromkeys(
        (
            *("AM02", "DAY_RECEIVED_QUOTA_EXCEED", "MONTH_RECEIVED_QUOTA_EXCEED"),
            "DAY_RECEIVED_COUNT_EXCEED",
        ),
        _LIMIT,
    ),
    "OVERDUE_CLOSE": _NOT_TAKEN,
}


def came_back_because(code: str | None, language: str) -> str:
    """The reason in the reader's language; a code that nobody knows is told as what it means."""
    return _REASONS.get(code or "", _OTHER)[language]
