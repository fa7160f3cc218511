"""Loss notice: the parcel counts as lost, on what grounds, and what may be asked for."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "concluded_on": Slot.DAY,
        "grounds": Slot.TEXTS,
        "last_seen": Slot.TEXT,
        "claim_by": Slot.DAY,
    },
    optional=frozenset({"last_seen"}),
    words={
        "en": Words(
            subject="Your parcel {tracking_number} must be considered lost",
            heading="We could not find your parcel",
            body=(
                (
                    "We are very sorry. After a full search we must treat your parcel as "
                    "lost as of {concluded_on}."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Last seen", "{last_seen}"),
                    )
                ),
                Items(intro="What this rests on:", slot="grounds"),
                (
                    "You may ask for compensation, a refund or a new shipment until "
                    "{claim_by}. If the parcel is found after all, we will tell you at once."
                ),
                Action(text="Tell us what you would like", slot="case_link"),
            ),
            short=(
                "We are sorry: parcel {tracking_number} must be considered lost. Your "
                "options: {case_link}"
            ),
        ),
        "zh-CN": Words(
            subject="您的包裹{tracking_number}已认定为丢失",
            heading="很抱歉，未能找到您的包裹",
            body=(
                "非常抱歉。经全面查找，自{concluded_on}起，我们只能认定您的包裹已经丢失。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("最后出现位置", "{last_seen}"),
                    )
                ),
                Items(intro="认定依据：", slot="grounds"),
                (
                    "您可以在{claim_by}之前要求赔偿、退款或补发。如果之后找到包裹，我们会立即"
                    "通知您。"
                ),
                Action(text="选择处理方式", slot="case_link"),
            ),
            short="很抱歉，包裹{tracking_number}已认定为丢失。处理方式请见：{case_link}",
        ),
    },
)
