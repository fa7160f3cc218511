"""Nobody is asked for a field's path: whatever can be asked has words in both languages."""

import re

import pytest

from amends.catalog import codes, plugin
from amends.domain.case.report import Report, Shipment
from amends.domain.case.talking.information import FIELDS
from amends.domain.case.vocabulary import Kind, ReportChannel, Role
from amends.domain.people.mail_report import draft_of
from amends.service.people.asking_wordings import ASKED, asked
from tests.unit.people.mails import read, written

LANGUAGES = ("en", "zh-CN")
VERIFIED = (
    "shipment.carrier shipment.shipped_on shipment.origin.country shipment.destination.country "
    "shipment.destination.postal_code items sender addressee shipment.tracking_number"
).split()


def said(item: str, kind: str, language: str) -> str:
    text = asked(item, kind, language)
    assert text
    assert not re.search(r"[a-z]_[a-z]|[a-z]\.[a-z]", text), text
    assert language == "en" or re.search(r"[\u4e00-\u9fff]", text), text
    return text


@pytest.mark.requirement("000-19", "000-14")
@pytest.mark.parametrize("kind", codes("incidents"))
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_bare_report_lacks_is_asked_in_words(kind: str, language: str) -> None:
    bare = Report(
        kind=Kind(kind),
        shipment=Shipment(tracking_number="RR123456785CN"),
        role=Role.SENDER,
        language=language,
        channel=ReportChannel.EMAIL,
    )
    incident = plugin("incidents", kind)
    missing = incident.missing(bare)
    assert missing
    wanted = {said(item, kind, language) for item in missing}
    assert len(wanted) == len(missing)
    for question in incident.DETAILS:
        assert said(f"incident.details.{question.code}", kind, language) == question.text[language]
    for document in incident.DOCUMENTS:
        assert said(f"evidence.{document.code}", kind, language) == document.text[language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_draft_a_check_or_an_assessment_asks_has_words(language: str) -> None:
    for item in (*draft_of(read(written("Help!"))).missing, *VERIFIED, *FIELDS, *FIELDS.values()):
        assert said(item, "lost", language)
        assert item in ASKED or FIELDS.get(item) in ASKED


def test_what_nobody_has_worded_shows_no_code_and_what_staff_wrote_stays() -> None:
    assert said("facts.some_new_thing", "lost", "en")
    assert asked("A photo of the seal, please.", "lost", "zh-CN") == "A photo of the seal, please."
