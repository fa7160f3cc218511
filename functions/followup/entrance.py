"""Entrance: a way back into a case for whoever lost its token."""

from amends.domain.case.access import FRESH_FOR
from amends.web.answer import Answer
from amends.web.call import Call
from amends.web.router import Endpoint
from followup.counter import Counter


def endpoints(counter: Counter) -> tuple[Endpoint, ...]:
    """Ask for a link, and exchange it."""

    def ask(call: Call) -> Answer:
        """Only taken down here: neither the answer nor its delay tells what there is."""
        from amends.web.bodies import read
        from followup.models import MagicLinkBody

        body = read(MagicLinkBody, call.json())
        counter.queue().send({"reference": body.reference, "contact": body.contact})
        return Answer.of({"accepted": True}, status=202)

    def exchange(call: Call) -> Answer:
        """No answer is kept for a repeat: it would be a token. Who lost it asks for another."""
        from amends.service.intake.entering import exchange
        from amends.web.bodies import read
        from followup.models import LinkBody

        body = read(LinkBody, call.json())
        occasion = counter.occasion("claimant", call.request_id)
        case, token = exchange(
            counter.cases(),
            call.params["case_id"],
            body.link,
            key=counter.token_key(),
            occasion=occasion,
        )
        until = (occasion.at + FRESH_FOR).isoformat().replace("+00:00", "Z")
        told = {"case_id": case.id, "token": token, "proves_until": until}
        return Answer.of(told, status=201, headers={"cache-control": "no-store"})

    return (
        Endpoint(method="POST", path="/v1/magic-links", answer=ask),
        Endpoint(method="POST", path="/v1/cases/{case_id}/token", answer=exchange),
    )
