"""AWS clients: botocore's own, with bounded patience.

`boto3.client` would be the same client behind 0.2 of its own price in imports; the defaults of
either turn a throttle into a function's timeout.
"""

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from botocore.session import Session


def client(service: str, *, attempts: int = 3, patience: float = 2) -> Any:
    """One client, made from the one session; credentials and endpoint come from the environment.

    `attempts` 1 is for what may not happen twice: a try whose answer was lost may have worked.
    `patience` is how many seconds an answer may take.
    """
    from botocore.config import Config

    is_table = service == "dynamodb"
    bounded = Config(
        retries={"total_max_attempts": attempts, "mode": "standard"},
        connect_timeout=1,
        read_timeout=patience,
        # what we say to a table is typed, and the table checks it: a seventh of a call's price
        parameter_validation=not is_table,
        # or a presigned link would be signed the old way, which new regions refuse
        signature_version="s3v4" if service == "s3" else None,
        # or it would name the worldwide address, which sends callers of a young bucket elsewhere,
        # under a name that was not signed
        s3={"addressing_style": "virtual"} if service == "s3" else None,
    )
    return _session().create_client(service, config=bounded)


@cache
def _session() -> "Session":
    from botocore.session import get_session

    return get_session()
