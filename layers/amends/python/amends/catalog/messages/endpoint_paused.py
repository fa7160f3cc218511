"""Paused endpoint: whoever runs a seller's connection learns that it is not called any more."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.STAFF,
    slots={
        "reference": Slot.CODE,
        "host": Slot.CODE,
        "failing_since": Slot.MOMENT,
        "reason": Slot.TEXT,
        "how_to_wake": Slot.TEXT,
    },
    words={
        "en": Words(
            subject="Your endpoint is paused ({reference})",
            heading="We have stopped calling your endpoint",
            body=(
                (
                    "Your endpoint does not take our events. We have stopped calling it, and "
                    "nothing is lost: what happens meanwhile waits, and follows in order when "
                    "you wake it."
                ),
                Facts(
                    rows=(
                        ("Endpoint", "{reference}"),
                        ("Host", "{host}"),
                        ("Failing since", "{failing_since}"),
                        ("Why", "{reason}"),
                    )
                ),
                "{how_to_wake}",
            ),
            short="Your endpoint {reference} is paused: {reason}",
        ),
        "zh-CN": Words(
            subject="您的回调地址已暂停（{reference}）",
            heading="已暂停调用您的回调地址",
            body=(
                "您的回调地址未能接收事件，我们已暂停调用。事件不会丢失：恢复后将按顺序补发。",
                Facts(
                    rows=(
                        ("回调地址编号", "{reference}"),
                        ("主机", "{host}"),
                        ("失败起始时间", "{failing_since}"),
                        ("原因", "{reason}"),
                    )
                ),
                "{how_to_wake}",
            ),
            short="您的回调地址{reference}已暂停：{reason}",
        ),
    },
)
