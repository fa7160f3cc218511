"""A merchant's or carrier's own contract as data: quoted by command and API, and on the case."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from amends.cli import main
from claim_settle.api import handler
from tests.support.agreement_world import AgreementWorld, yuan
from tests.support.arriving import request_of

TARIFF: Mapping[str, Any] = {
    "code": "contract.tea",
    "title": {"en": "Tea house contract", "zh-CN": "茶庄合同"},
    "valid_from": "2026-01-01",
    "source": "contract no. 7, clause 9",
    "times_postage": "5",
    "cap": yuan("120.00"),
    "freight_back": ["lost"],
    "windows": [
        {"name": "claim", "from": "posted_on", "days": 90},
        {"name": "action", "from": "posted_on", "days": 730},
    ],
    "presumed_lost": {"from": "promised_on", "days": 20},
}
FACTS: Mapping[str, Any] = {
    "event": "lost",
    "extent": "total",
    "item_kind": "express",
    "carrier": "jd",
    "origin_country": "CN",
    "destination_country": "CN",
    "posted_on": "2026-02-20",
    "promised_on": "2026-02-24",
    "inquired_on": "2026-03-02",
    "as_of": "2026-04-01",
    "actual_loss": yuan("260.00"),
    "actual_value": yuan("260.00"),
    "postage": yuan("20.00"),
    "payout_currency": "CNY",
}


def command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], tariff: object
) -> tuple[int, dict[str, Any], str]:
    facts, contract = tmp_path / "facts.json", tmp_path / "tariff.json"
    facts.write_text(json.dumps(FACTS))
    contract.write_text(json.dumps(tariff))
    code = main(["quote", "--tariff", str(contract), str(facts)])
    told = capsys.readouterr()
    return code, json.loads(told.out or "{}"), told.err


def ask(tariff: object) -> tuple[int, dict[str, Any]]:
    body = {**FACTS, "tariff": tariff}
    event = request_of("POST", "/v1/compensation/quotes", body, number=1)
    answer = handler(event, None)
    return answer["statusCode"], json.loads(answer["body"])


@pytest.mark.requirement("004-24", "001-10")
def test_command_and_api_quote_by_the_contract_that_is_sent_along(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, printed, _ = command(tmp_path, capsys, TARIFF)
    status, answered = ask(TARIFF)

    assert (code, status) == (0, 200)
    assert printed == answered
    assert answered["regime"] == "contract.tea"
    assert answered["indemnity"] == yuan("100.00")  # five times the postage, below the cap
    assert answered["refund"] == yuan("20.00")
    days = {one["name"]: (one["last_day"], one["met"]) for one in answered["deadlines"]}
    assert days == {"claim": ("2026-05-21", True), "action": ("2028-02-20", None)}
    assert answered["presumed_loss"]["from"] == "2026-03-17"
    assert all(step["source"] for step in answered["steps"])


def test_a_contract_holds_only_for_what_was_posted_while_it_stood() -> None:
    status, answered = ask({**TARIFF, "valid_from": "2026-03-01"})

    assert status == 200
    assert answered["regime"] == "cn.jd"


def test_what_comes_after_the_contracts_last_day_is_denied_by_it() -> None:
    late = [{"name": "claim", "from": "posted_on", "days": 5}]

    _, answered = ask({**TARIFF, "windows": late})

    assert answered["denied"]["rule"] == "contract.tea"
    assert answered["indemnity"] == yuan("0.00")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"cap": {"amount": "-1", "currency": "CNY"}}, "tariff.cap.amount"),
        ({"times_postage": "1000"}, "tariff.times_postage"),
        ({"windows": [{"name": "party", "from": "posted_on", "days": 3}]}, "tariff.windows"),
        ({"windows": [{"name": "claim"}]}, "tariff.windows.0"),
        ({"code": "cn.jd"}, "tariff.code"),
        ({"generosity": "yes"}, "tariff.generosity"),
    ],
)
def test_a_contract_that_cannot_be_read_is_refused_by_its_field(
    change: Mapping[str, Any],
    field: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, problem = ask({**TARIFF, **change})
    code, _, complaint = command(tmp_path, capsys, {**TARIFF, **change})

    assert (status, code) == (422, 2)
    assert [error["field"] for error in problem["errors"]] == [field]
    assert f"{field}:" in complaint


@pytest.mark.requirement("004-24")
def test_a_merchants_contract_sets_the_days_of_its_cases_from_the_report_on() -> None:
    world = AgreementWorld()
    world.tariffs["mer_tea"] = TARIFF

    world.begin(merchant="mer_tea")

    agreed = world.case().agreement
    assert {(one.name, one.regime) for one in agreed.deadlines} == {
        ("claim", "contract.tea"),
        ("action", "contract.tea"),
    }
    assert agreed.presumed is not None
    assert agreed.presumed.rule == "contract.tea"
