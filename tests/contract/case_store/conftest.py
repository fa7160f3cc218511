"""A case store on each engine."""

from collections.abc import Iterator

import pytest

from amends.ports import CaseStore
from tests.contract.case_store.shelf import Shelf, on_tables
from tests.support.engines import ENGINES, engine
from tests.support.fakes import MemoryCases


@pytest.fixture(scope="module", params=ENGINES)
def shelf(request: pytest.FixtureRequest) -> Iterator[Shelf]:
    with engine(request) as client:
        yield Shelf(store=MemoryCases()) if client is None else on_tables(client)


@pytest.fixture
def store(shelf: Shelf) -> CaseStore:
    return shelf.store
