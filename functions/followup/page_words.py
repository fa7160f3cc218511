"""Words of the pages that take an answer."""

from collections.abc import Mapping

Said = Mapping[str, str]

SURVEY: Said = {"en": "How did we do?", "zh-CN": "您对处理结果满意吗？"}
SCORE: Said = {"en": "Your score", "zh-CN": "您的评分"}
SCORES: Mapping[str, Said] = {
    "5": {"en": "5 - very good", "zh-CN": "5分　非常满意"},
    "4": {"en": "4 - good", "zh-CN": "4分　满意"},
    "3": {"en": "3 - neither good nor bad", "zh-CN": "3分　一般"},
    "2": {"en": "2 - not good", "zh-CN": "2分　不太满意"},
    "1": {"en": "1 - poor", "zh-CN": "1分　不满意"},
}
GIVE: Said = {"en": "Send my score", "zh-CN": "提交评分"}
NO_SCORE: Said = {"en": "Please choose a score from 1 to 5.", "zh-CN": "请选择1至5分。"}
THANKS: Said = {"en": "Thank you", "zh-CN": "感谢您的评价"}
KEPT: Said = {
    "en": "Your score of {score} has arrived. Two more questions, if you like:",
    "zh-CN": "已收到您的评分（{score}分）。如您愿意，请再回答两个问题：",
}
RESOLVED: Said = {"en": "Is everything resolved?", "zh-CN": "问题是否已经解决？"}
YES_NO: Mapping[str, Said] = {
    "yes": {"en": "Yes", "zh-CN": "已解决"},
    "no": {"en": "No, please call me", "zh-CN": "未解决，请回电"},
}
COMMENT: Said = {"en": "What should we know? (optional)", "zh-CN": "请留言（选填）"}
SEND: Said = {"en": "Send", "zh-CN": "提交"}
NO_CHOICE: Said = {"en": "Please choose one answer.", "zh-CN": "请选择一项。"}
ALL_KEPT: Said = {
    "en": "Your answer has arrived. There is nothing more to do.",
    "zh-CN": "已收到您的回答，无需其他操作。",
}
WE_CALL: Said = {
    "en": "We are sorry that it is not put right yet. Somebody will call you.",
    "zh-CN": "很抱歉问题尚未解决，我们会安排专人回电。",
}
TOO_EARLY: Said = {
    "en": "We shall ask you when the case is settled.",
    "zh-CN": "案件办结后我们再请您评价。",
}

SUMMARY: Said = {"en": "Did we understand you correctly?", "zh-CN": "我们的理解是否正确？"}
UNDERSTOOD: Said = {"en": "This is what we understood:", "zh-CN": "我们的理解如下："}
AGREED: Mapping[str, Said] = {
    "yes": {"en": "Yes, that is right", "zh-CN": "是，完全正确"},
    "no": {"en": "No, I correct it below", "zh-CN": "否，我在下面更正"},
}
CORRECTION: Said = {"en": "What is different?", "zh-CN": "哪里需要更正？"}
NO_CORRECTION: Said = {
    "en": "Please tell us what is different.",
    "zh-CN": "请告诉我们哪里需要更正。",
}
NO_SUMMARY: Said = {
    "en": "There is nothing to confirm at the moment.",
    "zh-CN": "目前没有需要确认的内容。",
}

PARCEL: Said = {"en": "Do you have the parcel?", "zh-CN": "包裹是否在您处？"}
PARCEL_ASKS: Said = {
    "en": "Reference {reference}. The mistake is ours; you have done nothing wrong.",
    "zh-CN": "查询编号{reference}。这是我们的过错，与您无关。",
}
HOLDS: Mapping[str, Said] = {
    "agreed": {
        "en": "Yes, it is closed, and you may collect it",
        "zh-CN": "在我这里，未拆封，可以来取",
    },
    "opened": {
        "en": "Yes, it was opened, and you may collect it",
        "zh-CN": "在我这里，已拆封，可以来取",
    },
    "denies": {"en": "No, I do not have it", "zh-CN": "不在我这里"},
    "refused": {"en": "I would rather not answer", "zh-CN": "不便回答"},
}
WHEN: Said = {
    "en": "When and where may we collect it? (optional)",
    "zh-CN": "方便取件的时间和地点（选填）",
}
THANKS_PARCEL: Said = {"en": "Thank you", "zh-CN": "谢谢您"}
PARCEL_KEPT: Said = {
    "en": "Thank you for your help. We shall be in touch if we may collect the parcel.",
    "zh-CN": "感谢您的协助。如需取件，我们会与您联系。",
}
PARCEL_OVER: Said = {
    "en": "This has been settled. Thank you for your help.",
    "zh-CN": "此事已处理完毕，感谢您的协助。",
}
PRIVATE: Said = {
    "en": "What you write is read by us alone and erased when the parcel is back.",
    "zh-CN": "您填写的内容仅供我们处理使用，包裹归还后即删除。",
}
PAYMENT: Said = {"en": "Be paid another way", "zh-CN": "更换收款方式"}
PAYMENT_WAITS: Said = {
    "en": "Your payment of {amount} waits for you to confirm it. If you would rather be paid "
    "another way, we call it back. Once that is done we ask you how to pay you; what you confirm "
    "before is paid.",
    "zh-CN": "您的赔付款{amount}正等待您确认收款。如需改用其他收款方式，我们可以撤回这笔付款，"
    "撤回后会请您重新选择。如果您在撤回前已确认，款项将正常到账。",
}
CALL_BACK: Said = {"en": "Call this payment back", "zh-CN": "撤回这笔付款"}
CALLING_BACK: Said = {
    "en": "We are calling the payment back. As soon as that is certain we write to you.",
    "zh-CN": "正在撤回这笔付款，确认后我们会通知您。",
}
NO_PAYMENT: Said = {
    "en": "No payment is waiting for you at the moment.",
    "zh-CN": "目前没有等待您确认的付款。",
}
HOUSE: Said = {
    "en": "This link opens this page only.",
    "zh-CN": "此链接仅用于打开本页面。",
}
