"""A claimant proves what they say: files are asked for, sent, looked at, and kept."""

from io import BytesIO

import pytest
from PIL import Image
from pypdf import PdfWriter
from pypdf.actions import JavaScript

from tests.support.intake_world import JPEG, PDF, Intake, photo


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.mark.requirement("000-17", "002-11", "001-11")
def test_a_document_is_asked_for_sent_checked_and_kept(intake: Intake) -> None:
    case_id, token = intake.report()
    asked = intake.checklist(case_id, token, "value_proof")
    assert (asked["status"], asked["is_required"]) == ("missing", True)
    assert asked["why"] == "It shows what the contents were worth."

    granted = intake.announce(case_id, token, PDF)
    assert granted.status == 201
    assert intake.checklist(case_id, token, "value_proof")["status"] == "expected"
    intake.upload(granted, PDF)

    line = intake.checklist(case_id, token, "value_proof")
    assert line["status"] == "received"
    (file,) = line["files"]
    assert file["link"] == f"memory:evidence/{case_id}/{granted.body['id']}?application/pdf"
    assert intake.types(case_id)[-2:] == ["EvidenceExpected", "EvidenceReceived"]


@pytest.mark.parametrize(
    ("announced", "sent", "reason"),
    [
        (PDF, PDF + b" ", "size"),
        (PDF, PDF[:-1] + b"\r", "hash"),
        (b"MZ" + b"\0" * 60, b"MZ" + b"\0" * 60, "type"),
        (b"<html><script>", b"<html><script>", "type"),
        (JPEG, JPEG, "type"),
    ],
)
def test_what_is_not_what_was_announced_is_refused_and_shown_to_nobody(
    intake: Intake, announced: bytes, sent: bytes, reason: str
) -> None:
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, announced)

    intake.upload(granted, sent)

    (file,) = intake.checklist(case_id, token, "value_proof")["files"]
    assert (file["status"], file["reason"], file["link"]) == ("refused", reason, None)
    assert not [key for key in intake.files.files if key.startswith("evidence/")]


def test_a_refused_file_can_be_sent_again(intake: Intake) -> None:
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, PDF)
    intake.upload(granted, b"cut off on its way")

    again = intake.announce(case_id, token, PDF)
    assert again.body["id"] == granted.body["id"]
    intake.upload(again, PDF)

    assert intake.checklist(case_id, token, "value_proof")["status"] == "received"
    assert intake.types(case_id)[-3:] == ["EvidenceExpected", "EvidenceRefused", "EvidenceReceived"]


def test_what_was_received_is_not_replaced_by_a_second_upload(intake: Intake) -> None:
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, PDF)
    intake.upload(granted, PDF)

    intake.upload(granted, PDF[:-1] + b"\r")
    intake.upload(granted, PDF)  # the bucket tells at least once, not once

    (kept,) = [key for key in intake.files.files if key.startswith("evidence/")]
    assert intake.files.files[kept] == [PDF]
    assert intake.types(case_id).count("EvidenceReceived") == 1
    assert intake.announce(case_id, token, PDF).body["upload"] is None


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": "holiday_photos"}, "kind", "unknown_kind"),
        ({"content_type": "application/zip"}, "content_type", "type_not_accepted"),
        ({"size": 21 * 1024 * 1024}, "size", "less_than_equal"),
        ({"size": 0}, "size", "greater_than_equal"),
        ({"size": "12"}, "size", "int_type"),
        ({"sha256": "abc"}, "sha256", "string_pattern_mismatch"),
        ({"file_name": ""}, "file_name", "string_too_short"),
        ({"folder": "x"}, "folder", "extra_forbidden"),
    ],
)
def test_what_could_never_be_accepted_is_refused_before_it_is_sent(
    intake: Intake, change: dict[str, object], field: str, code: str
) -> None:
    case_id, token = intake.report()

    told = intake.announce(case_id, token, PDF, **change)

    assert told.status == 422
    assert [(error["field"], error["code"]) for error in told.body["errors"]] == [(field, code)]
    assert "EvidenceExpected" not in intake.types(case_id)


@pytest.mark.requirement("004-51")
def test_damage_is_shown_by_photos_by_role_and_only_by_photos(intake: Intake) -> None:
    case_id, token = intake.report(incident={"kind": "damaged"})
    told = intake.call("GET", f"/v1/cases/{case_id}/evidence", token=token)
    roles = {line["kind"] for line in told.body["data"] if line["is_photo"]}
    assert {"outer_top", "label", "filling", "inner", "item", "damage"} <= roles

    refused = intake.announce(case_id, token, PDF, kind="damage")
    assert refused.body["errors"][0]["code"] == "photo_needed"
    photo = intake.announce(case_id, token, JPEG, kind="damage", content_type="image/jpeg")
    intake.upload(photo, JPEG)

    assert intake.checklist(case_id, token, "damage")["status"] == "received"
    assert intake.checklist(case_id, token, "label")["status"] == "missing"


def test_the_checklist_speaks_the_readers_language(intake: Intake) -> None:
    case_id, token = intake.report()
    told = intake.call(
        "GET",
        f"/v1/cases/{case_id}/evidence",
        token=token,
        headers={"accept-language": "zh-CN"},
    )

    assert told.body["data"][0]["text"] == "收寄凭证或运单"


def test_a_repeat_with_its_key_gets_a_grant_of_its_own(intake: Intake) -> None:
    case_id, token = intake.report()
    path, body = f"/v1/cases/{case_id}/evidence", {
        "kind": "other", "file_name": "a.txt", "content_type": "text/plain", "size": 3,
        "sha256": "a" * 64,
    }  # fmt: skip
    first, second = (
        intake.call("POST", path, body, token=token, headers={"idempotency-key": "k"})
        for _ in range(2)
    )

    assert second.headers["idempotency-replayed"] == "true"
    assert second.body == first.body
    assert second.body["upload"]["url"]


def test_nobody_fills_our_disks(intake: Intake) -> None:
    case_id, token = intake.report()
    for number in range(100):
        hashed = f"{number:064x}"
        assert intake.announce(case_id, token, PDF, kind="other", sha256=hashed).status == 201

    one_more = intake.announce(case_id, token, PDF, kind="other")

    assert (one_more.status, one_more.body["code"]) == (409, "out_of_order")


def test_a_picture_is_shown_as_a_copy_and_its_original_to_staff_alone(intake: Intake) -> None:
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, JPEG, kind="other", content_type="image/jpeg")
    intake.upload(granted, JPEG)

    (file,) = intake.checklist(case_id, token, "other")["files"]
    told = intake.call("GET", f"/v1/staff/cases/{case_id}/evidence", groups="agent")

    assert file["link"].startswith("memory:shown/")
    assert "original" not in file
    (line,) = [line for line in told.body["data"] if line["kind"] == "other"]
    assert line["files"][0]["original"].startswith("memory:evidence/")


def test_a_document_that_acts_is_refused_and_the_claimant_is_told_what_to_do(
    intake: Intake,
) -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=10, height=10)
    writer.add_open_action(JavaScript("app.launchURL('https://example.org')"))
    out = BytesIO()
    writer.write(out)
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, out.getvalue())

    intake.upload(granted, out.getvalue())

    (file,) = intake.checklist(case_id, token, "value_proof")["files"]
    assert (file["status"], file["reason"]) == ("refused", "active_content")
    assert "print it to a PDF" in file["message"]


@pytest.mark.parametrize("is_saved_again", [False, True])
def test_staff_see_where_else_the_same_picture_was_sent(
    intake: Intake, *, is_saved_again: bool
) -> None:
    picture = photo(7, size=400)
    saved = BytesIO()
    Image.open(BytesIO(picture)).resize((200, 200)).save(saved, "JPEG", quality=60)
    sent = (picture, saved.getvalue() if is_saved_again else picture, photo(8))
    cases = [intake.report(reporter={"role": "sender", "name": str(n)}) for n in range(3)]
    for (case_id, token), content in zip(cases, sent, strict=True):
        announced = intake.announce(
            case_id, token, content, kind="other", content_type="image/jpeg"
        )
        intake.upload(announced, content)

    told = [
        intake.call("GET", f"/v1/staff/cases/{case_id}/evidence", groups="agent").body["data"][-1]
        for case_id, _ in cases
    ]

    first, second = cases[0][0], cases[1][0]
    assert [line["files"][0]["seen_in"] for line in told] == [[second], [first], []]


@pytest.mark.parametrize("name", ["../../etc/passwd", "..\\\\boot.ini", "a\x00.pdf", "/etc/shadow"])
def test_a_files_name_decides_nothing_about_where_it_lies(intake: Intake, name: str) -> None:
    case_id, token = intake.report()
    granted = intake.announce(case_id, token, PDF, file_name=name)
    if granted.status == 422:
        return  # refused by its field, before anything is sent
    intake.upload(granted, PDF)

    assert {key.split("/")[1] for key in intake.files.files if key.startswith("evidence/")} == {
        case_id
    }
    assert not [key for key in intake.files.files if ".." in key or "passwd" in key]
