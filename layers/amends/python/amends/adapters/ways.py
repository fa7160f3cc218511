"""The ways out: e-mail through SES, SMS and mobile push through SNS.

The clients must not retry by themselves (`total_max_attempts` 1): a mail whose answer was lost may
have been sent, and botocore would send it again.
"""

import json
from collections.abc import Callable
from email.errors import MessageError
from typing import TYPE_CHECKING

from amends.adapters.letter import raw_mail
from amends.domain.people.delivery import Outcome
from amends.domain.people.mail_feedback import CASE_TAG, KEY_TAG
from amends.ports import Unsent

if TYPE_CHECKING:
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sns import SNSClient

_BUSY = frozenset(
    "Throttling ThrottlingException Throttled TooManyRequestsException ServiceUnavailable "
    "ServiceUnavailableException AccountSendingPausedException "
    "ConfigurationSetSendingPausedException LimitExceededException "
    # a role that lacks a permission is mended by its operator while the message waits
    "AuthorizationError AuthorizationErrorException AccessDenied AccessDeniedException".split()
)
_REFUSED = frozenset(
    "MessageRejected InvalidParameterValue InvalidParameter InvalidParameterException "
    "ParameterValueInvalid EndpointDisabled OptedOut OptedOutException "
    "PlatformApplicationDisabled NotFound InvalidEndpoint".split()
)


class AwsMessenger:
    """Sends one message by one way; returns the provider's id or raises `Unsent`."""

    def __init__(
        self,
        *,
        ses: "SESClient",
        sns: "SNSClient",
        sender: str,
        sender_name: str,
        configuration_set: str,
    ) -> None:
        self._ses = ses
        self._sns = sns
        self._sender = sender
        self._sender_name = sender_name
        self._configuration_set = configuration_set

    def send_email(
        self,
        *,
        key: str,
        case_id: str,
        to: str,
        subject: str,
        text: str,
        html: str,
        reply_to: str | None = None,
        unsubscribe: str | None = None,
    ) -> str:
        """Send by e-mail; `reply_to` is the case's own address, `unsubscribe` an https link."""
        try:
            raw = raw_mail(
                key=key,
                case_id=case_id,
                sender=self._sender,
                sender_name=self._sender_name,
                to=to,
                subject=subject,
                text=text,
                html=html,
                reply_to=reply_to,
                unsubscribe=unsubscribe,
            )
        except (ValueError, MessageError, IndexError) as error:
            raise Unsent(Outcome.REFUSED, "the address is none") from error
        return _sent(
            lambda: self._ses.send_raw_email(
                Source=self._sender,
                Destinations=[to],
                RawMessage={"Data": raw},
                Tags=[
                    {"Name": KEY_TAG, "Value": key},
                    {"Name": CASE_TAG, "Value": case_id},
                ],
                ConfigurationSetName=self._configuration_set,
            )["MessageId"]
        )

    def send_sms(self, *, to: str, short: str) -> str:
        """Send by SMS to an E.164 number, as transactional traffic."""
        return _sent(
            lambda: self._sns.publish(
                PhoneNumber=to,
                Message=short,
                MessageAttributes={
                    "AWS.SNS.SMS.SMSType": {"DataType": "String", "StringValue": "Transactional"}
                },
            )["MessageId"]
        )

    def send_push(self, *, endpoint_arn: str, key: str, subject: str, short: str) -> str:
        """Send to one device by its SNS platform endpoint; the key lets the app drop a repeat."""
        notification = {"title": subject, "body": short}
        document = {
            "default": short,
            "GCM": _json({"notification": notification, "data": {"key": key}}),
            "APNS": _json({"aps": {"alert": notification}, "key": key}),
        }
        return _sent(
            lambda: self._sns.publish(
                TargetArn=endpoint_arn, Message=_json(document), MessageStructure="json"
            )["MessageId"]
        )


def _json(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))


def _sent(send: Callable[[], str]) -> str:
    """The provider's id; what went wrong is told apart by whether it may have acted.

    A fault of our own set-up (credentials, unverified sender) is no outcome and is raised as it is.
    """
    from botocore.exceptions import (
        ClientError,
        ConnectTimeoutError,
        EndpointConnectionError,
        HTTPClientError,
        ParamValidationError,
    )

    try:
        return send()
    except (EndpointConnectionError, ConnectTimeoutError) as error:
        raise Unsent(Outcome.BUSY, "never connected") from error
    except HTTPClientError as error:
        raise Unsent(Outcome.UNKNOWN, type(error).__name__) from error
    except ParamValidationError as error:
        raise Unsent(Outcome.REFUSED, "not a valid request") from error
    except ClientError as error:
        code = error.response.get("Error", {}).get("Code", "")
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        if code in _BUSY or status == 429:
            raise Unsent(Outcome.BUSY, code) from error
        if code in _REFUSED:
            raise Unsent(Outcome.REFUSED, code) from error
        if status >= 500:
            raise Unsent(Outcome.UNKNOWN, code) from error
        raise
