"""A contract in the settings that cannot be read is said, and takes nothing from its cases."""

import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.cli import main
from amends.domain.case.events import ClockMissed
from amends.service.assessment.contracts import tell_unreadable
from amends.service.money.differences import open_differences
from amends.service.stack_settings import unread
from tests.acceptance.test_insurance import POLICY, InsuredWorld, policies
from tests.acceptance.test_own_contract import TARIFF
from tests.support.agreement_world import AgreementWorld, yuan
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

ROOT = Path(__file__).parents[2]
BROKEN = {**TARIFF, "cap": {"amount": "-1", "currency": "CNY"}}
SETTINGS: Mapping[str, Any] = {
    "tariffs": {"mer_tea": BROKEN, "mer_good": TARIFF},
    "policies": {"mer_tea": {**POLICY, "covers": ["flood"]}, "mer_good": POLICY, "mer_no": "PZ"},
}


def told(world: MoneyWorld, settings: Mapping[str, Any]) -> int:
    return tell_unreadable(settings, world.records, world.occasion())


def test_staff_are_told_once_which_term_it_is_and_what_was_corrected_is_settled() -> None:
    http = MoneyHttp()
    assert [told(http.world, SETTINGS) for _ in range(3)] == [3, 3, 3]

    listed = http.staff("finance:anna", "GET", "/v1/staff/money/differences")["data"]
    assert {row["kind"] for row in listed} == {"unreadable_setting"}
    assert {row["key"].partition("#")[0] for row in listed} == {
        "tariffs.mer_tea",
        "policies.mer_tea",
        "policies.mer_no",
    }
    (tariff,) = (row for row in listed if row["key"].startswith("tariffs"))
    assert tariff["detail"].startswith("tariffs.mer_tea.cap.amount: ")

    other = {**SETTINGS, "tariffs": {"mer_tea": {**BROKEN, "times_postage": "1000"}}}
    assert told(http.world, other) == 3
    (again,) = (
        row for row in open_differences(http.world.records) if str(row["key"]).startswith("tariffs")
    )
    assert again["id"] != tariff["id"]  # another text is another mistake
    assert told(http.world, {"tariffs": {"mer_tea": TARIFF}}) == 0
    assert open_differences(http.world.records) == []


def test_a_case_keeps_the_laws_days_and_an_adjuster_is_called_instead_of_another_sum() -> None:
    world = AgreementWorld()
    world.tariffs["mer_tea"] = BROKEN
    world.begin(merchant="mer_tea")

    days = world.case().agreement.deadlines
    assert days
    assert {one.regime for one in days}.isdisjoint({"contract.tea", None})
    world.conclude()
    assert world.case().offers == ()
    missed = [one.event for one in world.cases.history(world.id)]
    assert [event.to for event in missed if isinstance(event, ClockMissed)] == ["adjuster"]

    world.tariffs["mer_tea"] = {**TARIFF, "valid_from": "2020-01-01"}
    world.now += timedelta(days=3)
    world.settle()
    assert world.case().assessed is not None
    assert world.case().assessed.regime == "contract.tea"  # type: ignore[union-attr]  # seen above
    assert len(world.case().offers) == 1


def test_a_policy_that_is_corrected_later_still_comes_on_file() -> None:
    world = InsuredWorld()
    world.open_covers["mer_tea"] = {**POLICY, "covers": ["flood"]}
    world.begin(merchant="mer_tea")
    world.conclude()
    assert policies(world) == []

    world.open_covers["mer_tea"] = {**POLICY, "cover": yuan("300.00")}
    world.settle()

    assert [one["number"] for one in policies(world)] == ["PZ-77"]


MISSPELT: Mapping[str, Any] = {
    "chanels": {},
    "channels": {"sf_": {}, "ups": {"base_uri": "https://ups.example"}},
    "rails": {
        "alipay": {"limits": {"CNY": {"per_dya": "1.00"}}, "settings": {"app_id": "1"}},
        "ali_pay": {},
        "bank": None,
    },
    "policies": {"mer.tea": {**POLICY, "deductable": "10.00"}, "mer_no": POLICY},
    "rates_feed": {"url": "https://rates.example"},
    "scanner": [],
}
PLACES = {
    "chanels": "channels",
    "channels.sf_": "sf",
    "channels.ups.base_uri": "base_url",
    "rails.alipay.limits.CNY.per_dya": "per_day",
    "rails.ali_pay": "alipay",
    "policies.mer.tea.deductable": "deductible",
    "rates_feed.url": "",
    "scanner": "an object is expected",
}


def test_a_name_that_nobody_reads_is_told_with_the_nearest_one_and_nothing_stops() -> None:
    http = MoneyHttp()
    assert [told(http.world, MISSPELT) for _ in range(2)] == [len(PLACES)] * 2

    listed = http.staff("finance:anna", "GET", "/v1/staff/money/differences")["data"]
    assert {row["key"].partition("#")[0] for row in listed} == set(PLACES)
    for row in listed:
        assert PLACES[row["key"].partition("#")[0]] in row["detail"]
    other: Mapping[str, Any] = {"chanels": {"ups": {}}}
    assert told(http.world, other) == 1
    (left,) = open_differences(http.world.records)
    assert left["id"] in {row["id"] for row in listed}  # whatever it says, it is the same mistake
    assert told(http.world, {"channels": {}}) == 0
    assert open_differences(http.world.records) == []


def test_the_command_names_what_nobody_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps(MISSPELT))

    assert main(["settings", str(file)]) == 2
    complaint = capsys.readouterr().err
    for place, near in PLACES.items():
        (line,) = (line for line in complaint.splitlines() if f"{place}: " in line)
        assert near in line


def test_the_settings_that_are_shown_to_read_about_are_read() -> None:
    shown = re.search(r"```json\n(.*?)```", (ROOT / "docs/money.md").read_text(), re.DOTALL)
    assert shown is not None

    assert unread(json.loads(shown[1])) == unread(MoneyWorld().settings) == {}


@pytest.mark.parametrize("text", ["[]", "{", '"tariffs"'])
def test_the_command_refuses_what_is_no_object(text: str, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(text)

    assert main(["settings", str(file)]) == 2


def test_the_command_names_each_term_before_a_deploy(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({**SETTINGS, "rails": {}}))
    assert main(["settings", str(file)]) == 2
    complaint = capsys.readouterr().err
    assert "tariffs.mer_tea.cap.amount: bad_amount" in complaint
    assert "policies.mer_no: " in complaint

    file.write_text(json.dumps({"tariffs": {"mer_good": TARIFF}, "policies": {"m": POLICY}}))
    assert main(["settings", str(file)]) == 0
    assert json.loads(capsys.readouterr().out) == {"contracts": 2}
