"""Linking: where the links of a message lead, and what each of them opens."""

from amends.domain.case.case import Case
from amends.domain.people.message import Message
from amends.service.intake.entering import link_of
from amends.service.intake.reporting import token_of
from amends.service.people.addressing import answer_token, unsubscribe_token
from amends.service.people.summing import Links
from amends.service.people.templates import template_of


def links_of(case: Case, key: bytes, *, site: str, api: str) -> Links:
    """Where readers go; a case's token rides in the fragment, which no server logs.

    What takes one answer is a page of our own, whose link opens that page and nothing else.
    """

    def page(what: str) -> str:
        return f"{api}/v1/answers/{what}/{answer_token(what, case.id, key)}"

    ours = f"{site}/cases/{case.id}"
    return Links(
        case=f"{ours}#token={token_of(case.id, key, turn=case.access.turn)}",
        survey=page("survey"),
        summary=page("summary"),
        payment=page("payment"),
        desk=f"{site}/desk/cases/{case.id}",
        reply=page("parcel"),
        cases=f"{site}/cases",
        access=f"{ours}/access#link={link_of(case.id, key, number=case.access.links)}",
    )


def unsubscribe_link(message: Message, key: bytes, *, api: str) -> str | None:
    """One click stops messages of this kind; those that carry a right or money have none."""
    if not template_of(message.code).is_dispensable:
        return None
    return f"{api}/v1/unsubscribe/{unsubscribe_token(message.case_id, message.code, key)}"
