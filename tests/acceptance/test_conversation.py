"""Claimants and staff talk in a case; what is owed has a clock; both share one understanding."""

from datetime import timedelta

import pytest

from amends.domain.case.vocabulary import ReportChannel
from amends.service.intake.reporting import token_of
from amends.service.people.addressing import reply_token
from amends.service.people.mail_address import case_of_reply
from tests.support.people_world import KEY, World


@pytest.mark.requirement("002-16", "002-18", "004-26")
def test_a_question_is_answered_in_the_thread_and_by_mail() -> None:
    world = World()
    case = world.open()
    asked = world.as_claimant(case, "POST", "messages", {"text": "包裹到哪里了？"})
    assert asked["answer_due_at"] == "2026-11-21T02:00:00Z"
    world.told(case)
    (owed,) = world.as_agent("GET", "/v1/staff/work?kind=reply")["data"]
    assert owed["case_id"] == case.id

    world.now += timedelta(hours=1)
    path = f"/v1/staff/cases/{case.id}/messages"
    world.as_agent("POST", path, {"text": "今天已到广州。\n明天派送。"})
    world.told(case)

    mail = world.messenger.sent[-1]
    assert "今天已到广州。\n\n明天派送。" in mail["text"]
    assert world.as_agent("GET", "/v1/staff/work?kind=reply")["data"] == []
    thread = world.as_claimant(case, "GET", "messages")
    assert [row["from"] for row in thread["data"]] == ["claimant", "house", "staff"]
    assert thread["answer_due_at"] is None


@pytest.mark.requirement("002-20", "004-1", "000-13")
def test_the_first_words_of_a_person_stop_the_first_response_clock() -> None:
    world = World()
    case = world.open()

    world.as_agent("POST", f"/v1/staff/cases/{case.id}/messages", {"text": "您好"})

    assert world.cases.load(case.id).investigation.first_replied_at == world.now


def test_a_note_is_for_staff_alone() -> None:
    world = World()
    case = world.open()
    path = f"/v1/staff/cases/{case.id}/messages"
    world.as_agent("POST", path, {"text": "秘密备注", "is_internal": True})
    world.told(case)

    assert "秘密备注" not in str(world.as_claimant(case, "GET", "messages"))
    assert "秘密备注" in str(world.as_agent("GET", path))
    assert all("秘密" not in one["text"] for one in world.messenger.sent)
    assert world.cases.load(case.id).investigation.first_replied_at is None


@pytest.mark.requirement("002-20")
def test_an_answer_that_is_late_reaches_the_supervisor_once_a_day() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "POST", "messages", {"text": "?"})
    world.told(case)
    world.now += timedelta(hours=24)
    world.sweep()
    world.sweep()

    desk = [one for one in world.messenger.sent if one["to"] == "desk@amends.example"]
    assert [one["subject"] for one in desk].count(f"升级处理：{case.id}") == len(desk) >= 1
    late = world.cases.load(case.id).waits["reply"]
    assert late == world.now + timedelta(hours=24)


@pytest.mark.requirement("002-21", "000-4")
def test_what_an_agent_wrote_down_is_put_before_the_claimant_and_corrected() -> None:
    world = World()
    case = world.open(channel=ReportChannel.PHONE)
    world.told(case)
    world.now += timedelta(hours=1)
    assert {one["way"] for one in world.messenger.sent} == {"sms"}  # who calls is answered so

    body = {"agreed": False, "correction": "不是茶壶，是茶杯。"}
    told = world.as_claimant(case, "POST", "messages/summary", body)

    assert told["state"] == "corrected"
    assert "茶杯" in str(world.as_agent("GET", f"/v1/staff/cases/{case.id}/messages"))
    world.told(case)
    assert world.as_agent("GET", "/v1/staff/work?kind=reply")["data"][0]["case_id"] == case.id


@pytest.mark.requirement("002-21")
def test_staff_sum_up_in_their_own_words_and_the_claimant_agrees() -> None:
    world = World()
    case = world.open()
    path = f"/v1/staff/cases/{case.id}/messages/summary"
    world.as_agent("POST", path, {"understood": ["包裹在广州丢失。"], "wishes": "补发"})
    world.told(case)

    assert "包裹在广州丢失。" in world.messenger.sent[-1]["text"]
    agreed = world.as_claimant(case, "POST", "messages/summary", {"agreed": True})
    assert (agreed["state"], agreed["understood"]) == ("agreed", ["包裹在广州丢失。"])


@pytest.mark.requirement("001-8", "004-47")
def test_staff_apologise_with_the_measures_taken_once() -> None:
    world = World()
    case = world.open()
    path = f"/v1/staff/cases/{case.id}/messages/apology"
    body = {"what_happened": "包裹被误分。", "measures": ["已重新培训。"]}
    status, _ = world.call("POST", path, body, groups="agent", headers={"idempotency-key": "k"})
    again, _ = world.call("POST", path, body, groups="agent", headers={"idempotency-key": "k"})
    world.told(case)

    assert (status, again) == (201, 201)
    assert world.codes().count("apology") == 1
    assert "已重新培训。" in world.messenger.sent[-1]["text"]


def test_a_strangers_token_another_cases_file_and_an_empty_text_are_refused() -> None:
    world = World()
    case, other = world.open(), world.open(case_id="case_1123456789abcdefghjkmnpqrs")
    path = f"/v1/cases/{case.id}/messages"
    token, foreign = token_of(case.id, KEY), token_of(other.id, KEY)
    strange = {"text": "x", "evidence": ["evd_0123456789abcdefghjkmnpqrs"]}

    assert world.call("GET", path)[0] == 401
    assert world.call("GET", path, token=foreign)[0] == 404
    assert world.call("POST", path, {"text": ""}, token=token)[0] == 422
    assert world.call("POST", path, strange, token=token)[0] == 422
    assert world.call("POST", path, {"text": "x" * 10_001}, token=token)[0] == 422
    staff = f"/v1/staff/cases/{case.id}/messages"
    assert world.call("POST", staff, {"text": "x"}, groups="finance")[0] == 403
    assert world.call("POST", staff, {"text": "x"})[0] == 401


def test_the_same_key_writes_once_and_another_body_is_refused() -> None:
    world = World()
    case = world.open()
    path, token = f"/v1/cases/{case.id}/messages", token_of(case.id, KEY)
    key = {"idempotency-key": "once"}

    first = world.call("POST", path, {"text": "a"}, token=token, headers=key)
    again = world.call("POST", path, {"text": "a"}, token=token, headers=key)
    other = world.call("POST", path, {"text": "b"}, token=token, headers=key)

    assert first == again
    assert other[0] == 422
    assert len(world.cases.load(case.id).talking.said) == 1


def test_the_address_that_answers_go_to_names_the_case_and_cannot_be_made_up() -> None:
    world = World()
    case = world.open()
    token = reply_token(case.id, KEY)

    assert case_of_reply(token, KEY) == case.id
    with pytest.raises(Exception, match="names no case"):
        case_of_reply(token.replace("case_0", "case_1"), KEY)


def test_preferences_are_kept_checked_and_shown_without_addresses() -> None:
    world = World()
    case = world.open()
    path, token = f"/v1/cases/{case.id}/preferences", token_of(case.id, KEY)
    wishes = {"zone": "America/New_York", "language": "en-GB", "quiet_from": "20:00"}

    told = world.as_claimant(case, "PUT", "preferences", wishes)

    assert (told["zone"], told["language"], told["quiet_from"]) == (
        "America/New_York", "en", "20:00",
    )  # fmt: skip
    assert told["quiet_until"] == "08:00"
    assert "example.org" not in str(told)
    for bad in ({"zone": "Mars/Base"}, {"quiet_from": "25:00"}, {"muted": ["offer"]}, {"x": 1}):
        assert world.call("PUT", path, bad, token=token)[0] == 422
    world.told(case)
    assert "Dear" in world.messenger.sent[0]["text"]


@pytest.mark.requirement("000-4", "000-13", "002-1")
@pytest.mark.parametrize("channel", ["phone", "counter", "letter"])
@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_whoever_takes_a_report_has_a_script_of_its_kind(channel: str, language: str) -> None:
    world = World()
    path = f"/v1/staff/scripts/lost?channel={channel}&language={language}"

    script = world.as_agent("GET", path)

    assert script["language"] == language
    assert all(question["ask"] for question in script["questions"])
    assert "shipment.tracking_number" in {one["field"] for one in script["questions"]}
    assert world.call("GET", "/v1/staff/scripts/eaten", groups="agent")[0] == 404
