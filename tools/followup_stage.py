"""Stage of the follow-ups' benchmark: settled cases that are due."""

import os
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from amends.adapters.aws import client as aws_client
from amends.adapters.contacts import DynamoContacts
from amends.adapters.due_index import DynamoPasses
from amends.adapters.dynamodb import DynamoCases
from amends.adapters.hooks import DynamoHooks
from amends.adapters.locale import BabelFormats
from amends.adapters.opinions import DynamoOpinions
from amends.adapters.pace import DynamoPace
from amends.adapters.postings import DynamoPostings
from amends.adapters.worklist import DynamoWorklist
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
from amends.service.people.planning import plan
from amends.service.people.readers import Directory
from amends.service.people.summing import Links
from amends.service.people.writing import Post
from amends.service.settling import Settling
from tests.support.event_samples import REPORT, sample
from tests.support.tables import make_case_tables, make_table
from tools.counting_mails import Mails
from tools.followup_fill import numbered
from tools.poller_stage import Units

SETTLED_AT = datetime(2026, 11, 20, 2, tzinfo=UTC)
AT = SETTLED_AT + timedelta(days=3)
"""A Monday, ten in the morning in China: nobody's quiet hours."""
Turns = Callable[[int], Sequence[Callable[[], None]]]
PAGE = "https://amends.example"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that a follow-up needs, on the engine's tables."""

    cases: DynamoCases
    contacts: DynamoContacts
    passes: DynamoPasses
    post: Post
    informing: Informing
    settling: Settling
    mails: Mails
    units: Units
    calls: Counter[str]

    def occasion(self, by: str = "followup") -> Occasion:
        """The moment at which all are due."""
        return Occasion(at=AT, by=by, because="bench")

    def failed(self, case_id: str, error: Exception) -> None:
        """Nothing may fail here."""
        raise AssertionError(case_id) from error


def engine(url: str) -> Any:
    """The functions' own client, on the engine at that address."""
    os.environ |= {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "bench",
        "AWS_SECRET_ACCESS_KEY": "bench",  # an engine on loopback
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    return aws_client("dynamodb", patience=60)


def make_tables(client: Any) -> Mapping[str, str]:
    """The tables of the template, under names of their own."""
    prefix = f"bench-{time.time_ns():x}"
    names = make_case_tables(client, prefix)
    return {
        "events": names.events,
        "cases": names.cases,
        "ledger": names.ledger,
        "contacts": make_table(client, "ContactsTable", f"{prefix}-contacts"),
        "deliveries": make_table(client, "DeliveriesTable", f"{prefix}-deliveries"),
    }


def stage(client: Any, tables: Mapping[str, str], *, rate: int, queue: Any) -> Stage:
    """What one worker needs; `queue` takes what is to be sent."""
    table = tables["deliveries"]
    cases = DynamoCases(
        client,
        events_table=tables["events"],
        cases_table=tables["cases"],
        ledger_table=tables["ledger"],
        book=lambda _case, _recorded: (),
    )
    contacts = DynamoContacts(client, table=tables["contacts"], now=AT, key=lambda: b"bench")
    postings, mails = DynamoPostings(client, table=table), Mails()
    pace = DynamoPace(
        client,
        table=table,
        name="mail",
        rate=rate,
        now=lambda: datetime.now(UTC),
        wait=time.sleep,
    )
    post = _post(postings, contacts, mails, pace.turns)
    herald = Herald(
        hooks=DynamoHooks(client, table=table),
        queue=queue,
        attempt=lambda *_: Response(status=204),
        warn=lambda *_: None,
    )
    return Stage(
        cases=cases,
        contacts=contacts,
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
        calls=counted(client),
    )


def counted(client: Any) -> Counter[str]:
    """Every call of a table, by what it asks for."""
    calls: Counter[str] = Counter()

    def count(model: Any, **_: object) -> None:
        calls[model.name] += 1

    client.meta.events.register("after-call.dynamodb.*", count)
    return calls


def settle(world: Stage, place: int) -> int:
    """A settled case whose survey is due and whose messages so far were sent; its version."""
    case_id = numbered(place)
    told = {"reporter": {"name": "李娜", "email": f"{place}@example.org"}}
    world.contacts.put(case_id, "report", told)
    events: list[Event] = [
        CaseOpened(case_id=case_id, report=REPORT, token_hash=case_id, merchant=None),
        sample(Concluded),
        sample(OfferMade),
        sample(PayoutConfirmed),
        SurveyPlanned(survey_id=f"srv_{place:026d}", ask_at=AT),
    ]
    occasion = Occasion(at=SETTLED_AT, by="bench", because="bench")
    version = world.cases.open(events, occasion).version
    for posting in plan([world.cases.history(case_id)], world.post, occasion):
        world.post.postings.save(posting.ended(PostingState.SENT))
    return version


def _post(postings: DynamoPostings, contacts: DynamoContacts, mails: Mails, turns: Turns) -> Post:
    return Post(
        postings=postings,
        directory=Directory(
            contacts=contacts,
            suppressed=postings.suppressed,
            zone="Asia/Shanghai",
            merchants={},
            listens=lambda _merchant: False,
        ),
        messenger=mails,
        turns=lambda _, count: turns(count),
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
