"""The intake, cut at each of its effects: one report is one case, one file one evidence."""

from datetime import timedelta
from functools import cache

import pytest

from amends.domain.case.events import Event, InformationRequested
from amends.domain.occasion import Occasion
from amends.domain.parcel.shipment import Watch, watch_id, waybill_of
from amends.service.amend import amend
from tests.support.cut_intake import CutIntake, Mailed, scene
from tests.support.cutting import calmly, cuts, delivered, ends_alike
from tests.support.intake_world import JPEG, PDF, photo, report_body
from tests.support.interleaving import Killed
from tests.support.written_mail import REPORT, written

Case = tuple[str, str]
DATED = {"tracking_number": "RR123456785CN", "carrier": "china_post", "shipped_on": "2026-10-20"}


def nothing(_: CutIntake) -> None:
    """Nothing was before."""


def reported(intake: CutIntake) -> Case:
    return intake.report(shipment=DATED)


def asked_for(intake: CutIntake, *items: str) -> Case:
    case = reported(intake)
    ask: list[Event] = [InformationRequested(items=items, due_at=intake.now + timedelta(days=14))]
    occasion = Occasion(at=intake.now, by="test", because="test")
    amend(intake.cases, case[0], occasion, lambda _: ask)
    return case


@pytest.mark.requirement("000-4")
def test_a_report_opens_one_case_and_has_its_parcel_asked_about() -> None:
    def work(intake: CutIntake, _: None) -> object:
        return intake.ask("POST", "/v1/cases", report_body())

    ends_alike(scene(nothing, work), at_least=12)


def test_a_report_whose_client_never_asks_again_is_whole_or_was_never_made() -> None:
    def work(intake: CutIntake, _: None) -> None:
        delivered(lambda: intake.call("POST", "/v1/cases", report_body()), times=1)
        intake.sweep(timedelta(minutes=20))

    make = scene(nothing, work)
    whole = str(calmly(make)[0])
    for played in cuts(make, ways=(Killed,)):
        found = str(played.told)
        is_whole = found == whole
        assert is_whole or "CaseOpened" not in found, played.place


def test_a_second_report_of_one_incident_joins_its_case_once() -> None:
    def work(intake: CutIntake, _: Case) -> object:
        return intake.ask("POST", "/v1/cases", report_body(shipment=DATED))

    ends_alike(scene(reported, work), at_least=8)


def test_staff_who_write_a_report_down_open_one_case() -> None:
    def work(intake: CutIntake, _: None) -> object:
        body = report_body(channel="phone")
        return intake.ask("POST", "/v1/staff/reports", body, groups="agent")

    ends_alike(scene(nothing, work), at_least=12)


def test_an_announced_file_is_one_piece_of_evidence() -> None:
    proof = {"kind": "value_proof", "file_name": "a.pdf", "content_type": "application/pdf"}
    body = proof | {"size": len(PDF), "sha256": "a" * 64}

    def work(intake: CutIntake, case: Case) -> object:
        return intake.ask("POST", f"/v1/cases/{case[0]}/evidence", body, token=case[1])

    ends_alike(scene(reported, work), at_least=6)


def test_an_answer_corrects_the_report_once_and_asks_about_the_right_parcel() -> None:
    def work(intake: CutIntake, case: Case) -> object:
        number = {"tracking_number": "RR123456799CN"}
        body = {"shipment": number, "reporter": {"name": "Li", "phone": "+8613800138000"}}
        return intake.ask("POST", f"/v1/cases/{case[0]}/information", body, token=case[1])

    def begin(intake: CutIntake) -> Case:
        return asked_for(intake, "shipment.tracking_number")

    ends_alike(scene(begin, work), at_least=12)


def test_a_withdrawal_ends_the_case_once() -> None:
    def work(intake: CutIntake, case: Case) -> object:
        body = {"reason": "it came"}
        return intake.ask("POST", f"/v1/cases/{case[0]}/withdraw", body, token=case[1])

    ends_alike(scene(reported, work), at_least=6)


def test_a_file_that_arrives_is_looked_at_and_kept_once() -> None:
    def begin(intake: CutIntake) -> str:
        granted = intake.announce(
            *reported(intake), JPEG, kind="value_proof", content_type="image/jpeg"
        )
        key: str = granted.body["upload"]["fields"]["key"]
        intake.files.put(key, JPEG, content_type="image/jpeg")
        return key

    def work(intake: CutIntake, key: str) -> None:
        delivered(lambda: intake.arrive(key))

    ends_alike(scene(begin, work), at_least=8)


@pytest.mark.requirement("001-4")
def test_what_arrives_for_a_shipment_is_kept_and_carried_into_its_case_once() -> None:
    def begin(intake: CutIntake) -> str:
        reported(intake)
        number = "RR123456785CN"
        waybill = waybill_of(number, "china_post", None)
        watch = Watch(
            id=watch_id("shop-a", waybill),
            owner="shop-a",
            waybill=waybill,
            number=number,
            created_at=intake.now,
        )
        intake.watches.put(watch)
        body = intake.file_body(JPEG, content_type="image/jpeg")
        granted = intake.call("POST", f"/v1/shipments/{watch.id}/evidence", body, merchant="shop-a")
        key: str = granted.body["upload"]["fields"]["key"]
        intake.files.put(key, JPEG, content_type="image/jpeg")
        return key

    def work(intake: CutIntake, key: str) -> None:
        delivered(lambda: intake.arrive(key))
        (case_id,) = intake.cases.ids()
        assert intake.types(case_id).count("EvidenceCarried") == 1

    ends_alike(scene(begin, work), at_least=12)


@pytest.mark.requirement("002-1")
def test_a_mail_with_photos_becomes_one_case_with_each_of_them_once() -> None:
    raw = written(REPORT, files={"outside.jpg": JPEG, "tool.exe": b"MZ\0", "inside.jpg": photo(2)})

    def work(intake: CutIntake, _: None) -> None:
        Mailed(intake).delivered(raw)

    ends_alike(scene(nothing, work), at_least=30, ways=(Killed,))


def test_an_answer_by_mail_joins_its_draft_once_and_the_case_goes_on() -> None:
    unclear = written("Help me please, I am sad.")

    @cache
    def answer(case_id: str) -> bytes:
        to = f"case+{case_id}-true@amends.example"
        text = "It is 1Z999AA10123456784, and the box was crushed."
        return written(text, files={"box.jpg": JPEG}, To=to, Message_ID="<2@example.org>")

    def begin(intake: CutIntake) -> str:
        return Mailed(intake).opened(unclear)

    def work(intake: CutIntake, case_id: str) -> None:
        Mailed(intake).delivered(answer(case_id))

    ends_alike(scene(begin, work), at_least=20)
