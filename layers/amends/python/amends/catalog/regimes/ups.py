"""UPS from the United States."""

from amends.domain.compensation.days import after, months_after
from amends.domain.compensation.exact import Exact
from amends.domain.compensation.facts import LossEvent
from amends.domain.compensation.regime import Regime
from amends.domain.compensation.rules import Text, edition
from amends.domain.compensation.terms import (
    award_within_insurance,
    delay_not_covered,
    excuses,
    fixed_cap,
    only_charges_back,
)
from amends.domain.compensation.windows import Window, notice_missed, open_until
from amends.domain.compensation.worksheet import Worksheet


def _fill(sheet: Worksheet) -> None:
    facts = sheet.facts
    start = facts.delivered_on or facts.promised_on or facts.posted_on
    filing = start and months_after(start, int(sheet.value("filing_months")))
    open_until(sheet, "claim", filing, "49_usc.14706.e")
    if sheet.event is LossEvent.DELAYED and facts.guaranteed:
        only_charges_back(sheet, "ups.guarantee")
        return
    if delay_not_covered(sheet, "ups.delay"):
        return
    window = Window(
        name="complaint",
        fact="complained_on",
        last_day=start and after(start, int(sheet.value("notice_days"))),
        rule="ups.notice",
    )
    # Federal law gives nine months to file: an earlier bar may not stand.
    done = facts.complained_on
    within_law = filing is not None and done is not None and done <= filing
    if notice_missed(sheet, window, disputed=within_law):
        return
    if sheet.excused(excuses("ups.exclusions")):
        return
    if facts.insured_value is not None:
        most = Exact(sheet.value("declared_most"), "USD")
        award_within_insurance(sheet, "ups.declared", most=most)
        return
    sheet.award_lower(
        sheet.loss(), fixed_cap(sheet, "released", "USD", "ups.released"), "ups.released"
    )


REGIMES = (
    Regime(
        code="ups.us",
        title=Text("UPS, United States", "UPS（美国）"),
        editions=(
            edition(
                "2015-01-01",
                source="UPS terms as summarised by claim services; 49 USC 14706(e)",
                figures={
                    "released": "100",
                    "declared_most": "50000",
                    "notice_days": "60",
                    "filing_months": "9",
                },
            ),
        ),
        fill=_fill,
    ),
)
