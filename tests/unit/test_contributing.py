"""What CONTRIBUTING shows as an example works as it stands there."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, cast

import pytest

from amends.catalog import codes, plugin
from amends.domain.case.events import Concluded
from amends.domain.case.vocabulary import Kind
from amends.domain.compensation.facts_form import parse
from amends.domain.exchange import Request, Response, Trouble, converse
from amends.domain.money import Money
from amends.domain.payment.outcome import OutcomeKind
from amends.domain.payment.rail import Account, Instruction
from amends.service.assessment.quoting import assess
from tests.contract import test_channels as promises
from tests.support.investigation_reports import report_of
from tests.support.investigation_world import World

if TYPE_CHECKING:
    from amends.domain.case.incident import Incident
    from amends.domain.compensation.regime import Regime
    from amends.domain.parcel.channel import Channel
    from amends.domain.payment.rail import Rail

TEXT = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = {
    match[2]: match[1]
    for match in re.finditer(r"```python\n(.*?  # catalog/(\S+)\.py\n.*?)```", TEXT, re.DOTALL)
}
AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shelves, with the examples on them."""
    before = set(sys.modules)
    for place, code in BLOCKS.items():
        file = tmp_path / f"{place}.py"
        file.parent.mkdir(exist_ok=True)
        file.write_text(code, "utf-8")
        package = sys.modules.get(f"amends.catalog.{file.parent.name}") or _shelf(file.parent.name)
        paths = [*package.__path__, str(file.parent)]
        monkeypatch.setattr(package, "__path__", paths)
    codes.cache_clear()
    yield tmp_path
    codes.cache_clear()
    for name in set(sys.modules) - before:
        if name.removeprefix("amends.catalog.").replace(".", "/") in BLOCKS:
            del sys.modules[name]


def _shelf(name: str) -> ModuleType:
    codes(name)
    return sys.modules[f"amends.catalog.{name}"]


def test_there_is_an_example_for_every_shelf_of_plug_ins() -> None:
    places = {"incidents/soaked", "channels/acme", "regimes/acme_post", "rails/gift_card"}
    assert set(BLOCKS) == places
    for place in places:
        assert place.rpartition("/")[2] not in codes(place.partition("/")[0])


@pytest.mark.usefixtures("shelf")
def test_the_channel_keeps_the_shelfs_promises() -> None:
    channel = cast("Channel", plugin("channels", "acme"))
    assert "acme" in codes("channels")

    promises.test_a_channel_defines_what_the_contract_names(channel)
    promises.test_no_secret_stands_in_a_url(channel)
    promises.test_registering_tells_of_every_number_and_survives_any_answer(channel)
    for body in (b"", b"{}", b"[]", b"null", b"1"):
        promises.test_404_and_empty_answers_are_no_scans(channel, body)
    late = Response(status=0, trouble=Trouble.TIMEOUT)
    promises.test_trouble_is_an_error_of_every_reading_and_no_exception(
        channel, late, "timeout", None
    )
    (told,) = channel.read(b'{"number": "A1", "events": [{"at": "2026-03-01T08:00:00Z"}]}')
    assert (told.number, told.found, len(told.scans)) == ("A1", True, 1)


@pytest.mark.usefixtures("shelf")
def test_the_regime_quotes() -> None:
    (regime,) = cast("tuple[Regime, ...]", plugin("regimes", "acme_post").REGIMES)
    euros = {"amount": "120.00", "currency": "EUR"}
    found = assess(
        parse(
            {
                "event": "lost",
                "extent": "total",
                "regime": regime.code,
                "posted_on": "2026-02-01",
                "as_of": "2026-03-17",
                "actual_value": euros,
                "actual_loss": euros,
                "postage": {"amount": "7.50", "currency": "EUR"},
                "payout_currency": "EUR",
            }
        )
    )
    assert found.total == Money.of("87.50", "EUR")


@pytest.mark.usefixtures("shelf")
def test_the_kind_asks_and_ends() -> None:
    kind = cast("Incident", plugin("incidents", "soaked"))
    world = World()
    case = world.report(Kind.DAMAGED)

    assert "incident.details.by_what" in kind.missing(report_of(Kind.DAMAGED))
    assert kind.triage(case.report).because
    last = case.opened_at + kind.THRESHOLDS[0].value
    assert isinstance(kind.verdict(case, presumed_from=None, at=last), Concluded)
    assert not isinstance(kind.verdict(case, presumed_from=None, at=case.opened_at), Concluded)


@pytest.mark.usefixtures("shelf")
def test_the_rail_pays_once_and_knows_silence_from_a_no() -> None:
    rail = cast("Rail", plugin("rails", "gift_card"))
    account = Account(base_url="http://shop.test", at=AT, secrets={"api_key": "SECRET"})
    instruction = Instruction(
        key="k1",
        amount=Money.of("12.30", "EUR"),
        payee=rail.check_payee({"order": "SO-1"}),
        text="for a parcel",
        first_sent_at=AT,
    )
    loads: set[str] = set()

    def shop(request: Request) -> Response:
        assert "SECRET" not in request.url
        if request.method == "GET":
            return Response(status=200 if request.url in loads else 404)
        loads.add(request.url)
        return Response(status=200)

    never = converse(rail.query(instruction, account), shop)
    assert never.denies_payment
    for _ in range(2):
        assert converse(rail.pay(instruction, account), shop).kind is OutcomeKind.SUCCEEDED
    assert len(loads) == 1
    dead = Response(status=0, trouble=Trouble.TIMEOUT)
    assert converse(rail.pay(instruction, account), lambda _: dead).kind is OutcomeKind.UNKNOWN
