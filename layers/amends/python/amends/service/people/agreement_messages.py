"""Agreement messages: what the templates of coming to terms are filled with."""

from collections.abc import Sequence
from datetime import date

from amends.domain.case import events as e
from amends.domain.case.agreement.instances import Instance, instances
from amends.domain.case.days import day_of
from amends.domain.case.state.agreement import Option
from amends.domain.people.values import Value
from amends.service.people import agreement_wordings as aw
from amends.service.people import wordings as w
from amends.service.people.outbox import Intent
from amends.service.people.summing import Told

Agreeing = (
    e.DeadlineWarned | e.CounterAnswered | e.AppealDecided | e.LegalRouteOpened | e.ClockMissed
)


def agreement_values(intent: Intent, event: Agreeing, told: Told) -> dict[str, Value]:
    """What the event's own template says."""
    language = told.language
    match event:
        case e.DeadlineWarned():
            day = day_of(intent.case, event.name)
            rule = told.plain(day.rule) if day else None
            is_law = day is not None and rule != day.rule
            return {
                "what": aw.act(event.name, language),
                "last_day": day.last_day if day else told.day(intent.recorded.at),
                **({"rule": rule} if rule else {}),
                **({"source": day.source} if day and not is_law else {}),
            }
        case e.CounterAnswered():
            known = aw.RULES.get(event.rule, aw.RULES["staff"])[language]
            own = event.because if event.rule == "staff" and not event.accepted else None
            return {
                "answer": (aw.AGREED if event.accepted else aw.NOT_AGREED)[language],
                "reason": own or known,
                "follows": (aw.OFFER_FOLLOWS if event.accepted else aw.OFFER_STANDS)[language],
            }
        case e.AppealDecided():
            said: dict[str, Value] = {
                "answer": (aw.UPHELD if event.upheld else aw.DISMISSED)[language],
                "reason": event.because,
                "follows": (aw.ANEW if event.upheld else aw.STANDS)[language],
            }
            return said if event.upheld else {**said, "next_instances": ways_on(intent, told)}
        case e.ClockMissed():
            return {
                "what": aw.LATE[event.clock][language],
                "answer_by": event.told_until or intent.recorded.at,
                "next_instances": ways_on(intent, told),
            }
        case e.LegalRouteOpened():
            return {
                "ground": aw.NO_AGREEMENT[language],
                "expires_at": event.until,
                "next_instances": ways_on(intent, told),
            }


def ways_on(intent: Intent, told: Told) -> Sequence[str]:
    """Every next instance in words, with the days that the case's rules name for it."""
    return [_way(one, told) for one in instances(intent.case)]


def appeal_by(intent: Intent) -> date | None:
    """Until when our own second look can be asked for."""
    found = [one.until for one in instances(intent.case) if one.code == "appeal"]
    return found[0] if found else None


def offered(event: e.OfferMade, told: Told) -> str:
    """What is offered: every option, and of each the parts that come together."""
    language = told.language
    options = event.options or ()
    if len(options) < 2 and all(len(option.parts) < 2 for option in options):
        return w.REMEDIES[event.remedy][language]
    return aw.OR[language].join(_together(option, told) for option in options)


def _together(option: Option, told: Told) -> str:
    language = told.language
    return aw.AND[language].join(
        f"{w.REMEDIES[part.remedy][language]} {told.formats.money(part.amount, language)}"
        for part in option.parts
    )


def _way(one: Instance, told: Told) -> str:
    text = one.zh if told.language == "zh-CN" else one.en
    days = (("from", one.first_day), ("until", one.until))
    named = [
        aw.DAYS[name][told.language].format(day=told.formats.day(day, told.language))
        for name, day in days
        if day is not None
    ]
    if not named:
        return text
    return aw.WITH_DAYS[told.language].format(text=text, days=aw.COMMA[told.language].join(named))
