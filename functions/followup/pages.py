"""Pages that take an answer from a link in a message: how it was, what we understood, a parcel.

Mail scanners open every link, so a GET only shows; what is answered is sent by a form's button.
"""

from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.goods import recovery
from amends.domain.case.state.recovery import Contacted
from amends.domain.case.state.talking import SummaryState, Voice
from amends.domain.case.talking import aftercare, conversing
from amends.domain.ids import derived
from amends.domain.occasion import Occasion
from amends.domain.people import page
from amends.domain.people.message import Audience
from amends.domain.people.survey import LOW_SCORE
from amends.domain.people.survey import Answer as Opinion
from amends.domain.refusal import OutOfOrder
from amends.service.amend import amend
from amends.service.people.addressing import answered_by
from amends.service.people.outbox import intents
from amends.service.people.summing import Told, summary
from amends.service.people.writing import written
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint
from followup import page_words as w
from followup.counter import Counter
from followup.page_forms import choices, form, html, problem, sent, words

PAGES = "/v1/answers"
YES = "yes"


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """The three pages, each shown and sent."""

    def survey(call: Call) -> Answer:
        case = _case(counter, call, "survey")
        tapped = call.query.get("score")
        return _survey_page(counter, case, tapped if tapped in w.SCORES else None)

    def score(call: Call) -> Answer:
        return _scored(counter, call, _case(counter, call, "survey"))

    def understood(call: Call) -> Answer:
        return _summary_page(counter, _case(counter, call, "summary"))

    def confirm(call: Call) -> Answer:
        return _confirmed(counter, call, _case(counter, call, "summary"))

    def parcel(call: Call) -> Answer:
        return _parcel_page(counter, _case(counter, call, "parcel"))

    def found(call: Call) -> Answer:
        return _found(counter, call, _case(counter, call, "parcel"))

    shown = {"survey": (survey, score), "summary": (understood, confirm), "parcel": (parcel, found)}
    return tuple(
        Endpoint(method=method, path=f"{PAGES}/{what}/{{token}}", answer=answer)
        for what, (show, send) in shown.items()
        for method, answer in (("GET", show), ("POST", send))
    )


def _case(counter: Counter, call: Call, what: str) -> Case:
    return counter.cases().load(answered_by(what, call.params["token"], counter.token_key()))


def _occasion(counter: Counter, call: Call, by: str) -> Occasion:
    return counter.occasion(by, call.request_id)


def _language(counter: Counter, case: Case, audience: Audience = Audience.CLAIMANT) -> str:
    return counter.post().directory.person(case, audience).reader.language


def _survey_page(
    counter: Counter, case: Case, chosen: str | None, *, trouble: str | None = None
) -> Answer:
    """The score first; once it is kept, the rest; once all is said, thanks."""
    language = _language(counter, case)
    given = case.feedback
    if given is None and not aftercare.is_asked(case):
        return _said(language, w.SURVEY, w.TOO_EARLY)
    if given is None:
        scores = [(value, says[language]) for value, says in w.SCORES.items()]
        fields = choices("score", w.SCORE[language], scores, chosen)
        title, content = w.SURVEY, [form(fields, button=w.GIVE[language])]
    elif given.resolved is None:
        kept = w.KEPT[language].format(score=given.score)
        options = [(value, says[language]) for value, says in w.YES_NO.items()]
        fields = choices("resolved", w.RESOLVED[language], options, None)
        more = words("comment", w.COMMENT[language], "")
        title = w.THANKS
        content = [page.paragraph(kept), form(fields, more, button=w.SEND[language])]
    else:
        is_low = given.score <= LOW_SCORE or not given.resolved
        return _said(language, w.THANKS, w.WE_CALL if is_low else w.ALL_KEPT)
    content = [problem(trouble), *content] if trouble else content
    return html(language, title[language], content, footer=w.HOUSE[language])


def _scored(counter: Counter, call: Call, case: Case) -> Answer:
    told = sent(call)
    language = _language(counter, case)
    known = case.feedback
    if known is None and told.get("score") not in w.SCORES:
        return _survey_page(counter, case, None, trouble=w.NO_SCORE[language])
    if known is not None and known.resolved is None and told.get("resolved") not in w.YES_NO:
        trouble = None if "score" in told else w.NO_CHOICE[language]  # a second tap on the button
        return _survey_page(counter, case, None, trouble=trouble)
    comment = told.get("comment", "")
    opinion = Opinion(
        score=int(told["score"]) if known is None else known.score,
        resolved=None if known is None else told.get("resolved") == YES,
        comment=comment if known is not None else "",
    )
    if known is not None and known.resolved is not None:
        return _survey_page(counter, case, None)
    if opinion.comment:
        counter.contacts().put(case.id, "feedback", {"comment": opinion.comment})
    wishes = counter.post().directory.preferences(case)
    occasion = _occasion(counter, call, "claimant")

    def decide(now: Case) -> list[Event]:
        if now.feedback is not None and now.feedback != known:
            return []  # somebody tapped twice: the first answer stands
        return aftercare.give_feedback(now, opinion, wishes, occasion)

    try:
        after = amend(counter.cases(), case.id, occasion, decide)
    except OutOfOrder:
        after = case
    return _survey_page(counter, after, None)


def _summary_page(counter: Counter, case: Case, *, trouble: str | None = None) -> Answer:
    language = _language(counter, case)
    if case.talking.summary in (SummaryState.AGREED, SummaryState.CORRECTED):
        return _said(language, w.SUMMARY, w.ALL_KEPT)
    rows = _understood(counter, case, language)
    if not rows:
        return _said(language, w.SUMMARY, w.NO_SUMMARY)
    options = [(value, says[language]) for value, says in w.AGREED.items()]
    fields = choices("agreed", w.SUMMARY[language], options, None)
    content = [
        *([problem(trouble)] if trouble else []),
        page.paragraph(w.UNDERSTOOD[language]),
        page.items(rows),
        form(fields, words("correction", w.CORRECTION[language], ""), button=w.SEND[language]),
    ]
    return html(language, w.SUMMARY[language], content, footer=w.HOUSE[language])


def _understood(counter: Counter, case: Case, language: str) -> list[str]:
    """The newest summary, as its message has it."""
    found = [
        one for one in intents(counter.cases().history(case.id)) if one.message.code == "summary"
    ]
    due = case.waits.get("summary")
    if not found or case.talking.summary_id is None:
        return []
    post = counter.post()
    told = Told(
        language=language,
        zone=post.directory.preferences(case).zone.key,
        links=post.links(case),
        formats=post.renderer.formats,
        words=lambda name: written(post.directory, case.id, name),
    )
    rows = summary(found[-1], told, confirm_by=due or found[-1].recorded.at)["understood"]
    return [str(row) for row in rows] if isinstance(rows, list) else []


def _confirmed(counter: Counter, call: Call, case: Case) -> Answer:
    told = sent(call)
    language = _language(counter, case)
    correction = told.get("correction", "")
    if told.get("agreed") not in w.AGREED:
        return _summary_page(counter, case, trouble=w.NO_CHOICE[language])
    agreed = told["agreed"] == YES
    if not agreed and not correction:
        return _summary_page(counter, case, trouble=w.NO_CORRECTION[language])
    message_id = derived("msg", "thread", case.id, case.talking.summary_id or "", correction)
    if correction:
        counter.contacts().put(f"{case.id}#{message_id}", "words", {"text": correction})

    def decide(now: Case) -> list[Event]:
        events = conversing.answer_summary(now, agreed=agreed)
        if events and correction:
            events += conversing.post(now, message_id, Voice.CLAIMANT, channel="web")
        return events

    occasion = _occasion(counter, call, "claimant")
    try:
        after = amend(counter.cases(), case.id, occasion, decide)
    except OutOfOrder:
        after = case  # there is nothing to confirm, or it was confirmed: the page says which
    return _summary_page(counter, after)


def _parcel_page(counter: Counter, case: Case, *, trouble: str | None = None) -> Answer:
    language = _language(counter, case, Audience.RECIPIENT)
    if not recovery.is_sought(case):
        return _said(language, w.PARCEL, w.PARCEL_OVER)
    reference = case.id.removeprefix("case_")[:10].upper()
    options = [(value, says[language]) for value, says in w.HOLDS.items()]
    fields = choices("parcel", w.PARCEL[language], options, None)
    content = [
        *([problem(trouble)] if trouble else []),
        page.paragraph(w.PARCEL_ASKS[language].format(reference=reference)),
        form(fields, words("when", w.WHEN[language], ""), button=w.SEND[language]),
        page.paragraph(w.PRIVATE[language]),
    ]
    return html(language, w.PARCEL[language], content, footer=w.HOUSE[language])


def _found(counter: Counter, call: Call, case: Case) -> Answer:
    """A stranger's answer; what they write stands with what we know of them, and is erased so."""
    told = sent(call)
    language = _language(counter, case, Audience.RECIPIENT)
    part = case.recovering.recipient_part
    if part is None or not recovery.is_sought(case):
        return _parcel_page(counter, case)
    if told.get("parcel") not in w.HOLDS:
        return _parcel_page(counter, case, trouble=w.NO_CHOICE[language])
    outcome = Contacted(told["parcel"])
    known = dict(counter.contacts().get(case.id, part) or {})
    before = known.get("answered")
    counter.contacts().put(
        case.id, part, {**known, "answered": str(outcome), "said": told.get("when", "")}
    )
    occasion = _occasion(counter, call, "recipient")
    if before != outcome:  # the same answer again is the same answer
        amend(
            counter.cases(),
            case.id,
            occasion,
            lambda now: recovery.contact_recipient(now, outcome, occasion),
        )
    return _said(language, w.THANKS_PARCEL, w.PARCEL_KEPT)


def _said(language: str, title: w.Said, text: w.Said) -> Answer:
    content = [page.paragraph(text[language])]
    return html(language, title[language], content, footer=w.HOUSE[language])
