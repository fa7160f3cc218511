"""Instances: where somebody may go who does not agree, and until when."""

from dataclasses import dataclass
from datetime import date

from amends.domain.case.agreement.appealing import APPEAL_WITHIN, APPEALS
from amends.domain.case.case import Case
from amends.domain.case.vocabulary import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One way on: who decides, in words for the claimant, from when and until when."""

    code: str
    en: str
    zh: str
    first_day: date | None = None
    until: date | None = None
    rule: str | None = None
    source: str | None = None


def instances(case: Case) -> tuple[Instance, ...]:
    """Our own second look while there is one, then regulator, arbitration and court.

    The days are those that the assessment named; where it named none, none is told: a day that
    nobody knows is not made up.
    """
    days = {one.name: one for one in case.agreement.deadlines}
    found = []
    if len(case.agreement.appeals) < APPEALS and not case.payouts:
        until = (case.updated_at + APPEAL_WITHIN).date() if case.stage is Stage.CLOSED else None
        found.append(
            Instance(
                code="appeal",
                en="Ask us for a second look: somebody who has not decided before does it.",
                zh="向我方申请复核，由未参与原处理的人员办理。",
                until=until,
                rule="house.appeal",
                source="our own procedure",
            )
        )
    ends = (case.report.shipment.origin_country, case.report.shipment.destination_country)
    regulator = days.get("appeal")
    if "CN" in ends or regulator is not None:
        found.append(
            Instance(
                code="regulator",
                en="The postal regulator's complaint centre (12305), after the operator was asked "
                "and did not answer in 7 days or not to your satisfaction.",
                zh="邮政管理部门申诉（12305）：先向企业投诉，7日内未答复或对答复不满意的。",
                first_day=regulator.first_day if regulator else None,
                until=regulator.last_day if regulator else None,
                rule=regulator.rule if regulator else "cn.appeal.12305",
                source=regulator.source if regulator else "Postal Law of China art. 65",
            )
        )
    else:
        found.append(
            Instance(
                code="regulator",
                en="The postal or consumer authority of the country where it was posted.",
                zh="寄递地的邮政或消费者主管机关。",
            )
        )
    action = days.get("action")
    found += [
        Instance(
            code="arbitration",
            en="Mediation or arbitration, where the contract or both sides agree to it.",
            zh="合同约定或双方同意的调解、仲裁。",
        ),
        Instance(
            code="court",
            en="The competent court.",
            zh="有管辖权的人民法院或其他法院。",
            until=action.last_day if action else None,
            rule=action.rule if action else None,
            source=action.source if action else None,
        ),
    ]
    return tuple(found)
