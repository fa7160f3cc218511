"""Call-back, inside the house: who is owed a call, by when and why; no phone number in it."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.STAFF,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "desk_link": Slot.LINK,
        "reason": Slot.TEXT,
        "call_by": Slot.MOMENT,
        "points": Slot.TEXTS,
        "language_spoken": Slot.TEXT,
    },
    words={
        "en": Words(
            subject="Call back by {call_by} ({case_number})",
            heading="Please call the claimant",
            body=(
                "Please call the claimant of this case. {reason}",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Call by", "{call_by}"),
                        ("Language", "{language_spoken}"),
                    )
                ),
                Items(intro="To talk about:", slot="points"),
                (
                    "The number, and what to tell, stand with the call at your desk. Please "
                    "write down the result right after the call."
                ),
                Action(text="Open the case", slot="desk_link"),
            ),
            short="Call back by {call_by}: {case_number}. {desk_link}",
        ),
        "zh-CN": Words(
            subject="请在{call_by}之前回电（{case_number}）",
            heading="请回电客户",
            body=(
                "请致电本案客户。原因：{reason}",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("回电期限", "{call_by}"),
                        ("沟通语言", "{language_spoken}"),
                    )
                ),
                Items(intro="沟通要点：", slot="points"),
                "电话号码和需告知的内容见工作台中的回电任务。通话后请立即登记结果。",
                Action(text="打开案件", slot="desk_link"),
            ),
            short="请在{call_by}之前回电：{case_number}。{desk_link}",
        ),
    },
)
