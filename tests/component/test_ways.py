"""Messages leave through SES and SNS, and every failure is told apart by what may have happened."""

import json
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import TYPE_CHECKING, Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError, ReadTimeoutError
from moto import mock_aws
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.ses.models import ses_backends
from moto.sns.models import sns_backends

from amends.adapters.letter import raw_mail
from amends.adapters.ways import AwsMessenger
from amends.domain.people.delivery import Outcome
from amends.domain.people.inbound import MailHouse, parse
from amends.domain.people.mail_feedback import MailFeedback, feedback_of
from amends.ports import Unsent

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sns import SNSClient

KEY = "msg_" + "a" * 26
CASE = "case_" + "0" * 26
REGION = "us-east-1"


@pytest.fixture
def ses() -> Iterator["SESClient"]:
    with mock_aws():
        client = boto3.client("ses", region_name=REGION, config=_patience())
        client.create_configuration_set(ConfigurationSet={"Name": "mail"})
        client.verify_email_identity(EmailAddress="case@amends.example")
        yield client


@pytest.fixture
def sns(ses: "SESClient") -> "SNSClient":
    client: SNSClient = boto3.client("sns", region_name=REGION, config=_patience())
    return client


@pytest.fixture
def messenger(ses: "SESClient", sns: "SNSClient") -> AwsMessenger:
    return AwsMessenger(
        ses=ses,
        sns=sns,
        sender="case@amends.example",
        sender_name="Amends 客服",
        configuration_set="mail",
    )


def reported(outcome: Outcome, *suppress: str) -> MailFeedback:
    return MailFeedback(key=KEY, case_id=CASE, outcome=outcome, suppress=suppress)


def send(messenger: AwsMessenger, to: str = "erika@example.org") -> str:
    return messenger.send_email(
        key=KEY,
        case_id=CASE,
        to=to,
        subject="包裹\r\nBcc: x@y.example",
        text="您好",
        html="<p>您好</p>",
        reply_to="case+k3v9x2m8q1w7@amends.example",
        unsubscribe="https://amends.example/u",
    )


def test_an_email_holds_text_and_html_its_key_and_the_mark_of_a_machine(
    messenger: AwsMessenger,
) -> None:
    assert send(messenger)

    raw = ses_backends[DEFAULT_ACCOUNT_ID][REGION].sent_messages[0].raw_data
    mail = message_from_bytes(raw.encode() if isinstance(raw, str) else raw, policy=policy.default)
    assert mail["Message-ID"] == f"<{KEY}@amends.example>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Reply-To"] == "case+k3v9x2m8q1w7@amends.example"
    assert mail["Bcc"] is None
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert str(mail["From"]) == "Amends 客服 <case@amends.example>"


def test_our_own_mail_is_known_as_a_machines_when_it_comes_back() -> None:
    raw = raw_mail(
        key=KEY,
        case_id=CASE,
        sender="case@amends.example",
        sender_name="Amends",
        to="a@example.org",
        subject="x",
        text="t",
        html="h",
        reply_to=None,
        unsubscribe=None,
    )
    seen = parse(raw, MailHouse(domain="amends.example"))

    assert seen.is_auto_reply
    assert seen.is_from_us


@pytest.mark.parametrize("to", ["nobody", "", "a@b@c", "x@y.example\r\nBcc: z@y.example"])
def test_an_address_that_is_none_is_refused_before_anything_is_sent(
    messenger: AwsMessenger, to: str
) -> None:
    with pytest.raises(Unsent) as caught:
        send(messenger, to)

    assert caught.value.outcome is Outcome.REFUSED


def test_an_sms_and_a_push_are_published(messenger: AwsMessenger, sns: "SNSClient") -> None:
    application = sns.create_platform_application(Name="app", Platform="GCM", Attributes={})
    endpoint = sns.create_platform_endpoint(
        PlatformApplicationArn=application["PlatformApplicationArn"], Token="device"
    )["EndpointArn"]

    assert messenger.send_sms(to="+8613800138000", short="案件有新进展")
    assert messenger.send_push(endpoint_arn=endpoint, key=KEY, subject="Case", short="News")

    backend = sns_backends[DEFAULT_ACCOUNT_ID][REGION]
    assert [text for _, text in backend.sms_messages.values()] == ["案件有新进展"]
    pushed = next(iter(backend.platform_endpoints.values())).messages
    document = json.loads(next(iter(pushed.values())))
    assert json.loads(document["GCM"])["data"] == {"key": KEY}


def test_a_closed_endpoint_is_refused(messenger: AwsMessenger, sns: "SNSClient") -> None:
    application = sns.create_platform_application(Name="app", Platform="GCM", Attributes={})
    endpoint = sns.create_platform_endpoint(
        PlatformApplicationArn=application["PlatformApplicationArn"],
        Token="device",
        Attributes={"Enabled": "false"},
    )["EndpointArn"]

    with pytest.raises(Unsent) as caught:
        messenger.send_push(endpoint_arn=endpoint, key=KEY, subject="Case", short="News")
    assert caught.value.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("status", "code", "outcome"),
    [
        (400, "Throttling", Outcome.BUSY),
        (503, "ServiceUnavailable", Outcome.BUSY),
        (400, "MessageRejected", Outcome.REFUSED),
        (500, "InternalFailure", Outcome.UNKNOWN),
    ],
)
def test_an_error_is_told_apart_by_what_may_have_happened(
    messenger: AwsMessenger, ses: "SESClient", status: int, code: str, outcome: Outcome
) -> None:
    def fail(**_: Any) -> None:
        metadata: Any = {"HTTPStatusCode": status}
        raise ClientError({"Error": {"Code": code}, "ResponseMetadata": metadata}, "SendRawEmail")

    ses.meta.events.register("before-call.ses.SendRawEmail", fail)
    with pytest.raises(Unsent) as caught:
        send(messenger)

    assert caught.value.outcome is outcome


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (EndpointConnectionError(endpoint_url="https://ses"), Outcome.BUSY),
        (ReadTimeoutError(endpoint_url="https://ses"), Outcome.UNKNOWN),
    ],
)
def test_a_broken_connection_is_told_apart_by_whether_it_was_made(
    messenger: AwsMessenger, ses: "SESClient", error: Exception, outcome: Outcome
) -> None:
    def fail(**_: Any) -> None:
        raise error

    ses.meta.events.register("before-call.ses.SendRawEmail", fail)
    with pytest.raises(Unsent) as caught:
        send(messenger)

    assert caught.value.outcome is outcome


@pytest.mark.parametrize(
    ("notice", "feedback"),
    [
        ({"eventType": "Delivery"}, reported(Outcome.DELIVERED)),
        (
            {
                "eventType": "Bounce",
                "bounce": {
                    "bounceType": "Permanent",
                    "bouncedRecipients": [{"emailAddress": "Erika@Example.org"}],
                },
            },
            reported(Outcome.BOUNCED, "erika@example.org"),
        ),
        (
            {
                "notificationType": "Bounce",
                "bounce": {
                    "bounceType": "Transient",
                    "bouncedRecipients": [{"emailAddress": "erika@example.org"}],
                },
            },
            reported(Outcome.BOUNCED),
        ),
        (
            {
                "eventType": "Complaint",
                "complaint": {"complainedRecipients": [{"emailAddress": "erika@example.org"}]},
            },
            reported(Outcome.COMPLAINED, "erika@example.org"),
        ),
        ({"eventType": "Reject"}, reported(Outcome.REFUSED)),
        ({"eventType": "Open"}, None),
    ],
)
def test_what_ses_reports_is_understood(
    notice: dict[str, object], feedback: MailFeedback | None
) -> None:
    header = {"name": "X-Amends-Message", "value": f"<{KEY}@amends.example>"}

    case = {"name": "X-Amends-Case", "value": CASE}
    tags = {"message_key": [KEY], "case_id": [CASE]}

    assert feedback_of({**notice, "mail": {"tags": tags}}) == feedback
    assert feedback_of({**notice, "mail": {"headers": [header, case]}}) == feedback
    assert feedback_of({**notice, "mail": {}}) is None


def _patience() -> Config:
    return Config(retries={"total_max_attempts": 1})
