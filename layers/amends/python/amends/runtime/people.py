"""People: what telling claimants, staff and merchants needs."""

from functools import cache
from time import sleep
from typing import TYPE_CHECKING

from amends.runtime.clock import environment, is_local, now
from amends.runtime.cloud import client, delivery_queue, http, settings, token_key
from amends.runtime.insight import actions, learn
from amends.runtime.stores import contacts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from amends.adapters.pace import DynamoPace
    from amends.domain.case.case import Case
    from amends.domain.people.message import Message, Way
    from amends.domain.people.values import Formats
    from amends.domain.people.webhook import Endpoint
    from amends.ports import Messenger
    from amends.ports.people import Hooks, Opinions, Postings, Worklist
    from amends.service.insight.reminding import Reminding
    from amends.service.people.announcing import Herald
    from amends.service.people.informing import Informing
    from amends.service.people.readers import Directory
    from amends.service.people.summing import Links
    from amends.service.people.writing import Post


def post() -> "Post":
    """What sending needs."""
    from amends.adapters.locale import BabelFormats
    from amends.domain.people.rendering import House, Renderer
    from amends.service.people.addressing import reply_address
    from amends.service.people.writing import Post

    sender = environment("SENDER_ADDRESS")
    return Post(
        postings=postings(),
        directory=directory(),
        messenger=messenger(),
        turns=turns,
        renderer=Renderer(house=House(name="Amends", contact=sender), formats=BabelFormats()),
        links=links,
        reply_to=lambda case_id: reply_address(sender, case_id, token_key()),
        unsubscribe=unsubscribe_link,
    )


def turns(way: "Way", count: int) -> "Sequence[Callable[[], None]]":
    """Mails stand in one line; by the other ways nobody waits."""
    from amends.domain.people.message import Way

    return mail_pace().turns(count) if way is Way.EMAIL else [lambda: None] * count


@cache
def messenger() -> "Messenger":
    """The ways out; its clients never try twice by themselves, for a try may have worked."""
    from amends.adapters.ways import AwsMessenger

    return AwsMessenger(
        ses=client("ses", 1),
        sns=client("sns", 1),
        sender=environment("SENDER_ADDRESS"),
        sender_name="Amends",
        configuration_set=environment("MAIL_CONFIGURATION_SET"),
    )


@cache
def mail_pace() -> "DynamoPace":
    """The line in which every mail waits for its turn."""
    from amends.adapters.pace import DynamoPace

    return DynamoPace(
        client("dynamodb"),
        table=environment("DELIVERIES_TABLE"),
        name="mail",
        rate=int(environment("MAIL_RATE")),
        now=now,
        wait=sleep,
    )


@cache
def postings() -> "Postings":
    """Messages on their way."""
    from amends.adapters.postings import DynamoPostings

    return DynamoPostings(client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def worklist() -> "Worklist":
    """What staff owe."""
    from amends.adapters.worklist import DynamoWorklist

    return DynamoWorklist(client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def opinions() -> "Opinions":
    """Claimants' answers, as they are counted."""
    from amends.adapters.opinions import DynamoOpinions

    return DynamoOpinions(client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def hooks() -> "Hooks":
    """Merchants' webhooks."""
    from amends.adapters.hooks import DynamoHooks

    return DynamoHooks(client("dynamodb"), table=environment("DELIVERIES_TABLE"))


def herald() -> "Herald":
    """What telling merchants needs."""
    from amends.adapters.webhooks import WebhookPost, addresses_of
    from amends.service.people.announcing import Herald

    attempt = WebhookPost(send=http(), resolve=addresses_of, is_local=is_local())
    return Herald(hooks=hooks(), queue=delivery_queue(), attempt=attempt, warn=_warn)


def _warn(endpoint: "Endpoint", because: str, since: "datetime") -> None:
    """A merchant whose endpoint is paused is told by mail."""
    from amends.domain.people.message import Way
    from amends.domain.people.values import Reader
    from amends.service.people.templates import template_of
    from amends.service.people.warning import Notice, warn

    told, desk = post(), directory().house()
    needs = Notice(
        messenger=told.messenger,
        turn=told.turn,
        merchants=settings().get("merchants", {}),
        house=desk.addresses.get(Way.EMAIL),
        language=desk.reader.language,
        write=lambda code, values, language: told.renderer.render(
            template_of(code), values, Reader(language=language, zone=desk.reader.zone)
        ),
    )
    warn(needs, endpoint, because, since)


def informing() -> "Informing":
    """What telling everybody about an event needs."""
    from amends.service.people.informing import Informing

    return Informing(
        post=post(),
        work=worklist(),
        opinions=opinions(),
        herald=herald(),
        queue=delivery_queue(),
        learn=learn,
    )


def reminding() -> "Reminding":
    """What telling owners of overdue corrective actions needs."""
    from amends.domain.people.message import Way
    from amends.service.insight.reminding import Reminding
    from amends.service.people.templates import template_of

    told, desk = post(), directory().house()
    return Reminding(
        actions=actions(),
        messenger=told.messenger,
        turn=told.turn,
        addresses=settings().get("staff", {}),
        house=desk.addresses.get(Way.EMAIL),
        language=desk.reader.language,
        write=lambda code, values: told.renderer.render(template_of(code), values, desk.reader),
        link=lambda action_id: f"{environment('ALLOWED_ORIGIN')}/desk/actions/{action_id}",
    )


def directory() -> "Directory":
    """Where readers are looked up."""
    from amends.service.people.readers import Directory

    return Directory(
        contacts=contacts(),
        suppressed=postings().suppressed,
        zone=settings().get("zone", "Asia/Shanghai"),
        merchants=settings().get("merchants", {}),
        listens=lambda merchant: any(one.hears_of_cases for one in hooks().endpoints(merchant)),
        staff=settings().get("staff_mail"),
        carriers=settings().get("inquiry_desks", {}),
        colleagues=settings().get("staff", {}),
    )


def unsubscribe_link(message: "Message") -> str | None:
    """Where a message of this kind is stopped by one click."""
    from amends.service import linking

    return linking.unsubscribe_link(message, token_key(), api=environment("PUBLIC_URL"))


def links(case: "Case") -> "Links":
    """Where readers of this case go."""
    from amends.service.linking import links_of

    site, api = environment("ALLOWED_ORIGIN"), environment("PUBLIC_URL")
    return links_of(case, token_key(), site=site, api=api)


def formats() -> "Formats":
    """How each language writes dates and money."""
    from amends.adapters.locale import BabelFormats

    return BabelFormats()
