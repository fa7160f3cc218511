"""A case on paper: what happened, what was found, what is owed, and the proof."""

from base64 import b64decode
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from amends.adapters.locale import BabelFormats
from amends.adapters.typesetting import typeset
from amends.domain.case.events import Concluded
from amends.domain.case.vocabulary import Finding
from amends.domain.occasion import Occasion
from amends.service.amend import amend
from amends.web.router import Router
from claim_settle.papers import Press, endpoints
from tests.support.intake_world import NOW, PDF, Intake
from tests.support.proofs import prove, staff_bearer

MARKUP = 'cup #import "x" *bold* $1$ <b> 杯子'


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.fixture
def case(intake: Intake) -> tuple[str, str]:
    """A case with a document, a conclusion, and words that would be markup if they were read."""
    found = intake.report(
        items=[{"name": MARKUP, "unit_value": {"amount": "260.00", "currency": "CNY"}}],
        sender={"name": "李雷", "phone": "+86 10 1", "address": {"city": "广州", "lines": ["a"]}},
    )
    intake.upload(intake.announce(*found, PDF), PDF)
    concluded = Concluded(
        finding=Finding.LOST, ground="nothing moved", rule="presumed_loss", source="the channels"
    )
    occasion = Occasion(at=NOW, by="test", because="test")
    amend(intake.cases, found[0], occasion, lambda now: [] if now.conclusion else [concluded])
    return found


def printed(
    intake: Intake,
    path: str,
    *,
    token: str | None = None,
    groups: str | None = None,
    zh: bool = False,
) -> dict[str, Any]:
    press = Press(
        cases=lambda: intake.cases,
        contacts=lambda: intake.contacts,
        formats=BabelFormats,
        typeset=typeset,
    )
    bearer = staff_bearer("anna", *groups.split()) if groups else token
    headers = {"accept-language": "zh-CN" if zh else "en"}
    event = {
        "rawPath": path,
        "headers": headers | ({"authorization": f"Bearer {bearer}"} if bearer else {}),
        "requestContext": {"http": {"method": "GET"}},
    }
    return Router(*endpoints(press), prove=prove)(event)


def read(answer: dict[str, Any]) -> PdfReader:
    assert answer["statusCode"] == 200, answer["body"]
    assert answer["headers"]["content-type"] == "application/pdf"
    return PdfReader(BytesIO(b64decode(answer["body"])))


def text_of(answer: dict[str, Any]) -> str:
    return " ".join(" ".join(page.extract_text() for page in read(answer).pages).split())


@pytest.mark.requirement("001-11", "002-18")
def test_the_dossier_holds_timeline_findings_calculation_and_evidence_with_hashes(
    intake: Intake, case: tuple[str, str]
) -> None:
    text = text_of(printed(intake, f"/v1/cases/{case[0]}/dossier", token=case[1]))

    for expected in (
        f"Dossier of case {case[0]}",
        "The case was opened.",
        "lost: nothing moved (presumed_loss; the channels)",
        "Nothing has been worked out yet.",
        "Invoice, order or payment record",
    ):
        assert expected in text
    (upload,) = intake.cases.load(case[0]).uploads
    assert upload.sha256 in text.replace(" ", "")


def test_the_dossier_speaks_chinese_with_a_font_of_its_own(
    intake: Intake, case: tuple[str, str]
) -> None:
    answer = printed(intake, f"/v1/cases/{case[0]}/dossier", token=case[1], zh=True)

    text = text_of(answer)
    assert "案件卷宗" in text
    assert "案件已受理。" in text
    page: Any = read(answer).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    descriptors = [font.get_object()["/DescendantFonts"][0]["/FontDescriptor"] for font in fonts]
    assert all({"/FontFile3", "/FontFile2"} & set(found) for found in descriptors)


def test_it_can_be_read_aloud(intake: Intake, case: tuple[str, str]) -> None:
    answer = printed(intake, f"/v1/cases/{case[0]}/dossier", token=case[1])
    root: Any = read(answer).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"] is not None
    assert "/StructTreeRoot" in root
    assert root["/Lang"].startswith("en")


def test_the_same_version_is_the_same_bytes_and_another_is_not(
    intake: Intake, case: tuple[str, str]
) -> None:
    path = f"/v1/cases/{case[0]}/dossier"
    first = printed(intake, path, token=case[1])

    intake.now += timedelta(days=400)
    assert printed(intake, path, token=case[1])["body"] == first["body"]
    intake.call("POST", f"/v1/cases/{case[0]}/withdraw", {"reason": "x"}, token=case[1])
    assert printed(intake, path, token=case[1])["body"] != first["body"]


@pytest.mark.requirement("001-10")
@pytest.mark.parametrize("zh", [False, True])
def test_the_claim_form_holds_item_persons_and_contents(
    intake: Intake, case: tuple[str, str], *, zh: bool
) -> None:
    path = f"/v1/cases/{case[0]}/documents/claim_form"

    text = text_of(printed(intake, path, token=case[1], zh=zh))

    assert ("邮件查询及赔偿申请单" if zh else "Inquiry and claim") in text
    for expected in ("RR123456785CN", "李雷", "广州", "Li Lei", '#import "x" *bold* $1$ <b>'):
        assert expected in text


@pytest.mark.requirement("001-10")
def test_the_letter_on_top_asks_and_says_what_is_enclosed(
    intake: Intake, case: tuple[str, str]
) -> None:
    path = f"/v1/cases/{case[0]}/documents/cover_letter"

    text = text_of(printed(intake, path, token=case[1]))

    assert "Claim concerning item RR123456785CN" in text
    assert "reported as: lost parcel" in text
    assert "Invoice, order or payment record" in text


@pytest.mark.parametrize("path", ["dossier", "documents/claim_form", "documents/cover_letter"])
def test_only_who_may_read_the_case_may_print_it(
    intake: Intake, case: tuple[str, str], path: str
) -> None:
    case_id, token = case
    claimants, staffs = f"/v1/cases/{case_id}/{path}", f"/v1/staff/cases/{case_id}/{path}"

    assert printed(intake, claimants)["statusCode"] == 401
    assert printed(intake, claimants, token="0" * 64)["statusCode"] == 404
    assert printed(intake, staffs, token=token)["statusCode"] == 401
    assert printed(intake, staffs, groups="hr")["statusCode"] == 403
    assert printed(intake, staffs, groups="adjuster")["statusCode"] == 200


def test_there_are_three_papers_and_no_more(intake: Intake, case: tuple[str, str]) -> None:
    path = f"/v1/cases/{case[0]}/documents/anything"

    assert printed(intake, path, token=case[1])["statusCode"] == 404
