"""Evidence: files are announced, arrive, are looked at, and are kept where nobody replaces them."""

from collections.abc import Mapping

from amends.domain.case import evidence as decide
from amends.domain.case.case import Case
from amends.domain.case.events import Event
from amends.domain.case.evidence import Announced, Fault
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.occasion import Occasion
from amends.ports import Arrived, CaseStore, Evidence, Inspected, Inspector
from amends.service.amend import amend
from amends.service.intake.likeness import marks_of
from amends.service.papers.checklist import documents_of

ARRIVING, KEPT, SHOWN = "arriving", "evidence", "shown"
"""The bucket's shelves: what anybody granted may fill; what only we write; copies to look at."""
COPIED = frozenset({"image/jpeg", "image/png", "image/webp"})
SHOWN_AS = "image/jpeg"


def announce(
    store: CaseStore, case_id: str, announced: Announced, occasion: Occasion
) -> tuple[Case, Upload]:
    """Expect a file; the same file again is the same evidence."""

    def decided(case: Case) -> list[Event]:
        asked = documents_of(case)
        return decide.expect(
            case,
            announced,
            photos=frozenset(one.code for one in asked if one.is_photo),
            documents=frozenset(one.code for one in asked if not one.is_photo),
        )

    case = amend(store, case_id, occasion, decided)
    return case, decide.upload_of(case, decide.id_of(case_id, announced))


def grant(case: Case, upload: Upload, files: Evidence) -> Mapping[str, object] | None:
    """The way to send it; None when it is here already."""
    if upload.state is UploadState.RECEIVED:
        return None
    return files.grant_upload(
        arriving_key(case.id, upload.id),
        content_type=upload.content_type,
        size=upload.size,
        digest=upload.sha256,
    )


def arrive(
    store: CaseStore, files: Evidence, inspect: Inspector, key: str, occasion: Occasion
) -> tuple[Case, Fault | None]:
    """Look at what arrived under a key; keep it, or leave it where nobody is shown it.

    The version that was looked at is copied before it is recorded, so that neither a second upload
    nor a crash in between leaves a record without its file.
    """
    case_id, evidence_id = owner_of(key)
    upload = decide.upload_of(store.load(case_id), evidence_id)
    found = None if upload.state is UploadState.RECEIVED else files.examine(key)
    if found is None:
        return store.load(case_id), None
    inside = look_into(files, inspect, upload, key, found)
    if inside.fault is None:
        keep_in_case(
            files,
            case_id,
            upload,
            kept=(key, found.version),
            view=inside.view,
            likeness=inside.likeness,
        )
    after = amend(
        store, case_id, occasion, lambda now: decide.arrived(now, evidence_id, inside.fault)
    )
    return after, inside.fault


def look_into(
    files: Evidence, inspect: Inspector, upload: Upload, key: str, found: Arrived
) -> Inspected:
    """What the version that was found holds: what was announced, and nothing that acts."""
    fault = decide.fault_of(upload, size=found.size, sha256=found.sha256, head=found.head)
    if fault is not None:
        return Inspected(fault=fault)
    return inspect(upload.content_type, files.read(key, found.version))


def keep_in_case(
    files: Evidence,
    case_id: str,
    upload: Upload,
    *,
    kept: tuple[str, str | None],
    view: bytes | str | None,
    likeness: str | None,
) -> None:
    """The original, what is shown of it, and marks by which the same is found elsewhere.

    `kept` is key and version of the original; `view` a picture's copy, or the key of one.
    """
    files.keep(*kept, kept_key(case_id, upload.id))
    shown = view_key(case_id, upload.id)
    if isinstance(view, str):
        files.keep(view, None, shown)
    elif view is not None:
        files.put(shown, view, content_type=SHOWN_AS)
    for mark in marks_of(case_id, upload, likeness):
        files.put(mark, b"", content_type="text/plain")


def link(case: Case, upload: Upload, files: Evidence, *, original: bool = False) -> str | None:
    """A short-lived link to a file that was received; of a picture, to the copy that is shown.

    The original of a picture says where and with what it was taken: it is for staff.
    """
    if upload.state is not UploadState.RECEIVED:
        return None
    if upload.content_type in COPIED and not original:
        return files.link(view_key(case.id, upload.id), content_type=SHOWN_AS)
    return files.link(kept_key(case.id, upload.id), content_type=upload.content_type)


def arriving_key(case_id: str, evidence_id: str) -> str:
    """Where its sender may put it."""
    return f"{ARRIVING}/{case_id}/{evidence_id}"


def kept_key(case_id: str, evidence_id: str) -> str:
    """Where it is kept once it was looked at."""
    return f"{KEPT}/{case_id}/{evidence_id}"


def view_key(case_id: str, evidence_id: str) -> str:
    """Where the copy of a picture is that people are shown."""
    return f"{SHOWN}/{case_id}/{evidence_id}"


def owner_of(key: str) -> tuple[str, str]:
    """Case and evidence that a key names; ValueError when it is none of ours."""
    shelf, case_id, evidence_id = key.split("/")
    if shelf != ARRIVING:
        raise ValueError("this is no arrival")
    return case_id, evidence_id
