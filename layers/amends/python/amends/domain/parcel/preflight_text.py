"""What the findings of a preflight say to people."""

from collections.abc import Mapping

from amends.domain.parcel.preflight import Finding

_TEXTS: Mapping[str, tuple[str, str]] = {
    "missing": ("This is missing: {field}.", "缺少此项：{field}。"),
    "no_house_number": (
        "The address has no house number; couriers often need one.",
        "地址中没有门牌号，投递员通常需要。",
    ),
    "postal_code_shape": (
        "This is not how postal codes of {0} are written.",
        "邮政编码不符合{0}的格式。",
    ),
    "not_in_latin_letters": (
        "Write the address in Latin letters for this country as well.",
        "寄往该国请同时用拉丁字母书写地址。",
    ),
    "no_way_to_reach": ("Give a phone number or an email.", "请提供电话或电子邮箱。"),
    "phone_shape": ("A phone number has 7 to 15 digits.", "电话号码应为7至15位数字。"),
    "no_country_code": ("Begin the phone number with its country code.", "电话号码请加国家代码。"),
    "email_shape": ("This is not an email address.", "电子邮箱格式不正确。"),
    "number_wrong": (
        "No carrier issues such a number; perhaps {0} is meant.",
        "没有承运人使用这样的单号，可能应为 {0}。",
    ),
    "untracked_service": (
        "This service is usually not tracked; choose a registered one if you need to know.",
        "该服务通常没有轨迹；如需跟踪，请选挂号等服务。",
    ),
    "number_unknown": (
        "We do not know this number's format; check it against the receipt.",
        "我们不认识此单号格式，请与收据核对。",
    ),
    "vague_description": (
        "Customs will not accept {0}: say what it is and of which material, such as {1}.",
        "海关不接受“{0}”这样的品名，请写明是什么、什么材质，例如{1}。",
    ),
    "no_material": (
        "Say of which material it is: {0} alone is too broad.",
        "请写明材质：仅写“{0}”过于笼统。",
    ),
    "hs_code_of_other_goods": (
        "Chapter {0} of the HS is not for {1}; look in chapter {2}.",
        "HS第{0}章不包括“{1}”，请查第{2}章。",
    ),
    "hs_code_shape": ("An HS code has 6 to 10 digits.", "HS编码为6至10位数字。"),
    "several_currencies": ("Declare all values in one currency.", "请用同一币种申报价值。"),
    "pack_fragile": (
        "Fragile: cushion it on all sides and photograph it.",
        "易碎：四周加缓冲并拍照留存。",
    ),
    "pack_liquid": (
        "Liquid: a sealed inner bag and absorbent material.",
        "液体：加密封内袋和吸水材料。",
    ),
    "pack_battery": (
        "Battery: cover the terminals and keep each cell apart.",
        "电池：电极绝缘，逐个隔开。",
    ),
    "pack_valuable": (
        "Valuable: an outer box that shows tampering.",
        "贵重：使用可显示拆动痕迹的外箱。",
    ),
    "too_heavy_for_outer": (
        "Above 20 kg an envelope or bag will not hold: use a double-walled box.",
        "超过20千克请用双层瓦楞箱，不要用信封或袋。",
    ),
    "not_sealed": ("Close and tape every seam.", "请封好并用胶带粘牢所有接缝。"),
    "may_be_prohibited": (
        "This may be what may not be sent: {0}. Ask before you ship it.",
        "可能属于禁寄物品：{0}。寄出前请先确认。",
    ),
    "restricted": (
        "This may be restricted: {0}. Ask the carrier for its conditions.",
        "可能属于限寄物品：{0}。请向承运人了解条件。",
    ),
}


def message(finding: Finding, language: str) -> str:
    """The sentence in English or Chinese; a rule of customs brings its own."""
    if finding.check == "customs":
        return finding.said[0]
    english, chinese = _TEXTS[finding.code]
    text = chinese if language == "zh-CN" else english
    return text.format(*finding.said, field=finding.field)
