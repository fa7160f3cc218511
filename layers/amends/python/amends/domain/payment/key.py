"""Key: what a rail knows one attempt by."""

from hashlib import sha256


def payout_key(case_id: str, attempt: int) -> str:
    """The key of one attempt: `AM` and 30 hexadecimal digits, the same for ever.

    32 letters and digits fit `out_bill_no` (32), `EndToEndId` and `MsgId` (35) and `out_biz_no`
    (64); 120 bits of SHA-256 keep two attempts apart.
    """
    return "AM" + sha256(f"{case_id}#{attempt}".encode()).hexdigest()[:30]
