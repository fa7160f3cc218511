"""Models: what the follow-up's requests may say."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from amends.domain.case.state.talking import NoReply
from amends.domain.people.message import Way
from amends.web.bodies import Body, Long, Short

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Texts = Annotated[list[Short], Field(max_length=20)]
Ids = Annotated[list[Annotated[str, Field(pattern=r"^evd_[0-9a-z]{26}$")]], Field(max_length=20)]


class MagicLinkBody(Body):
    """`POST /v1/magic-links`."""

    reference: Short
    """A case id or a tracking number."""
    contact: Short
    """The e-mail address or telephone number that the report named."""


class LinkBody(Body):
    """`POST /v1/cases/{id}/token`."""

    link: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class FeedbackBody(Body):
    """`POST /v1/cases/{id}/feedback`."""

    score: Annotated[int, Field(strict=True, ge=1, le=5)]
    comment: Long | None = None
    resolved: Annotated[bool, Field(strict=True)]


class MessageBody(Body):
    """`POST /v1/cases/{id}/messages`."""

    text: Long
    evidence: Ids = []


class StaffMessageBody(MessageBody):
    """`POST /v1/staff/cases/{id}/messages`."""

    is_internal: Annotated[bool, Field(strict=True)] = False


class SetAsideBody(Body):
    """`POST /v1/staff/cases/{id}/messages/set-aside`."""

    because: NoReply


class SummaryBody(Body):
    """`POST /v1/staff/cases/{id}/messages/summary`."""

    understood: Annotated[Texts, Field(min_length=1)]
    wishes: Short | None = None


class ApologyBody(Body):
    """`POST /v1/staff/cases/{id}/messages/apology`."""

    what_happened: Short
    measures: Annotated[Texts, Field(min_length=1)]


class ConfirmBody(Body):
    """`POST /v1/cases/{id}/messages/summary`."""

    agreed: Annotated[bool, Field(strict=True)]
    correction: Long | None = None


class PreferencesBody(Body):
    """`PUT /v1/cases/{id}/preferences`; what is left out stays as it is."""

    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] | None = None
    zone: Annotated[str, Field(max_length=60)] | None = None
    ways: Annotated[list[Way], Field(max_length=5)] | None = None
    opted_out: Annotated[list[Way], Field(max_length=5)] | None = None
    muted: (
        Annotated[list[Literal["progress_report", "reminder", "survey", "thanks"]], Field()] | None
    ) = None
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None
    push_endpoint: Annotated[str, Field(pattern=r"^arn:[A-Za-z0-9_:/+=,.@-]{10,300}$")] | None = (
        None
    )


class ReadBody(Body):
    """`POST /v1/cases/{id}/messages/read`."""

    ids: Annotated[
        list[Annotated[str, Field(pattern=r"^msg_[0-9a-z]{26}$")]],
        Field(min_length=1, max_length=100),
    ]


class CallPlanBody(Body):
    """`POST /v1/staff/cases/{id}/messages/calls`."""

    because: Literal["asked", "explain", "follow_up"]


class CallResultBody(Body):
    """`POST /v1/staff/work/calls/{call_id}`."""

    case_id: Annotated[str, Field(pattern=r"^case_[0-9a-z]{26}$")]
    reached: Annotated[bool, Field(strict=True)]
    note: Long | None = None
    feedback: FeedbackBody | None = None
    """What they said of how it was, where the call asked for it or they told."""

    @model_validator(mode="after")
    def _was_said(self) -> "CallResultBody":
        if self.feedback is not None and not self.reached:
            raise ValueError("who was not reached has not said how it was")
        return self


class LetterBody(Body):
    """`POST /v1/staff/work/letters/{key}`."""

    case_id: Annotated[str, Field(pattern=r"^case_[0-9a-z]{26}$")]


class EndpointBody(Body):
    """`POST /v1/webhooks`."""

    url: Annotated[str, Field(min_length=8, max_length=2048)]
    types: Annotated[list[Short], Field(max_length=20)] = []


class EndpointChangeBody(Body):
    """`PATCH /v1/webhooks/{id}`; what is left out stays as it is."""

    url: Annotated[str, Field(min_length=8, max_length=2048)] | None = None
    types: Annotated[list[Short], Field(max_length=20)] | None = None
    is_paused: Annotated[bool, Field(strict=True)] | None = None
