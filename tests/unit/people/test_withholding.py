"""No message tells one party about another, however it is written."""

import pytest

from amends.domain.people.values import LeaksPersonalData, refuse_leaks
from amends.service.people.payout_wordings import came_back_because
from amends.service.people.withholding import withheld

ERIKA = {
    "name": "Erika Muster",
    "phone": "+49 40 98237416",
    "email": "erika@example.org",
    "address": {"lines": ["Lange Reihe 17"], "city": "Hamburg"},
}
LI = {"name": "李娜", "phone": "+86 138 0013 8000"}


@pytest.mark.parametrize(
    "text",
    [
        "It went to Erika Muster.",
        "It went to ERIKA  MUSTER.",
        "It went to Muster, Erika.",
        "It went to Ｅｒｉｋａ Ｍｕｓｔｅｒ.",
        "Call 040 / 9823 74 16.",
        "Call 0049-40-98237416.",
        "Call ０４０９８２３７４１６.",
        "Write to Erika@Example.ORG.",
        "It lies at Lange Reihe 17, second floor.",
        "It lies at LANGE-REIHE 17.",
    ],
)
def test_another_party_is_known_in_any_spelling(text: str) -> None:
    with pytest.raises(LeaksPersonalData):
        refuse_leaks(text, withheld(LI, ERIKA))


def test_the_readers_own_data_and_the_place_of_delivery_may_be_told() -> None:
    mine = withheld(ERIKA, ERIKA, {"name": "Erika Muster", "address": {"lines": ["Am Markt 1"]}})

    refuse_leaks("Erika Muster, Lange Reihe 17, Am Markt 1, +49 40 98237416", mine)
    refuse_leaks("It was handed over in Hamburg, item RR123456785CN.", withheld(LI, ERIKA))
    refuse_leaks("李娜，您好", withheld(LI, LI, ERIKA))


@pytest.mark.parametrize("code", ["AC04", "PAYEE_NOT_EXIST", "OVERDUE_CLOSE", "ZZ99", "", None])
def test_no_code_of_a_bank_is_shown_to_a_reader(code: str | None) -> None:
    for language in ("en", "zh-CN"):
        said = came_back_because(code, language)
        assert said
        assert not code or code not in said
    assert came_back_because("AC04", "zh-CN") == "收款账户已注销"
