"""Legal route: no agreement; our last offer stands, and every way on with its dates and papers."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Facts, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "case_link": Slot.LINK,
        "ground": Slot.TEXT,
        "expires_at": Slot.MOMENT,
        "next_instances": Slot.TEXTS,
    },
    words={
        "en": Words(
            subject="The ways that are open to you ({case_number})",
            heading="We could not agree: where you can turn now",
            body=(
                (
                    "We are sorry that we could not come to terms. You give nothing up by "
                    "going on, and we help you with the papers."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                        ("Why", "{ground}"),
                        ("What we have said stands until", "{expires_at}"),
                    )
                ),
                Items(intro="You may turn to:", slot="next_instances"),
                (
                    "The dossier of your case is ready for you: timeline, findings, "
                    "calculation and the list of evidence, in one document to hand in."
                ),
                Action(text="See your case and its dossier", slot="case_link"),
            ),
            short="{case_number}: no agreement. Your ways on, with their dates: {case_link}",
        ),
        "zh-CN": Words(
            subject="您可以选择的解决途径（{case_number}）",
            heading="双方未能达成一致：您可以采取的途径",
            body=(
                "很遗憾未能与您达成一致。继续主张权利不会使您丧失任何权益，我们将协助提供材料。",
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                        ("原因", "{ground}"),
                        ("我方意见有效至", "{expires_at}"),
                    )
                ),
                Items(intro="您可以选择：", slot="next_instances"),
                "案件卷宗已备妥：经过、认定、核算和证据清单汇成一份文件，可直接提交。",
                Action(text="查看案件及卷宗", slot="case_link"),
            ),
            short="{case_number}：双方未能达成一致。解决途径及期限：{case_link}",
        ),
    },
)
