"""Wording: each event as a sentence for the people it concerns."""

from collections.abc import Mapping

EVENT_TEXTS: Mapping[str, Mapping[str, str]] = {
    "CaseOpened": {"en": "Your report was received.", "zh-CN": "已收到您的报告。"},
    "InformationRequested": {"en": "We asked you for information.", "zh-CN": "请您补充资料。"},
    "InformationGiven": {"en": "You answered our questions.", "zh-CN": "已收到您的补充资料。"},
    "ReportCorrected": {"en": "The report was corrected.", "zh-CN": "报告内容已更正。"},
    "EvidenceExpected": {"en": "An upload was prepared.", "zh-CN": "已准备接收文件。"},
    "EvidenceReceived": {"en": "A document arrived.", "zh-CN": "文件已收到。"},
    "EvidenceRefused": {
        "en": "A document could not be accepted; please send it again.",
        "zh-CN": "文件无法接受,请重新提交。",
    },
    "CaseWithdrawn": {"en": "You withdrew the report.", "zh-CN": "您已撤回报告。"},
    "TrackingRead": {"en": "The tracking channels were asked.", "zh-CN": "已查询物流轨迹。"},
    "AnomalySeen": {"en": "Something unusual was noticed.", "zh-CN": "发现物流异常。"},
    "Concluded": {"en": "We concluded what became of the parcel.", "zh-CN": "已认定邮件状况。"},
    "LiabilityFound": {"en": "Liability was determined.", "zh-CN": "已认定责任。"},
    "Assessed": {"en": "The compensation was worked out.", "zh-CN": "已核算赔偿金额。"},
    "OfferMade": {"en": "We made you an offer.", "zh-CN": "已向您提出赔偿方案。"},
    "OfferAccepted": {"en": "You accepted the offer.", "zh-CN": "您已接受方案。"},
    "OfferRefused": {"en": "You refused the offer.", "zh-CN": "您未接受方案。"},
    "OfferExpired": {"en": "The offer lapsed unanswered.", "zh-CN": "方案已过期。"},
    "PayoutRequested": {"en": "The payment was ordered.", "zh-CN": "已发起付款。"},
    "PayoutApproved": {"en": "The payment was approved.", "zh-CN": "付款已批准。"},
    "PayoutAwaitingPayee": {"en": "Please confirm the payment.", "zh-CN": "请您确认收款。"},
    "PayoutConfirmed": {"en": "The payment arrived.", "zh-CN": "款项已到账。"},
    "PayoutRejected": {
        "en": "The payment was rejected; please choose another way.",
        "zh-CN": "付款被拒绝,请选择其他收款方式。",
    },
    "PayoutReturned": {
        "en": "The payment came back; please choose another way.",
        "zh-CN": "款项被退回,请选择其他收款方式。",
    },
    "SurveyPlanned": {"en": "The case is settled.", "zh-CN": "案件已结清。"},
    "SurveySent": {"en": "We asked how it was.", "zh-CN": "已向您发送满意度回访。"},
    "FeedbackGiven": {"en": "You told us how it was.", "zh-CN": "已收到您的评价。"},
    "CaseReopened": {"en": "The case was reopened.", "zh-CN": "案件已重新开启。"},
    "CaseClosed": {"en": "The case was closed.", "zh-CN": "案件已关闭。"},
}
