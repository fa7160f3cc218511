"""What the store of strange codes keeps: the fake, and DynamoDB's table."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from amends.adapters.strange_codes import DynamoStrangeCodes
from amends.domain.parcel.unmapped import Unmapped
from amends.ports.tracking import StrangeCodes
from tests.support.engines import in_moto
from tests.support.tables import make_table
from tests.support.tracking_fakes import MemoryStrangeCodes

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture(params=["memory", "moto"])
def strange(request: pytest.FixtureRequest) -> Iterator[StrangeCodes]:
    if request.param == "memory":
        yield MemoryStrangeCodes()
        return
    with in_moto() as client:
        table = make_table(client, "ShipmentsTable", "strange-codes")
        yield DynamoStrangeCodes(client, table=table)


def test_a_strange_code_is_counted_and_keeps_its_first_time_and_its_last_sample(
    strange: StrangeCodes,
) -> None:
    def seen(minute: int, code: str = "EZZ", text: str = "x") -> None:
        at = AT + minute * MINUTE
        strange.note(
            Unmapped(
                channel="upu",
                code=code,
                count=1,
                first_seen_at=at,
                last_seen_at=at,
                number=f"N{minute}",
                text=text,
            )
        )

    seen(0)
    seen(5, text="空运")
    seen(2, code="EYY")

    found = {one.code: one for one in strange.all()}
    assert set(found) == {"EZZ", "EYY"}
    assert (found["EZZ"].count, found["EZZ"].number, found["EZZ"].text) == (2, "N5", "空运")
    assert (found["EZZ"].first_seen_at, found["EZZ"].last_seen_at) == (AT, AT + 5 * MINUTE)
