"""Runtime: settings, clock and wired adapters; the composition root, all lazy."""

import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from amends.domain.occasion import Occasion

if TYPE_CHECKING:
    from amends.adapters.mail_bucket import S3Mail
    from amends.domain.case.case import Case
    from amends.domain.parcel.reading import Scan
    from amends.domain.parcel.shipment import Shipment
    from amends.domain.people.message import Message
    from amends.domain.people.paper import Paper
    from amends.domain.people.values import Formats
    from amends.ports import (
        CaseStore,
        Contacts,
        Evidence,
        Http,
        Idempotency,
        Inspector,
        Messenger,
        Queue,
        Secrets,
    )
    from amends.ports.money import LedgerReader, MoneyRecords
    from amends.ports.people import Hooks, Opinions, Postings, Worklist
    from amends.service.announcing import Herald
    from amends.service.informing import Informing
    from amends.service.mail import Mailroom
    from amends.service.rail_desk import Treasury
    from amends.service.rates import RateTable
    from amends.service.readers import Directory
    from amends.service.settling import Settling
    from amends.service.summing import Links
    from amends.service.tracker import Tracker
    from amends.service.writing import Post


def now() -> datetime:
    """The clock; nothing below this module reads one."""
    return datetime.now(UTC)


def occasion(*, by: str, because: str) -> Occasion:
    """Now, by this actor, because of that."""
    return Occasion(at=now(), by=by, because=because)


def environment(name: str) -> str:
    """One setting of the function; a missing one is an accident of the deployment."""
    return os.environ[name]


@cache
def cases() -> "CaseStore":
    """The case store."""
    from amends.adapters.booking import book
    from amends.adapters.dynamodb import DynamoCases

    return DynamoCases(
        _client("dynamodb"),
        events_table=environment("EVENTS_TABLE"),
        cases_table=environment("CASES_TABLE"),
        ledger_table=environment("LEDGER_TABLE"),
        book=book,
    )


def contacts() -> "Contacts":
    """Personal data of cases."""
    from amends.adapters.contacts import DynamoContacts

    return DynamoContacts(_client("dynamodb"), table=environment("CONTACTS_TABLE"), now=now())


@cache
def evidence() -> "Evidence":
    """Files of cases."""
    from amends.adapters.evidence import S3Evidence

    return S3Evidence(_client("s3"), bucket=environment("EVIDENCE_BUCKET"))


def formats() -> "Formats":
    """How each language writes dates and money."""
    from amends.adapters.locale import BabelFormats

    return BabelFormats()


def typeset(paper: "Paper") -> bytes:
    """A paper as PDF."""
    from amends.adapters.typesetting import typeset as made

    return made(paper)


def inspector() -> "Inspector":
    """Who looks into evidence; a virus scanner only where the settings name one."""
    from amends.adapters.inspecting import Inspector as Look

    scanner = settings().get("scanner")
    return Look(scanner=(scanner["host"], int(scanner["port"])) if scanner else None)


@cache
def mail() -> "S3Mail":
    """Mail as it came in."""
    from amends.adapters.mail_bucket import S3Mail

    return S3Mail(_client("s3"), bucket=environment("MAIL_BUCKET"))


def mailroom(at: Occasion) -> "Mailroom":
    """What taking mail in needs."""
    from amends.domain.case import conversing
    from amends.domain.case.talking_state import Voice
    from amends.domain.people.inbound import MailHouse
    from amends.service import mail_address
    from amends.service.amend import amend
    from amends.service.mail import Mailroom

    key = secrets().of("tokens")["key"].encode()

    def post(
        case_id: str, message_id: str, words: Mapping[str, object], files: tuple[str, ...]
    ) -> None:
        contacts().put(f"{case_id}#{message_id}", "words", {**words, "at": at.at.isoformat()})
        amend(
            cases(),
            case_id,
            at,
            lambda case: conversing.post(
                case, message_id, Voice.CLAIMANT, channel="email", evidence=files
            ),
        )

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
        post=post,
        bounced=bounced,
    )


@cache
def idempotency() -> "Idempotency":
    """First answers."""
    from amends.adapters.idempotency import DynamoIdempotency

    return DynamoIdempotency(_client("dynamodb"), table=environment("IDEMPOTENCY_TABLE"))


@cache
def tracking_queue() -> "Queue":
    """Parcels to ask about."""
    return _queue("TRACKING_QUEUE_URL")


@cache
def payout_queue() -> "Queue":
    """Payouts to send or ask about."""
    return _queue("PAYOUT_QUEUE_URL")


@cache
def delivery_queue() -> "Queue":
    """Messages and webhooks to send."""
    return _queue("DELIVERY_QUEUE_URL")


def settling() -> "Settling":
    """What the next step of a case may need."""
    from amends.service.beyond import Beyond, reach
    from amends.service.settling import Settling
    from amends.service.verifying import on_file

    return Settling(
        rates=lambda: _rates(now().strftime("%Y-%m-%dT%H")),
        survey_after=survey_delay(),
        payouts=payout_queue(),
        scans=scans_of,
        on_file=lambda case: on_file(case, shipments_of(case)),
        reach=lambda case, occasion: reach(
            case, Beyond(cases=cases(), contacts=contacts(), watch=watch_case), occasion
        ),
        tariff=lambda case: settings().get("tariffs", {}).get(case.merchant),
    )


def scans_of(case: "Case") -> "list[Scan]":
    """Every scan of the case's parcel that a channel has told, by any identity of the number."""
    return [event.scan for shipment in shipments_of(case) for event in shipment.state.events]


def shipments_of(case: "Case") -> "list[Shipment]":
    """Every parcel on file under the case's number."""
    from amends.adapters.shipments import DynamoShipments

    shipments = DynamoShipments(
        _client("dynamodb"),
        table=environment("SHIPMENTS_TABLE"),
        due_table=environment("DUE_TABLE"),
    )
    found = [shipments.get(name) for name in shipments.under(case.report.shipment.tracking_number)]
    return [shipment for shipment in found if shipment is not None]


def treasury() -> "Treasury":
    """What paying needs."""
    from amends.service.rail_desk import Treasury

    return Treasury(
        contacts=contacts(),
        secrets=secrets(),
        settings=settings,
        http=http(),
        records=money_records(),
    )


def rails_with_books() -> list[str]:
    """The rails of this stack whose statements are reconciled."""
    from amends.service.reconciling import rails_with_books

    return rails_with_books(treasury())


@cache
def _rates(_hour: str) -> "RateTable":
    """Exchange rates, read anew each hour."""
    from amends.service.rates import with_feed

    return with_feed(settings().get("rates", {}), money_records(), now().date())


@cache
def money_records() -> "MoneyRecords":
    """Limits used, statements, rates, switches, differences."""
    from amends.adapters.money_records import DynamoMoneyRecords

    return DynamoMoneyRecords(_client("dynamodb"), table=environment("MONEY_TABLE"))


@cache
def ledger() -> "LedgerReader":
    """The ledger, to read."""
    from amends.adapters.money_records import DynamoLedger

    return DynamoLedger(_client("dynamodb"), table=environment("LEDGER_TABLE"))


def post() -> "Post":
    """What sending needs."""
    from amends.adapters.locale import BabelFormats
    from amends.domain.people.rendering import House, Renderer
    from amends.service.addressing import reply_address
    from amends.service.writing import Post

    sender = environment("SENDER_ADDRESS")
    return Post(
        postings=postings(),
        directory=directory(),
        messenger=messenger(),
        renderer=Renderer(house=House(name="Amends", contact=sender), formats=BabelFormats()),
        links=links,
        reply_to=lambda case_id: reply_address(sender, case_id, token_key()),
        unsubscribe=unsubscribe_link,
    )


@cache
def messenger() -> "Messenger":
    """The ways out; its clients never try twice by themselves, for a try may have worked."""
    from amends.adapters.ways import AwsMessenger

    return AwsMessenger(
        ses=_client("ses", 1),
        sns=_client("sns", 1),
        sender=environment("SENDER_ADDRESS"),
        sender_name="Amends",
        configuration_set=environment("MAIL_CONFIGURATION_SET"),
    )


@cache
def postings() -> "Postings":
    """Messages on their way."""
    from amends.adapters.postings import DynamoPostings

    return DynamoPostings(_client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def worklist() -> "Worklist":
    """What staff owe."""
    from amends.adapters.postings import DynamoWorklist

    return DynamoWorklist(_client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def opinions() -> "Opinions":
    """Claimants' answers, as they are counted."""
    from amends.adapters.opinions import DynamoOpinions

    return DynamoOpinions(_client("dynamodb"), table=environment("DELIVERIES_TABLE"))


@cache
def hooks() -> "Hooks":
    """Merchants' webhooks."""
    from amends.adapters.hooks import DynamoHooks

    return DynamoHooks(_client("dynamodb"), table=environment("DELIVERIES_TABLE"))


def herald() -> "Herald":
    """What telling merchants needs."""
    from amends.adapters.webhooks import WebhookPost, addresses_of
    from amends.service.announcing import Herald

    attempt = WebhookPost(send=http(), resolve=addresses_of, is_local=is_local())
    return Herald(hooks=hooks(), queue=delivery_queue(), attempt=attempt)


def is_local() -> bool:
    """Whether this is the emulator, where a webhook may go to the loopback."""
    return urlsplit(environment("PUBLIC_URL")).hostname in ("127.0.0.1", "localhost")


def informing() -> "Informing":
    """What telling everybody about an event needs."""
    from amends.service.informing import Informing

    return Informing(
        post=post(),
        work=worklist(),
        opinions=opinions(),
        herald=herald(),
        queue=delivery_queue(),
    )


def directory() -> "Directory":
    """Where readers are looked up."""
    from amends.service.readers import Directory

    return Directory(
        contacts=contacts(),
        is_suppressed=postings().is_suppressed,
        zone=settings().get("zone", "Asia/Shanghai"),
        staff=settings().get("staff_mail"),
    )


def unsubscribe_link(message: "Message") -> str | None:
    """One click stops messages of this kind; those that carry a right or money have none."""
    from amends.service.addressing import unsubscribe_token
    from amends.service.writing import template_of

    if not template_of(message.code).is_dispensable:
        return None
    token = unsubscribe_token(message.case_id, message.code, token_key())
    return f"{environment('PUBLIC_URL')}/v1/unsubscribe/{token}"


def token_key() -> bytes:
    """What every token and link of ours is derived from."""
    return secrets().of("tokens")["key"].encode()


def watch_case(case: "Case") -> None:
    """Have the case's parcel asked about at once."""
    from amends.domain.parcel.shipment import Wanted
    from amends.service.watching import watch

    parcel, leg = case.report.shipment, case.recovering
    is_leg = leg.leg_since is not None
    if not parcel.is_numbered:
        return  # a draft: there is no number to ask about yet
    wanted = Wanted(
        number=case.number,
        carrier=leg.leg_carrier if is_leg else parcel.carrier,
        shipped_on=leg.leg_since.date() if leg.leg_since else parcel.shipped_on,
        origin_country=parcel.origin_country,
        destination_country=parcel.destination_country,
        destination_postal_code=parcel.destination_postal_code,
        service=parcel.service,
    )
    watch(tracker(), wanted, occasion(by="report_intake", because=case.id))


def links(case: "Case") -> "Links":
    """Where readers go; the token rides in the fragment, which no server logs."""
    from amends.service.reporting import token_of
    from amends.service.summing import Links

    token = token_of(case.id, token_key())
    origin = environment("ALLOWED_ORIGIN")
    page = f"{origin}/cases/{case.id}"
    return Links(
        case=f"{page}#token={token}",
        survey=f"{page}/feedback#token={token}",
        desk=f"{origin}/desk/cases/{case.id}",
        reply=f"{origin}/found/{case.id}",
        cases=f"{origin}/cases",
    )


@cache
def secrets() -> "Secrets":
    """Secrets by account."""
    from amends.adapters.secrets import SsmSecrets

    return SsmSecrets(_client("ssm"), prefix=environment("SECRETS_PREFIX"))


@cache
def settings() -> Mapping[str, Any]:
    """Base URLs of channels and rails, and account names."""
    from amends.adapters.secrets import read_settings

    return read_settings(_client("ssm"), environment("SETTINGS_PARAMETER"))


def http() -> "Http":
    """The way out to third parties."""
    from amends.adapters.http import send

    return send


@cache
def tracker() -> "Tracker":
    """What the use cases of tracking work with."""
    from amends.adapters.channel_budget import DynamoGates
    from amends.adapters.shipments import DynamoShipments
    from amends.adapters.watches import DynamoWatches
    from amends.service.asking import Channels
    from amends.service.tracker import Tracker

    table = environment("SHIPMENTS_TABLE")
    dynamodb = _client("dynamodb")
    return Tracker(
        shipments=DynamoShipments(dynamodb, table=table, due_table=environment("DUE_TABLE")),
        watches=DynamoWatches(dynamodb, table=table),
        channels=Channels(
            settings=settings(),
            secrets=secrets(),
            http=http(),
            gates=DynamoGates(dynamodb, table=table),
            tokens={},
            now=now,
        ),
        queue=tracking_queue(),
        cases=cases(),
        news=shipment_news,
    )


def shipment_news(shipment: "Shipment", about: Occasion) -> None:
    """Merchants who watch the parcel hear of it."""
    from amends.service.shipment_news import tell_watchers

    tell_watchers(herald(), tracker().watches, shipment, about)


def survey_delay() -> timedelta:
    """From settlement to the satisfaction question."""
    return timedelta(seconds=int(environment("SURVEY_DELAY_SECONDS")))


@cache
def _client(service: str, attempts: int = 3) -> Any:
    from amends.adapters.aws import client

    return client(service, attempts=attempts)


def _queue(variable: str) -> "Queue":
    from amends.adapters.queue import SqsQueue

    return SqsQueue(_client("sqs"), url=environment(variable))
