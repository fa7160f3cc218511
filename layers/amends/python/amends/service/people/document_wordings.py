"""Document wordings: why a document is not accepted as proof, in words for its sender."""

from collections.abc import Mapping

from amends.domain.case.state.upload import Flaw

FLAWS: Mapping[Flaw, Mapping[str, str]] = {
    Flaw.ILLEGIBLE: {
        "en": "It cannot be read; please take the picture again in good light.",
        "zh-CN": "内容无法辨认，请在光线充足处重新拍摄。",
    },
    Flaw.INCOMPLETE: {
        "en": "A part is missing; please send the whole document.",
        "zh-CN": "内容不完整，请提交完整文件。",
    },
    Flaw.WRONG_DOCUMENT: {
        "en": "It is another document than the one that is needed.",
        "zh-CN": "并非所需的文件。",
    },
    Flaw.OTHER_PARCEL: {
        "en": "It concerns another parcel or another order.",
        "zh-CN": "所涉为其他包裹或订单。",
    },
    Flaw.CONTRADICTS: {
        "en": "It contradicts what is on file; please send what explains it.",
        "zh-CN": "与在案信息不一致，请提交说明材料。",
    },
    Flaw.ALTERED: {
        "en": "It appears to have been changed; please send the original.",
        "zh-CN": "文件疑有改动，请提交原件。",
    },
    Flaw.OUTDATED: {
        "en": "It is from another time than the shipment.",
        "zh-CN": "文件日期与寄递时间不符。",
    },
}
