"""Pages of a list whose rows are all at hand."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amends.domain.refusal import Invalid
from amends.web.call import Call, call_of
from amends.web.paging import page_of
from tests.support.arriving import request_of


def asked(**query: str) -> Call:
    return call_of({**request_of("GET", "/rows", {}, number=1), "queryStringParameters": query})


def page(rows: list[str], **query: str) -> dict[str, object]:
    return page_of(asked(**query), rows, place=str, show=str.upper)


@given(st.lists(st.text("abc", min_size=1, max_size=3), unique=True, max_size=30))
def test_the_pages_of_a_list_are_the_list_in_its_order(rows: list[str]) -> None:
    seen: list[object] = []
    cursor: dict[str, str] = {}
    while True:
        told = page(rows, limit="4", **cursor)
        seen += list(json.loads(json.dumps(told["data"])))
        if not told["has_more"]:
            break
        cursor = {"cursor": str(told["next_cursor"])}
    assert seen == [row.upper() for row in sorted(rows)]
    assert told["next_cursor"] is None


def test_a_row_that_goes_meanwhile_keeps_none_of_the_others_from_its_page() -> None:
    first = page(["a", "b", "c"], limit="2")

    assert page(["a", "c"], cursor=str(first["next_cursor"]))["data"] == ["C"]


@pytest.mark.parametrize("limit", ["0", "101", "many"])
def test_a_page_has_at_least_one_row_and_at_most_a_hundred(limit: str) -> None:
    with pytest.raises(Invalid):
        page(["a"], limit=limit)
