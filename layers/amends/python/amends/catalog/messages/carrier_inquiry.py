"""Inquiry to a carrier: which item is missing, and until when an answer is waited for."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CARRIER,
    is_prompt=True,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "kind": Slot.KIND,
        "service": Slot.CODE,
        "posted_on": Slot.DAY,
        "origin": Slot.CODE,
        "destination": Slot.CODE,
        "contents": Slot.TEXT,
        "weight_grams": Slot.COUNT,
        "reply_by": Slot.DAY,
    },
    optional=frozenset({"weight_grams"}),
    words={
        "en": Words(
            subject="Inquiry about item {tracking_number} (our reference {case_number})",
            heading="Please search for this item",
            body=(
                (
                    "We act for the person who reported the item below. What is shown of it does "
                    "not tell where it is, and the time in which it should have moved is over."
                ),
                Facts(
                    rows=(
                        ("Item number", "{tracking_number}"),
                        ("Service", "{service}"),
                        ("Posted on", "{posted_on}"),
                        ("From", "{origin}"),
                        ("To", "{destination}"),
                        ("Weight in grams", "{weight_grams}"),
                        ("Contents", "{contents}"),
                        ("Reported as", "{kind}"),
                        ("Our case", "{case_number}"),
                    )
                ),
                (
                    "Please tell us where the item was seen last, who holds it now, and what will "
                    "be done. A reply to this mail reaches the case."
                ),
                "We wait for your answer until {reply_by}. After that we act without it.",
            ),
            short="Inquiry about item {tracking_number}: please answer by {reply_by}.",
        ),
        "zh-CN": Words(
            subject="邮件查询：{tracking_number}（我方编号{case_number}）",
            heading="请协助查找以下邮件",
            body=(
                "我们受理了以下邮件的查询。现有跟踪信息无法说明其去向，且正常的转运时间已过。",
                Facts(
                    rows=(
                        ("邮件号", "{tracking_number}"),
                        ("业务种类", "{service}"),
                        ("交寄日期", "{posted_on}"),
                        ("寄自", "{origin}"),
                        ("寄往", "{destination}"),
                        ("重量（克）", "{weight_grams}"),
                        ("内件", "{contents}"),
                        ("申报情况", "{kind}"),
                        ("案件编号", "{case_number}"),
                    )
                ),
                "请告知该邮件最后出现的环节、目前由谁保管以及后续安排。直接回复本邮件即可。",
                "我们将等待贵方答复至{reply_by}，逾期将按现有情况处理。",
            ),
            short="邮件{tracking_number}查询：请于{reply_by}前答复。",
        ),
    },
)
