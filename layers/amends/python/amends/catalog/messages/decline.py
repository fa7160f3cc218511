"""Decline: the ground in plain words, and every next instance with its date."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "ground": Slot.TEXT,
        "rule": Slot.TEXT,
        "evidence": Slot.TEXTS,
        "next_instances": Slot.TEXTS,
        "appeal_by": Slot.DAY,
    },
    optional=frozenset({"evidence", "appeal_by", "rule"}),
    words={
        "en": Words(
            subject="Our decision on your claim ({case_number})",
            heading="Our decision on your claim",
            body=(
                (
                    "We have examined your claim with care. We are sorry that we cannot "
                    "grant it, and we would like to explain why."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                "The ground: {ground}",
                "The rule it rests on: {rule}",
                Items(intro="What we relied on:", slot="evidence"),
                (
                    "If you see it differently, you may appeal to us until {appeal_by}. "
                    "Somebody who had no part in this decision will look at it again."
                ),
                Items(intro="You may also turn to:", slot="next_instances"),
                Action(text="Read the decision or appeal", slot="case_link"),
            ),
            short=("We have decided on {case_number}. Reasons, and how to appeal: {case_link}"),
        ),
        "zh-CN": Words(
            subject="关于您索赔的决定（{case_number}）",
            heading="关于您的索赔的决定",
            body=(
                "我们认真审核了您的索赔。很遗憾无法予以赔付，现将理由说明如下。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                "理由：{ground}",
                "依据的规定：{rule}",
                Items(intro="所依据的材料：", slot="evidence"),
                ("如有异议，您可以在{appeal_by}之前向我们申诉，由未参与本决定的人员重新审查。"),
                Items(intro="您还可以向以下机构寻求解决：", slot="next_instances"),
                Action(text="查看决定或提出申诉", slot="case_link"),
            ),
            short="{case_number}已有处理决定。理由及申诉方式：{case_link}",
        ),
    },
)
