"""Actions that policies know: SQS has none for its batches, which need what a single call needs."""

import functools
from types import ModuleType

_SINGLE = {
    "sqs:SendMessageBatch": "sqs:SendMessage",
    "sqs:DeleteMessageBatch": "sqs:DeleteMessage",
    "sqs:ChangeMessageVisibilityBatch": "sqs:ChangeMessageVisibility",
}


def as_policies_name_them(actions: ModuleType) -> None:
    """Authorise a batch as AWS does: by the action of one message."""
    extract = actions.extract_iam_action

    @functools.wraps(extract)
    def named(*request: object) -> str | None:
        action: str | None = extract(*request)
        return _SINGLE.get(action, action) if action else action

    vars(actions)["extract_iam_action"] = named
