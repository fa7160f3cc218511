"""What happens to a case is told to the people concerned, once, by a way that works."""

from datetime import timedelta

import pytest

from amends.domain.case.events import (
    CaseClosed,
    Concluded,
    InformationRequested,
    LegalRouteOpened,
    OfferMade,
    PayoutConfirmed,
    RecipientIdentified,
    SurveyPlanned,
)
from amends.domain.case.vocabulary import Finding, Outcome, ReportChannel
from amends.domain.people.delivery import Outcome as Fate
from amends.domain.people.posting import PostingState
from tests.support.event_samples import sample
from tests.support.people_world import ERIKA, World


@pytest.mark.requirement("004-1", "000-4", "000-14")
def test_a_report_is_acknowledged_at_once_in_its_language_and_never_twice() -> None:
    world = World()
    case = world.open()

    world.told(case)
    world.told(case)
    world.sweep()

    (mail,) = world.messenger.sent
    assert mail["to"] == ERIKA["email"]
    assert "李娜，您好" in mail["text"]
    assert "RR123456785CN" in mail["text"]
    assert mail["reply_to"].startswith(f"case+{case.id}-")


@pytest.mark.requirement("004-1")
def test_a_report_in_english_is_acknowledged_in_english() -> None:
    world = World()
    world.told(world.open({"name": "Erika", "email": "e@example.org"}, language="en"))

    assert "Dear Erika," in world.messenger.sent[0]["text"]


@pytest.mark.requirement("001-7", "001-8", "004-47")
@pytest.mark.parametrize(
    ("finding", "code", "words"),
    [
        (Finding.LOST, "loss_notice", "丢失"),
        (Finding.DAMAGED, "apology", "歉"),
        (Finding.MISDELIVERED, "apology", "核查"),
    ],
)
def test_a_loss_is_told_and_a_fault_is_apologised_for(
    finding: Finding, code: str, words: str
) -> None:
    world = World()
    case = world.open()
    concluded = Concluded(finding=finding, ground="x", rule="presumed_loss", source="y")
    world.happen(case, concluded)

    world.told(case)

    assert world.codes() == ["acknowledgement", code]
    assert words in world.messenger.sent[1]["text"]


@pytest.mark.requirement("002-17", "002-18", "004-25")
def test_offers_payments_and_the_end_are_told_with_their_figures() -> None:
    world = World()
    case = world.open()
    world.happen(case, sample(OfferMade), sample(PayoutConfirmed))
    world.happen(case, CaseClosed(outcome=Outcome.COMPENSATED))

    world.told(case)

    assert world.codes() == ["acknowledgement", "offer", "payout_sent", "closing"]
    assert "¥312.47" in world.messenger.sent[1]["text"]
    assert "BK-77" in world.messenger.sent[2]["text"]


@pytest.mark.requirement("000-19")
def test_what_is_asked_is_asked_in_words_with_its_date() -> None:
    world = World()
    case = world.open()
    asked = InformationRequested(items=("postage",), due_at=world.now + timedelta(days=14))
    world.happen(case, asked)

    world.told(case)

    assert "所付邮费" in world.messenger.sent[1]["text"]
    assert "2026年12月4日" in world.messenger.sent[1]["text"]


@pytest.mark.requirement("003-15")
def test_what_is_not_urgent_waits_for_the_morning_of_its_reader() -> None:
    world = World(now=World().now.replace(hour=16))  # midnight in China
    case = world.open()
    world.happen(case, sample(OfferMade))
    world.told(case)

    assert world.codes() == ["acknowledgement"]  # answers an act of theirs, silently
    world.now += timedelta(hours=7, minutes=59)
    world.sweep()
    assert world.codes() == ["acknowledgement"]
    world.now += timedelta(minutes=1)
    world.sweep()
    assert "offer" in world.codes()


@pytest.mark.requirement("003-12", "003-15", "001-19")
def test_silence_ends_with_a_progress_report_and_each_report_is_one() -> None:
    world = World()
    case = world.open()
    world.told(case)

    for _ in range(12):
        world.now += timedelta(hours=12)
        world.sweep()

    reports = [code for code in world.codes() if code == "progress_report"]
    assert len(reports) == 2  # in six days of tracing, at a cadence of three


@pytest.mark.requirement("003-15")
def test_who_mutes_reports_gets_none_and_still_gets_what_carries_a_right() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"muted": ["progress_report"]})
    world.told(case)
    for _ in range(6):
        world.now += timedelta(hours=12)
        world.sweep()
    world.happen(case, sample(OfferMade))
    world.told(case)

    assert world.codes()[0] == "acknowledgement"
    assert "progress_report" not in world.codes()
    assert world.codes()[-1] == "offer"


def test_one_click_unsubscribes_only_when_it_is_a_post() -> None:
    world = World()
    case = world.open()
    world.told(case)
    for _ in range(8):
        world.now += timedelta(hours=12)
        world.sweep()
    links = [one["unsubscribe"] for one in world.messenger.sent if one["unsubscribe"]]
    link = links[0].removeprefix("https://amends.example")
    assert world.messenger.sent[0]["unsubscribe"] == ""

    assert world.call("GET", link)[0] == 200
    assert world.as_claimant(case, "GET", "preferences")["muted"] == []
    assert world.call("POST", link)[0] == 200
    assert world.call("POST", link)[0] == 200
    assert world.as_claimant(case, "GET", "preferences")["muted"] == ["progress_report"]
    assert world.call("POST", f"{link[:-1]}x")[0] == 404


def test_when_one_way_fails_the_next_takes_over_and_at_last_somebody_calls() -> None:
    world = World()
    world.messenger.fate = lambda _: Fate.REFUSED
    case = world.open()

    world.told(case)

    posting = next(iter(world.postings.rows.values()))
    assert [one.way for one in posting.course.attempts] == ["email", "sms"]
    assert posting.state is PostingState.CALL
    world.stream(case)
    (call,) = world.as_agent("GET", "/v1/staff/work?kind=call")["data"]
    assert (call["because"], call["case_id"]) == ("no_way_left", case.id)


def test_a_busy_way_is_tried_again_and_an_unknown_outcome_never() -> None:
    world = World()
    world.messenger.fate = lambda _: Fate.BUSY
    case = world.open()
    world.told(case)
    assert world.messenger.sent == []
    world.messenger.fate = lambda _: Fate.UNKNOWN
    world.now += timedelta(minutes=1)
    world.sweep()
    for _ in range(4):
        world.now += timedelta(hours=1)
        world.sweep()

    posting = next(iter(world.postings.rows.values()))
    assert [one["key"] for one in world.messenger.sent].count(posting.message.key) == 1
    assert posting.state is PostingState.CALL


def test_a_worker_that_dies_while_sending_has_sent_at_most_once() -> None:
    world = World()
    world.messenger.fate = lambda _: RuntimeError("killed")
    case = world.open()
    world.stream(case)
    document = dict(world.queue.sent.pop())
    document.pop("delay_seconds")
    for _ in range(3):
        try:
            world.deliver(document)
        except RuntimeError:
            world.messenger.fate = lambda _: None
    world.now += timedelta(hours=2)
    world.sweep()

    assert world.codes().count("acknowledgement") == 1


def test_a_document_that_the_queue_brings_twice_sends_once_and_calls_nobody() -> None:
    world = World()
    case = world.open({"name": "李娜", "email": "na@example.org"})
    world.stream(case)
    document = dict(world.queue.sent.pop())
    document.pop("delay_seconds", None)
    assert "planned" in document
    world.deliver(document)
    world.postings.suppress("na@example.org", because="complained", at=world.now)
    world.deliver(document)

    assert world.codes() == ["acknowledgement"]
    assert world.cases.load(case.id).talking.calls == ()
    assert [one.state for one in world.postings.rows.values()] == [PostingState.SENT]


def test_a_bounce_takes_the_next_way_and_closes_the_address_for_every_case() -> None:
    world = World()
    case = world.open()
    world.told(case)
    mail = world.messenger.sent[0]
    bounce = {
        "eventType": "Bounce",
        "bounce": {
            "bounceType": "Permanent",
            "bouncedRecipients": [{"emailAddress": str(ERIKA["email"])}],
        },
        "mail": {"tags": {"message_key": [mail["key"]], "case_id": [case.id]}},
    }

    world.deliver(bounce)
    world.deliver(bounce)
    world.sweep()

    assert [one["way"] for one in world.messenger.sent] == ["email", "sms"]
    other = world.open(case_id="case_1123456789abcdefghjkmnpqrs")
    world.told(other)
    assert world.messenger.sent[-1]["way"] == "sms"
    assert world.as_claimant(other, "GET", "preferences")["unreachable"] == ["email"]


@pytest.mark.requirement("000-4", "000-13")
def test_who_wrote_a_letter_gets_letters_which_staff_print_and_post() -> None:
    world = World()
    address = {"lines": ["中山路 1 号"], "city": "广州", "postal_code": "510000", "country": "CN"}
    case = world.open({"name": "李娜", "address": address}, channel=ReportChannel.LETTER)
    world.told(case)

    rows = world.as_agent("GET", "/v1/staff/work?kind=letter")["data"]
    assert len(rows) == 2  # the acknowledgement, and what was understood
    path = f"/v1/staff/work/letters/{rows[0]['id']}"
    letter = world.as_agent("GET", f"{path}?case_id={case.id}")
    assert "中山路" in letter["address"]
    assert letter["html"].startswith("<!doctype html>")
    world.as_agent("POST", path, {"case_id": case.id})
    assert len(world.as_agent("GET", "/v1/staff/work?kind=letter")["data"]) == 1
    world.now += timedelta(days=4)
    world.sweep()
    world.stream(case)
    assert world.as_agent("GET", "/v1/staff/work?kind=call")["data"][0]["case_id"] == case.id


@pytest.mark.requirement("004-40")
def test_who_holds_the_parcel_is_asked_politely_and_told_nothing_of_the_others() -> None:
    world = World()
    case = world.open()
    world.contacts.put(case.id, "recipient#1", {"name": "Tom", "email": "tom@example.org"})
    identified = RecipientIdentified(
        part="recipient#1", purpose="return", erase_on=world.now.date()
    )
    world.happen(case, identified)

    world.told(case)
    assert all(one["to"] != "tom@example.org" for one in world.messenger.sent)  # 3 a.m. there
    world.now += timedelta(hours=6)
    world.sweep()

    (mail,) = [one for one in world.messenger.sent if one["to"] == "tom@example.org"]
    assert "recipient_contact" in world.codes()
    assert "李娜" not in mail["text"]
    assert case.report.shipment.tracking_number not in mail["text"]


def test_the_survey_goes_out_by_the_way_that_the_claimant_prefers() -> None:
    world = World()
    case = world.open()
    world.as_claimant(case, "PUT", "preferences", {"ways": ["sms"]})
    world.happen(case, sample(OfferMade), sample(PayoutConfirmed))
    at = world.now + timedelta(days=3)
    world.happen(case, SurveyPlanned(survey_id="srv_0123456789abcdefghjkmnpqrs", ask_at=at))
    world.told(case)
    world.now = at
    world.sweep()

    assert world.messenger.sent[-1]["way"] == "sms"
    assert "/v1/answers/survey/" in world.messenger.sent[-1]["text"]


@pytest.mark.requirement("004-27", "001-13")
def test_without_an_agreement_the_way_onward_is_told_with_its_dates() -> None:
    world = World()
    case = world.open()
    until = world.now + timedelta(days=30)
    world.happen(case, sample(OfferMade), LegalRouteOpened(because="no_agreement", until=until))

    world.told(case)

    assert world.codes()[-1] == "legal_route"
    assert "12305" in world.messenger.sent[-1]["text"]
    assert "2026年12月20日" in world.messenger.sent[-1]["text"]
