"""The rails of the world of money: their gateways' keys, their settings and their payees."""

from collections.abc import Mapping

from simulators.gateways.keys import Pair
from simulators.gateways.merchant import MerchantShop

TODAY = "2026-11-20"
KEYS = tuple(Pair.fresh() for _ in range(3))
APIV3_KEY = "0123456789abcdef0123456789abcdef"
METHODS: Mapping[str, Mapping[str, str]] = {
    "alipay": {"account": "13800138000", "name": "王小明"},
    "wechat_pay": {"openid": "o-MYE42l80oelYMDE34nYD456Xoy", "name": "王小明"},
    "refund": {"order": "SO-1001"},
    "reshipment": {"order": "SO-1001"},
    "service_extension": {"order": "SO-1001"},
    "coupon": {},
    "bank": {"iban": "NL30MOCK0000000005", "name": "Wang Xiaoming"},
}
DONE = {"alipay": "SUCCESS", "wechat_pay": "SUCCESS"}


def shop() -> MerchantShop:
    """A merchant's shop."""
    return MerchantShop(secret="whsec-of-a-shop", today=TODAY)


def rails_settings() -> dict[str, dict[str, object]]:
    """The stack's settings of every rail of this world."""
    return {
        "alipay": {"base_url": "http://alipay", "settings": {"app_id": "2021000000000000"}},
        "wechat_pay": {
            "base_url": "http://wechat_pay",
            "settings": {
                "appid": "wx0000000000000000",
                "mchid": "1900000000",
                "serial_no": "5157F09EFDC096DE15EBE81A47057A7232F1B8E1",
                "wechatpay_serial": "PUB_KEY_ID_SIMULATED",
                "scene_id": "1011",
            },
        },
        **{
            code: {"base_url": f"http://{code}/hooks"}
            for code in ("refund", "reshipment", "service_extension")
        },
        "coupon": {},
    }


def secrets() -> dict[str, dict[str, str]]:
    """The secrets of every rail of this world."""
    shops = {
        f"rails/{code}": {"webhook_secret": "whsec-of-a-shop"}
        for code in ("refund", "reshipment", "service_extension")
    }
    return {
        "tokens": {"key": "a key"},
        "rails/alipay": {
            "app_private_key": KEYS[0].private,
            "alipay_public_key": KEYS[1].public,
        },
        "rails/wechat_pay": {
            "merchant_private_key": KEYS[0].private,
            "wechatpay_public_key": KEYS[1].public,
            "apiv3_key": APIV3_KEY,
        },
        "rails/coupon": {"coupon_secret": "of-coupons"},
        **shops,
    }
