"""The page on which a payment that waits for its payee is called back, by one button."""

from amends.domain.case.case import Case
from amends.domain.case.money.calling_back import ask_back, to_call_back
from amends.domain.case.state.settlement import PayoutState
from amends.domain.people import page
from amends.domain.people.message import Audience
from amends.domain.refusal import OutOfOrder
from amends.service.amend import amend
from amends.service.people.addressing import answered_by
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint
from followup import page_words as w
from followup.counter import Counter
from followup.page_forms import form, html, sent

PATH = "/v1/answers/payment/{token}"


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """The page, shown and sent. It opens no other account: to name one needs a link of its own."""

    def show(call: Call) -> Answer:
        return _page(counter, _case(counter, call))

    def send(call: Call) -> Answer:
        sent(call)
        case = _case(counter, call)
        waiting = to_call_back(case)
        if waiting is None:
            return _page(counter, case)
        occasion = counter.occasion("claimant", call.request_id)
        try:
            after = amend(counter.cases(), case.id, occasion, lambda now: ask_back(now, waiting.id))
        except OutOfOrder:  # confirmed in the same moment: the page says how it stands
            after = counter.cases().load(case.id)
        return _page(counter, after)

    return (
        Endpoint(method="GET", path=PATH, answer=show),
        Endpoint(method="POST", path=PATH, answer=send),
    )


def _case(counter: Counter, call: Call) -> Case:
    case_id = answered_by("payment", call.params["token"], counter.token_key())
    return counter.cases().load(case_id)


def _page(counter: Counter, case: Case) -> Answer:
    post = counter.post()
    language = post.directory.person(case, Audience.CLAIMANT).reader.language
    waiting = to_call_back(case)
    if waiting is not None:
        amount = post.renderer.formats.money(waiting.amount, language)
        content = [
            page.paragraph(w.PAYMENT_WAITS[language].format(amount=amount)),
            form(button=w.CALL_BACK[language]),
        ]
    elif any(one.state is PayoutState.AWAITING_PAYEE for one in case.payouts):
        content = [page.paragraph(w.CALLING_BACK[language])]
    else:
        content = [page.paragraph(w.NO_PAYMENT[language])]
    return html(language, w.PAYMENT[language], content, footer=w.HOUSE[language])
