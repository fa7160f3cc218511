"""Plain: what rules and figures say, as people read it: no code of ours, money and days as usual.

Codes of rules are short for machines (`cn.postal_law.47.1.2`); a reader gets the law and the
article, or whose terms they are.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date

from amends.domain.money import XDR, Money
from amends.domain.people.values import Formats
from amends.domain.refusal import Refusal

_LAWS: Mapping[str, tuple[str, str]] = {
    "cn.postal_law": ("Postal Law of China", "《中华人民共和国邮政法》"),
    "cn.express.standard": ("Chinese standard for express services", "《快递服务》国家标准"),
    "cn.express": ("Express Delivery Regulations of China", "《快递暂行条例》"),
    "cn.model_contract": ("Chinese model contract for couriers", "快递运单示范合同"),
    "cn.appeal": ("Postal complaints office of China (12305)", "邮政业申诉（12305）"),
    "cn.sf": ("terms of SF Express", "顺丰速运服务条款"),
    "cn.zto": ("terms of ZTO Express", "中通快递服务条款"),
    "cn.jd": ("terms of JD Logistics", "京东物流服务条款"),
    "civil_code": ("Civil Code of China", "《中华人民共和国民法典》"),
    "upu": ("UPU Convention", "《万国邮政公约》"),
    "montreal": ("Montreal Convention", "《蒙特利尔公约》"),
    "cmr": ("CMR Convention", "《国际公路货物运输合同公约》"),
    "49_usc": ("United States Code, title 49", "《美国法典》第49编"),
    "dmm": ("Domestic Mail Manual of USPS", "美国邮政国内邮件手册"),
    "imm": ("International Mail Manual of USPS", "美国邮政国际邮件手册"),
    "usps": ("rules of USPS", "美国邮政规则"),
    "ups": ("terms of UPS", "UPS服务条款"),
    "fedex": ("terms of FedEx", "联邦快递服务条款"),
    "dhl_express": ("terms of DHL Express", "DHL快递服务条款"),
    "dp_dhl": ("terms of Deutsche Post and DHL", "德国邮政和DHL服务条款"),
    "ems": ("EMS, as its posts promise it", "国际特快专递（EMS）规定"),
    "canada_post": ("terms of Canada Post", "加拿大邮政服务条款"),
    "india_post": ("rules of India Post", "印度邮政规则"),
    "japan_post": ("terms of Japan Post", "日本邮政服务条款"),
    "royal_mail": ("terms of Royal Mail", "英国皇家邮政服务条款"),
}
_ITEMS: Mapping[str, tuple[str, str]] = {
    "upu.registered": ("registered items", "挂号函件"),
    "upu.insured": ("insured items", "保价邮件"),
    "upu.parcel": ("parcels", "包裹"),
    "upu.mbag": ("M bags", "M袋"),
}
_BY_LENGTH = sorted(_LAWS, key=len, reverse=True)
_CODE = re.compile(
    rf"(?<![\w.])({'|'.join(re.escape(law) for law in _BY_LENGTH)})((?:\.[a-z0-9_]+)*)(?!\w)"
)
_AMOUNT = re.compile(r"(?<![\w.,])(\d+(?:\.\d+)?) ([A-Z]{3})(?!\w)")
_DAY = re.compile(r"(?<![\w-])(\d{4}-\d{2}-\d{2})(?![\w-])")


def plain(text: str, language: str, formats: Formats) -> str:
    """A sentence with its codes, amounts and days in the reader's language."""

    def money(found: re.Match[str]) -> str:
        if found[2] != XDR:
            with suppress(Refusal, ValueError):
                return formats.money(Money.of(found[1], found[2]), language)
        return found[0]

    def day(found: re.Match[str]) -> str:
        with suppress(ValueError):
            return formats.day(date.fromisoformat(found[1]), language)
        return found[0]

    cited = _CODE.sub(lambda found: _cited(found[1], found[2], language), text)
    return _DAY.sub(day, _AMOUNT.sub(money, cited))


def _cited(law: str, rest: str, language: str) -> str:
    """The law and its article, or whose terms they are."""
    place = language == "zh-CN"
    name, item = _LAWS[law][place], _ITEMS.get(f"{law}{rest}")
    if item is not None:
        return f"{name}（{item[place]}）" if place else f"{name}, {item[place]}"
    numbers = [part for part in rest.split(".") if part.isdigit()]
    if not numbers or law == "cn.appeal":
        return name
    article, *parts = numbers
    if law == "upu":
        parts = [".".join(parts)] if parts else []
    if place:
        return f"{name}第{article}条" + "".join(
            f"第{part}{unit}" for part, unit in zip(parts, "款项目", strict=False)
        )
    return f"{name}, article {article}" + "".join(f"({part})" for part in parts)
