"""Progress digest: several cases of one reader in one report."""

from amends.domain.people.message import Audience
from amends.domain.people.template import Action, Items, Slot, Template, Words

TEMPLATE = Template(
    audience=Audience.CLAIMANT,
    slots={
        "count": Slot.COUNT,
        "lines": Slot.TEXTS,
        "next_report_on": Slot.DAY,
        "cases_link": Slot.LINK,
    },
    is_dispensable=True,
    words={
        "en": Words(
            subject="Where your {count} cases stand",
            heading="Where your cases stand",
            body=(
                (
                    "Here is where each of your {count} cases stands, in one message instead "
                    "of many."
                ),
                Items(intro="Your cases:", slot="lines"),
                "We will write again by {next_report_on}, and sooner if anything changes.",
                Action(text="See your cases", slot="cases_link"),
            ),
            short=("News of your {count} cases. Next report by {next_report_on}. {cases_link}"),
        ),
        "zh-CN": Words(
            subject="您的{count}件案件进展通报",
            heading="案件进展汇总",
            body=(
                "您共有{count}件案件，以下为汇总进展，避免逐件打扰。",
                Items(intro="各案件进展：", slot="lines"),
                "我们会在{next_report_on}之前再次通报进展；如有变化，会提前告知。",
                Action(text="查看全部案件", slot="cases_link"),
            ),
            short=("您的{count}件案件有新进展，下次通报时间：{next_report_on}之前。{cases_link}"),
        ),
    },
)
