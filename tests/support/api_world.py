"""A cloud in memory behind the real handlers, with a case at each turn of its life."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from moto import mock_aws

from amends import runtime
from amends.domain.case.events import Assessed, CaseOpened, Event, TokenIssued
from amends.domain.compensation.facts_form import parse
from amends.service.assessment.quoting import assess
from amends.service.intake.reporting import hash_of, token_of
from tests.support.event_samples import OFFER_ID, SAMPLES, sample
from tests.support.gateway import Gateway
from tests.support.histories import CONCLUDED, OFFERED, PAID, REQUESTED, SURVEYED, occasion
from tests.support.tables import make_table, template
from tests.support.token_house import ISSUER, STAFF_CLIENT, merchant_token, open_house, staff_token
from tests.support.warm import forget

KEY = "k" * 43
REGION = "us-east-1"
MERCHANT = "merchant-1"
STAFF = ("investigator", "supervisor", "adjuster", "finance", "agent")
QUEUES = ("TRACKING_QUEUE_URL", "PAYOUT_QUEUE_URL", "DELIVERY_QUEUE_URL")
PLAIN = {
    "AWS_ACCESS_KEY_ID": "testing",
    "AWS_SECRET_ACCESS_KEY": "testing",
    "AWS_DEFAULT_REGION": REGION,
    "AWS_REGION": REGION,
    "EVIDENCE_BUCKET": "evidence",
    "MAIL_BUCKET": "mail",
    "SENDER_ADDRESS": "cases@amends.example",
    "MAIL_CONFIGURATION_SET": "mail",
    "SURVEY_DELAY_SECONDS": "5",
    "PUBLIC_URL": "https://api.amends.example",
    "ALLOWED_ORIGIN": "https://amends.example",
    "SETTINGS_PARAMETER": "/amends/settings",
    "SECRETS_PREFIX": "/amends/secrets",
}
TURNS: Mapping[str, tuple[str, ...]] = {
    "case_00000000000000000000000open": (),
    "case_0000000000000000000concluded": CONCLUDED[1:],
    "case_00000000000000000000offered": OFFERED[1:],
    "case_000000000000000000requested": REQUESTED[1:],
    "case_00000000000000000000000paid": PAID[1:],
    "case_0000000000000000000surveyed": SURVEYED[1:],
    "case_000000000000000000000closed": (*SURVEYED[1:], "CaseClosed"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiWorld:
    """The API, and the tokens with which it is called."""

    gateway: Gateway
    staff: str
    merchant: str
    offer_id: str = OFFER_ID

    def case_token(self, case_id: str) -> str:
        """The token of a case."""
        return token_of(case_id, KEY.encode())


@contextmanager
def api_world(monkeypatch: pytest.MonkeyPatch) -> Iterator[ApiWorld]:
    """Everything that the handlers need, as long as it is used."""
    for name, value in PLAIN.items():
        monkeypatch.setenv(name, value)
    with mock_aws(), open_house("one") as keys:
        monkeypatch.setenv("TOKEN_ISSUER", ISSUER)
        monkeypatch.setenv("TOKEN_KEYS_URL", keys)
        monkeypatch.setenv("STAFF_CLIENT", STAFF_CLIENT)
        _make(monkeypatch)
        forget()
        _seed()
        merchant = merchant_token(MERCHANT)
        yield ApiWorld(gateway=Gateway(), staff=staff_token("anna", *STAFF), merchant=merchant)
    forget()


def _make(monkeypatch: pytest.MonkeyPatch) -> None:
    database, queues = runtime.client("dynamodb"), runtime.client("sqs")
    for variable, resource in _tables().items():
        monkeypatch.setenv(variable, make_table(database, resource, resource.lower()))
    for variable in QUEUES:
        queue = queues.create_queue(QueueName=variable.lower())
        monkeypatch.setenv(variable, queue["QueueUrl"])
    buckets = runtime.client("s3")
    for name in ("evidence", "mail"):
        buckets.create_bucket(Bucket=name)
    parameters = runtime.client("ssm")
    parameters.put_parameter(Name=PLAIN["SETTINGS_PARAMETER"], Value="{}", Type="String")
    secret = json.dumps({"key": KEY})
    parameters.put_parameter(Name="/amends/secrets/tokens", Value=secret, Type="SecureString")


def _tables() -> Mapping[str, str]:
    """Which variable of the functions names which table, as the template has it."""
    variables = template()["Globals"]["Function"]["Environment"]["Variables"]
    named = {
        name: value["Ref"]
        for name, value in variables.items()
        if isinstance(value, dict) and str(value.get("Ref", "")).endswith("Table")
    }
    return {str(name): str(table) for name, table in named.items()}


def _seed() -> None:
    store = runtime.cases()
    for case_id, names in TURNS.items():
        opened = replace(sample(CaseOpened), case_id=case_id, merchant=MERCHANT)
        token = TokenIssued(token_hash=hash_of(token_of(case_id, KEY.encode())))
        case = store.open([opened, token], occasion())
        if names:
            store.append(case, [_event(name) for name in names], occasion())


def _event(name: str) -> Event:
    """The sample; an assessment is one that the engine has made."""
    return assessed() if name == "Assessed" else SAMPLES[name]


def assessed() -> Assessed:
    """The sample's assessment, worked out by the engine."""
    facts = {
        "event": "lost",
        "extent": "total",
        "item_kind": "registered_small_packet",
        "mode": "post",
        "origin_country": "CN",
        "destination_country": "DE",
        "posted_on": "2026-07-01",
        "inquired_on": "2026-09-10",
        "as_of": "2026-11-20",
        "postage": {"amount": "32.50", "currency": "CNY"},
        "payout_currency": "CNY",
    }
    found = assess(parse(facts))
    return replace(
        sample(Assessed),
        regime=str(found.regime),
        rule_version=str(found.version),
        facts=json.dumps(facts),
        assessment=json.dumps(found.document("en")),
    )
