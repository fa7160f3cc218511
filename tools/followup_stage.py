"""Stage of the follow-ups' benchmark: settled cases that are due."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
from botocore.config import Config

from amends.adapters.contacts import DynamoContacts
from amends.adapters.due_index import DynamoPasses
from amends.adapters.dynamodb import DynamoCases
from amends.adapters.hooks import DynamoHooks
from amends.adapters.locale import BabelFormats
from amends.adapters.opinions import DynamoOpinions
from amends.adapters.pace import DynamoPace
from amends.adapters.postings import DynamoPostings, DynamoWorklist
from amends.adapters.summary import moment, shard_key, shard_of
from amends.domain.case.events import (
    CaseOpened,
    Concluded,
    Event,
    OfferMade,
    PayoutConfirmed,
    SurveyPlanned,
)
from amends.domain.exchange import Response
from amends.domain.occasion import Occasion
from amends.domain.people.posting import PostingState
from amends.domain.people.rendering import House, Renderer
from amends.service.people.announcing import Herald
from amends.service.people.informing import Informing
from amends.service.people.readers import Directory
from amends.service.people.sending import plan
from amends.service.people.summing import Links
from amends.service.people.writing import Post
from amends.service.settling import Settling
from tests.support.event_samples import REPORT, sample
from tests.support.tables import make_case_tables, make_table
from tools.counting_mails import Mails
from tools.poller_stage import Units

SETTLED_AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
AT = SETTLED_AT + timedelta(days=3)
"""A Monday, ten in the morning in China: nobody's quiet hours."""
PAGE = "https://amends.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that a follow-up needs, on the engine's tables."""

    cases: DynamoCases
    passes: DynamoPasses
    post: Post
    informing: Informing
    settling: Settling
    mails: Mails
    units: Units
    whole: int
    last: int
    """The version at which each case's survey is sent."""

    def occasion(self) -> Occasion:
        """The moment at which all are due."""
        return Occasion(at=AT, by="followup", because="bench")

    def is_whole(self, case_id: str) -> bool:
        """Whether the case has a history, or only a row in the index."""
        return int(case_id.removeprefix("case_")) < self.whole

    def failed(self, case_id: str, error: Exception) -> None:
        """Nothing may fail here."""
        raise AssertionError(case_id) from error


def stage(url: str, *, due: int, whole: int, rate: int, queue: Any) -> Stage:
    """Make the tables and so many due cases, the first `whole` of them with their history."""
    client = boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="bench",
        aws_secret_access_key="bench",  # noqa: S106 - an engine on loopback
        config=Config(max_pool_connections=32),
    )
    prefix = f"bench-{time.time_ns():x}"
    names = make_case_tables(client, prefix)
    contacts_table = make_table(client, "ContactsTable", f"{prefix}-contacts")
    table = make_table(client, "DeliveriesTable", f"{prefix}-deliveries")
    cases = DynamoCases(
        client,
        events_table=names.events,
        cases_table=names.cases,
        ledger_table=names.ledger,
        book=lambda _case, _recorded: (),
    )
    contacts = DynamoContacts(client, table=contacts_table, now=AT, key=lambda: b"bench")
    postings, mails = DynamoPostings(client, table=table), Mails()
    pace = DynamoPace(
        client,
        table=table,
        name="mail",
        rate=rate,
        now=lambda: datetime.now(UTC),
        wait=time.sleep,
    )
    post = _post(postings, contacts, mails, pace.turn)
    last = _fill(cases, contacts, post, whole)
    _fill_index(client, names.cases, range(whole, due))
    herald = Herald(
        hooks=DynamoHooks(client, table=table), queue=queue, attempt=lambda *_: Response(status=204)
    )
    return Stage(
        cases=cases,
        passes=DynamoPasses(client, table=table),
        post=post,
        informing=Informing(
            post=post,
            work=DynamoWorklist(client, table=table),
            opinions=DynamoOpinions(client, table=table),
            herald=herald,
            queue=queue,
            learn=lambda _history, _occasion: None,
        ),
        settling=Settling(
            rates=dict,
            survey_after=timedelta(days=3),
            payouts=queue,
            scans=lambda _: [],
            on_file=lambda _: [],
            reach=lambda _case, _occasion: None,
        ),
        mails=mails,
        units=Units(client),
        whole=whole,
        last=last + 1,
    )


def _post(
    postings: DynamoPostings, contacts: DynamoContacts, mails: Mails, turn: Callable[[], bool]
) -> Post:
    return Post(
        postings=postings,
        directory=Directory(
            contacts=contacts,
            is_suppressed=postings.is_suppressed,
            zone="Asia/Shanghai",
            merchants={},
            listens=lambda _merchant: False,
        ),
        messenger=mails,
        turn=lambda _: turn(),
        renderer=Renderer(
            house=House(name="Amends", contact="claims@amends.example"), formats=BabelFormats()
        ),
        links=lambda case: Links(
            case=f"{PAGE}/cases/{case.id}",
            survey=f"{PAGE}/survey/{case.id}",
            summary=f"{PAGE}/summary/{case.id}",
            payment=f"{PAGE}/payment/{case.id}",
            desk=f"{PAGE}/desk/cases/{case.id}",
            reply=f"{PAGE}/found/{case.id}",
            cases=f"{PAGE}/cases",
            access=f"{PAGE}/access/{case.id}",
        ),
        reply_to=lambda _: None,
        unsubscribe=lambda _: f"{PAGE}/stop",
    )


def _fill(cases: DynamoCases, contacts: DynamoContacts, post: Post, count: int) -> int:
    """Settled cases whose survey is due and whose messages so far were sent; their version."""

    def settle(place: int) -> int:
        case_id = f"case_{place:026d}"
        told = {"reporter": {"name": "李娜", "email": f"{place}@example.org"}}
        contacts.put(case_id, "report", told)
        events: list[Event] = [
            CaseOpened(case_id=case_id, report=REPORT, token_hash=case_id, merchant=None),
            sample(Concluded),
            sample(OfferMade),
            sample(PayoutConfirmed),
            SurveyPlanned(survey_id=f"srv_{place:026d}", ask_at=AT),
        ]
        occasion = Occasion(at=SETTLED_AT, by="bench", because="bench")
        version = cases.open(events, occasion).version
        for posting in plan(cases.history(case_id), post, occasion):
            post.postings.save(posting.ended(PostingState.SENT))
        return version

    with ThreadPoolExecutor(8) as crowd:
        return max(crowd.map(settle, range(count)))


def _fill_index(client: Any, table: str, places: range) -> None:
    """Due rows alone, which a sweep cannot tell from those of whole cases."""
    rows: list[Any] = []
    for place in places:
        case_id = f"case_{place:026d}"
        item = {
            "case_id": {"S": case_id},
            "due_shard": {"S": shard_key(shard_of(case_id))},
            "due_at": {"S": moment(AT)},
        }
        rows.append({"PutRequest": {"Item": item}})
        if len(rows) == 25:
            client.batch_write_item(RequestItems={table: rows})
            rows = []
    if rows:
        client.batch_write_item(RequestItems={table: rows})
