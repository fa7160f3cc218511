"""What we sign, seal and believe, judged by the libraries that merchants use with the gateways."""

import re
from datetime import UTC, datetime
from urllib.parse import parse_qsl, urlsplit

from alipay import AliPay
from wechatpayv3 import utils as wechat

from amends.catalog.rails import alipay, wechat_pay
from amends.catalog.signatures import open_sealed, seal
from amends.domain.payment.outcome import OutcomeKind
from simulators.gateways.wechat_pay import WeChatPayGateway
from tests.contract.rail_bench import APIV3_KEY, OURS, STRANGER, THEIRS, TODAY, bench

SECRETS = {
    "merchant_private_key": OURS.private,
    "wechatpay_public_key": THEIRS.public,
    "apiv3_key": APIV3_KEY,
}


def sdk(private: str, public: str) -> AliPay:
    return AliPay(
        appid="2021000000000000",
        app_notify_url=None,
        app_private_key_string=private,
        alipay_public_key_string=public,
        sign_type="RSA2",
    )


def test_alipays_requests_are_signed_as_its_library_signs_them() -> None:
    with bench("alipay") as ready:
        ready.pay(ready.instruction())
    form = dict(parse_qsl(ready.sent[0].body.decode(), keep_blank_values=True))
    unsigned = {name: form[name] for name in form if name != "sign"}

    theirs = dict(parse_qsl(sdk(OURS.private, THEIRS.public).sign_data(unsigned)))

    assert form == theirs


def test_a_notice_that_alipays_library_signs_is_believed_and_a_changed_one_is_not() -> None:
    content = '{"out_biz_no":"AM1","status":"SUCCESS","order_id":"77"}'
    form = {"app_id": "2021000000000000", "biz_content": content, "charset": "utf-8"}
    joined = "&".join(f"{name}={form[name]}" for name in sorted(form))
    gateway = sdk(THEIRS.private, OURS.public)
    signed = {**form, "sign_type": "RSA2", "sign": gateway._sign(joined)}

    def told(notice: dict[str, str]) -> list[tuple[str, OutcomeKind]]:
        from urllib.parse import urlencode

        said = alipay.receive(urlencode(notice).encode(), {}, {"alipay_public_key": THEIRS.public})
        return [(key, outcome.kind) for key, outcome in said]

    assert told(signed) == [("AM1", OutcomeKind.SUCCEEDED)]
    assert sdk(OURS.private, THEIRS.public).verify(dict(form), signed["sign"])
    assert not sdk(OURS.private, STRANGER.public).verify(dict(form), signed["sign"])


def test_wechats_requests_are_signed_as_its_library_signs_them() -> None:
    with bench("wechat_pay") as ready:
        ready.pay(ready.instruction())
    sent = ready.sent[0]
    said = dict(re.findall(r'(\w+)="([^"]*)"', sent.headers["authorization"]))
    place = urlsplit(sent.url)
    path = f"{place.path}?{place.query}" if place.query else place.path
    lines = (sent.method, path, said["timestamp"], said["nonce_str"], sent.body.decode())

    theirs = wechat.rsa_sign(
        wechat.load_private_key(OURS.private), "".join(f"{line}\n" for line in lines)
    )

    assert said["signature"] == theirs
    assert datetime.fromtimestamp(int(said["timestamp"]), UTC) == ready.account.at


def test_a_name_that_we_seal_is_opened_by_wechats_library() -> None:
    sealed = seal("王小明", THEIRS.public)

    assert wechat.rsa_decrypt(sealed, wechat.load_private_key(THEIRS.private)) == "王小明"


def test_wechats_notice_is_opened_alike_and_its_signature_checked_alike() -> None:
    with bench("wechat_pay") as ready:
        gateway = WeChatPayGateway(
            merchant=OURS, own=THEIRS, stranger=STRANGER, apiv3_key=APIV3_KEY, today=TODAY
        )
        assert ready.book is not None
        gateway.book = ready.book
        wanted = ready.instruction()
        ready.pay(wanted)
    notice = gateway.confirm(wanted.key)
    head = notice.headers

    is_theirs = wechat.rsa_verify(
        head["wechatpay-timestamp"],
        head["wechatpay-nonce"],
        notice.body.decode(),
        head["wechatpay-signature"],
        wechat.load_public_key(THEIRS.public),
    )
    ours = wechat_pay.receive(notice.body, head, SECRETS)

    assert is_theirs
    assert [(key, outcome.kind) for key, outcome in ours] == [(wanted.key, OutcomeKind.SUCCEEDED)]


def test_what_is_sealed_for_us_opens_to_the_same_in_wechats_library() -> None:
    from base64 import b64encode

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, about = "0123456789ab", "transfer"
    raw = AESGCM(APIV3_KEY.encode()).encrypt(nonce.encode(), b"{}", about.encode())
    text = b64encode(raw).decode()
    torn = b64encode(raw[:-1] + bytes([raw[-1] ^ 1])).decode()

    for sealed in (text, torn):
        ours = open_sealed(sealed, key=APIV3_KEY, nonce=nonce, associated=about)
        theirs = wechat.aes_decrypt(nonce, sealed, about, APIV3_KEY)
        assert (ours and ours.decode()) == theirs
