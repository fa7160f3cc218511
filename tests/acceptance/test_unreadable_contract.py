"""A contract in the settings that cannot be read is said, and takes nothing from its cases."""

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from amends.cli import main
from amends.domain.case.events import ClockMissed
from amends.service.assessment.contracts import tell_unreadable
from amends.service.money.differences import open_differences
from tests.acceptance.test_insurance import POLICY, InsuredWorld, policies
from tests.acceptance.test_own_contract import TARIFF
from tests.support.agreement_world import AgreementWorld, yuan
from tests.support.money_http import MoneyHttp
from tests.support.money_world import MoneyWorld

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
