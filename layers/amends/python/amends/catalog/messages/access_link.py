"""Access link: who lost the way into their case gets a new one, good once and for a short time."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    is_prompt=True,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "access_link": Slot.LINK,
        "good_until": Slot.MOMENT,
    },
    words={
        "en": Words(
            subject="Your link to your case ({case_number})",
            heading="Here is your way back into your case",
            body=(
                "Somebody asked for a new way into this case, and the way goes to you alone.",
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Good until", "{good_until}"),
                    )
                ),
                (
                    "It works once. When you have used it, links from earlier messages open "
                    "nothing any more."
                ),
                "If it was not you, do nothing: without this link nobody gets in.",
                Action(text="Open my case", slot="access_link"),
            ),
            short="Your way into {case_number}, once, until {good_until}: {access_link}",
        ),
        "zh-CN": Words(
            subject="您的案件入口链接（{case_number}）",
            heading="您的案件新入口",
            body=(
                "有人申请重新进入该案件，入口链接仅发送给您本人。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("有效期至", "{good_until}"),
                    )
                ),
                "链接仅可使用一次。使用之后，此前消息中的链接将全部失效。",
                "如非本人申请，请忽略：没有此链接，任何人都无法进入。",
                Action(text="打开我的案件", slot="access_link"),
            ),
            short="{case_number}入口链接，仅可使用一次，有效期至{good_until}：{access_link}",
        ),
    },
)
