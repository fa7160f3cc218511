"""Evidence view: a file and the checklist, in the reader's language."""

from collections.abc import Sequence
from typing import Any

from amends.adapters.codec import to_jsonable
from amends.domain.case.agreement.document_check import CLOCK
from amends.domain.case.case import Case
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.case.vault import Stored, Vault
from amends.ports import Evidence
from amends.service.intake.evidence import link
from amends.service.intake.likeness import seen_elsewhere
from amends.service.intake.vault import link as vault_link
from amends.service.papers.checklist import Line, completeness, regime_of
from amends.service.people.document_wordings import FLAWS
from amends.web.paging import whole

REASONS = {
    "size": {
        "en": "The size is not the one announced; please send the file again.",
        "zh-CN": "文件大小与申报不符，请重新提交。",
    },
    "hash": {
        "en": "The file changed on its way; please send it again.",
        "zh-CN": "文件在传输中有变化，请重新提交。",
    },
    "type": {
        "en": "The file is not of the type announced; please send a photo or a PDF.",
        "zh-CN": "文件类型与申报不符，请提交照片或 PDF。",
    },
    "unreadable": {
        "en": "The file is damaged or locked; please send it again without a password.",
        "zh-CN": "文件损坏或已加密，请去除密码后重新提交。",
    },
    "active_content": {
        "en": "The document contains programs; please print it to a PDF and send that.",
        "zh-CN": "文档含有可执行内容，请另存为普通 PDF 后提交。",
    },
    "two_in_one": {
        "en": "The file holds another file inside; please take the photo or print it anew.",
        "zh-CN": "文件中夹带其他文件，请重新拍照或另存后提交。",
    },
    "infected": {
        "en": "The file looks harmful and was set apart; please send another.",
        "zh-CN": "文件疑似有害，已隔离，请另行提交。",
    },
}


def upload_document(upload: Upload) -> dict[str, Any]:
    """One file, as it was announced, and what came of it."""
    return {
        "id": upload.id,
        "kind": upload.kind,
        "status": upload.state,
        "content_type": upload.content_type,
        "size": upload.size,
        "sha256": upload.sha256,
    }


def kept_document(
    vault: Vault, one: Stored, files: Evidence, language: str, *, for_staff: bool = False
) -> dict[str, Any]:
    """One file that is kept of a shipment before there is a case."""
    upload = one.upload
    more = {"original": vault_link(vault, upload, files, original=True), "sent_by": one.by}
    return {
        **upload_document(upload),
        "reason": upload.reason,
        "message": REASONS[upload.reason][language] if upload.reason else None,
        "announced_at": to_jsonable(one.announced_at),
        "arrived_at": to_jsonable(one.arrived_at),
        "kept_until": to_jsonable(one.ends_at),
        "link": vault_link(vault, upload, files),
        **(more if for_staff else {}),
    }


def checklist_document(
    case: Case, lines: Sequence[Line], files: Evidence, language: str, *, for_staff: bool = False
) -> dict[str, Any]:
    """The resource of `GET /v1/cases/{id}/evidence`: what is asked, why, and what came.

    Staff also get the originals, and which other cases hold the same or nearly the same.
    """
    required = [line for line in lines if line.document and line.document.is_required]
    return {
        **whole([_line(case, line, files, language, for_staff=for_staff) for line in lines]),
        "required": len(required),
        "received": sum(line.counts for line in required),
        "accepted": sum(line.status == "accepted" for line in required),
        "completeness": completeness(lines),
        "regime": regime_of(case),
    }


def _line(
    case: Case, line: Line, files: Evidence, language: str, *, for_staff: bool
) -> dict[str, Any]:
    document = line.document
    return {
        "kind": line.kind,
        "status": line.status,
        "is_required": document.is_required if document else False,
        "is_photo": document.is_photo if document else False,
        "text": document.text[language] if document else None,
        "why": document.why[language] if document else None,
        "source": document.source if document else None,
        "replace_by": to_jsonable(case.waits.get(f"{CLOCK}{line.kind}")),
        "files": [
            {
                **upload_document(upload),
                "reason": upload.reason,
                "message": _said(upload, language),
                "verification": _verification(upload),
                "flaw": upload.flaw,
                "because": upload.because,
                "shipment_id": upload.shipment_id,
                "arrived_at": to_jsonable(upload.arrived_at),
                "link": link(case, upload, files)
                if _is_theirs(case, upload) or for_staff
                else None,
                **(_staffs(case, upload, files) if for_staff else {}),
            }
            for upload in line.files
        ],
    }


def _said(upload: Upload, language: str) -> str | None:
    """What is wrong with it, in words: found by looking into the file, or by a person."""
    if upload.flaw is not None:
        return FLAWS[upload.flaw][language]
    return REASONS[upload.reason][language] if upload.reason else None


def _verification(upload: Upload) -> str | None:
    if upload.state is not UploadState.RECEIVED:
        return None
    if not upload.is_verified:
        return "pending"
    return "accepted" if upload.flaw is None else "refused"


def _is_theirs(case: Case, upload: Upload) -> bool:
    """What a merchant kept of its shipment is shown to whoever speaks for that merchant."""
    return upload.shipment_id is None or case.merchant == upload.owner


def _staffs(case: Case, upload: Upload, files: Evidence) -> dict[str, Any]:
    return {
        "original": link(case, upload, files, original=True),
        "sent_by": upload.sent_by,
        "seen_in": list(seen_elsewhere(case, upload, files)),
    }
