"""Intake: what taking evidence and mail in, and printing papers, needs."""

from functools import cache, partial
from typing import TYPE_CHECKING

from amends.domain.occasion import Occasion
from amends.runtime.clock import environment
from amends.runtime.cloud import client, delivery_queue, secrets, settings
from amends.runtime.stores import cases, contacts, evidence
from amends.runtime.tracking import watch_case

if TYPE_CHECKING:
    from amends.adapters.mail_bucket import S3Mail
    from amends.domain.people.paper import Paper
    from amends.ports import Inspector
    from amends.service.intake.mail import Mailroom


def inspector() -> "Inspector":
    """Who looks into evidence; a virus scanner only where the settings name one."""
    from amends.adapters.inspecting import Inspector as Look

    scanner = settings().get("scanner")
    return Look(scanner=(scanner["host"], int(scanner["port"])) if scanner else None)


def typeset(paper: "Paper") -> bytes:
    """A paper as PDF."""
    from amends.adapters.typesetting import typeset as made

    return made(paper)


@cache
def mail() -> "S3Mail":
    """Mail as it came in."""
    from amends.adapters.mail_bucket import S3Mail

    return S3Mail(client("s3"), bucket=environment("MAIL_BUCKET"))


def mailroom(at: Occasion) -> "Mailroom":
    """What taking mail in needs."""
    from amends.domain.people.inbound import MailHouse
    from amends.service.intake.mail import Mailroom
    from amends.service.people import mail_address
    from amends.service.people.speaking import hear_carrier, speak_by_mail

    key = secrets().of("tokens")["key"].encode()

    def bounced(message_key: str, raw: bytes) -> None:
        case_id = mail_address.case_of_bounce(raw)
        if case_id is not None:
            delivery_queue().send(mail_address.bounce_notice(case_id, message_key))

    return Mailroom(
        cases=cases(),
        contacts=contacts(),
        files=evidence(),
        watch=watch_case,
        token_key=key,
        house=MailHouse(domain=environment("SENDER_ADDRESS").rpartition("@")[2]),
        case_of=lambda token: mail_address.case_of_reply(token, key),
        post=partial(speak_by_mail, cases(), contacts(), at),
        bounced=bounced,
        carriers={
            code: str(desk["email"])
            for code, desk in settings().get("inquiry_desks", {}).items()
            if desk.get("email")
        },
        heard=partial(hear_carrier, cases(), contacts(), at),
    )
