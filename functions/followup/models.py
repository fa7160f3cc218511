"""Models: what the follow-up's requests may say."""

from typing import Annotated

from pydantic import Field

from amends.web.bodies import Body, Long


class FeedbackBody(Body):
    """`POST /v1/cases/{id}/feedback`."""

    score: Annotated[int, Field(strict=True, ge=1, le=5)]
    comment: Long | None = None
    resolved: Annotated[bool, Field(strict=True)]
