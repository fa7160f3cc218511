"""Survey: one tap says how it went, some days after the case was settled."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Facts, Scale, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "case_number": Slot.CODE,
        "tracking_number": Slot.CODE,
        "survey_link": Slot.LINK,
        "settled_on": Slot.DAY,
    },
    is_dispensable=True,
    words={
        "en": Words(
            subject="How did we do? ({case_number})",
            heading="How did we do?",
            body=(
                (
                    "Your case was settled on {settled_on}. Did we put things right for you? "
                    "Your answer decides what we improve."
                ),
                Facts(
                    rows=(
                        ("Case number", "{case_number}"),
                        ("Tracking number", "{tracking_number}"),
                    )
                ),
                (
                    "One tap is enough: choose from 1 (poor) to 5 (very good), and add a "
                    "word if you like."
                ),
                Scale(low="poor", high="very good", slot="survey_link"),
                (
                    "If something is still not resolved, say so on the page that opens, and "
                    "somebody will call you back."
                ),
            ),
            short="Was {case_number} settled well? One tap tells us: {survey_link}",
        ),
        "zh-CN": Words(
            subject="您对处理结果满意吗？（{case_number}）",
            heading="您对处理结果满意吗？",
            body=(
                (
                    "您的案件已于{settled_on}办结。问题是否已妥善解决？您的意见将决定我们的改"
                    "进方向。"
                ),
                Facts(
                    rows=(
                        ("案件编号", "{case_number}"),
                        ("运单号", "{tracking_number}"),
                    )
                ),
                "轻点一下即可：从1分（不满意）到5分（非常满意）中选择，也欢迎留言。",
                Scale(low="不满意", high="非常满意", slot="survey_link"),
                "如果问题仍未解决，请在打开的页面中说明，我们会安排专人回电。",
            ),
            short="{case_number}处理得如何？轻点即可评价：{survey_link}",
        ),
    },
)
