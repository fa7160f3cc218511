"""The words that every message shares: greeting, farewell, and the names of kinds and stages."""

from collections.abc import Mapping

KINDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "lost": "lost parcel",
        "damaged": "damaged parcel",
        "contents_missing": "missing contents",
        "misdelivered": "parcel sent or handed to the wrong place",
        "prohibited_contents": "prohibited contents",
        "untraceable": "parcel that cannot be tracked",
        "delayed": "delayed parcel",
    },
    "zh-CN": {
        "lost": "包裹丢失",
        "damaged": "包裹破损",
        "contents_missing": "内件短少",
        "misdelivered": "包裹错发或错投",
        "prohibited_contents": "内含禁寄物品",
        "untraceable": "查不到物流轨迹",
        "delayed": "包裹延误",
    },
}

STAGES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "intake": "taking in your report",
        "tracing": "tracing the parcel",
        "investigating": "investigating what happened",
        "recovering": "bringing the parcel back",
        "assessing": "working out what is owed",
        "negotiating": "agreeing on the offer",
        "settling": "carrying out what was agreed",
        "following_up": "checking that all is well",
        "closed": "closed",
        "escalated": "with the authority in charge",
    },
    "zh-CN": {
        "intake": "受理登记",
        "tracing": "查询包裹",
        "investigating": "调查原因",
        "recovering": "追回包裹",
        "assessing": "核定赔偿",
        "negotiating": "协商方案",
        "settling": "落实赔付",
        "following_up": "回访",
        "closed": "已结案",
        "escalated": "已转主管部门处理",
    },
}

GREETING = {"en": "Dear {name},", "zh-CN": "{name}，您好："}
GREETING_UNNAMED = {"en": "Hello,", "zh-CN": "您好："}
FAREWELL = {"en": "Kind regards,", "zh-CN": "祝好！"}
CONTACT = {"en": "Questions? Reach us at {contact}.", "zh-CN": "如有疑问，请联系：{contact}。"}
COMMA = {"en": ", ", "zh-CN": "，"}
OF_FIVE = {"en": "{score} of 5", "zh-CN": "{score}分（满分5分）"}
OPT_OUT = {"en": "Choose which messages you get", "zh-CN": "设置要接收的消息"}
AND_LINK = {"en": "{text}: {url}", "zh-CN": "{text}：{url}"}


def nearest(language: str) -> str:
    """The language we speak that is nearest to the one asked for; English where none is."""
    return "zh-CN" if language.strip().lower().replace("_", "-").split("-")[0] == "zh" else "en"
