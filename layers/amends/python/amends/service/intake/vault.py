"""Vault: evidence of a shipment is taken in before there is a case, and carried into the case."""

from collections.abc import Callable
from contextlib import suppress

from amends.domain.case import vault as decide
from amends.domain.case.case import Case
from amends.domain.case.evidence import Announced, Fault
from amends.domain.case.state.upload import Upload, UploadState
from amends.domain.case.vault import Stored, Vault
from amends.domain.case.vocabulary import Stage
from amends.domain.occasion import Occasion
from amends.ports import CaseStore, Evidence, Inspector
from amends.ports.evidence import StaleVault, Vaults
from amends.service.amend import ATTEMPTS, amend
from amends.service.intake.evidence import (
    ARRIVING,
    COPIED,
    SHOWN_AS,
    arriving_key,
    keep_in_case,
    look_into,
    owner_of,
)
from amends.service.intake.joining import known_by

VAULT, VIEW = "vault", "view"
"""Shelves of what is kept before there is a case; the bucket ends it by itself."""
CARRIED_IN = frozenset({Stage.INTAKE, Stage.TRACING, Stage.INVESTIGATING})
"""Stages in which a case looks for what was kept; what comes later comes to it."""


def announce(vaults: Vaults, vault: Vault, announced: Announced, occasion: Occasion) -> Stored:
    """Expect a file, in a vault that opens with its first one."""
    after = _change(
        vaults, vault, lambda now: decide.expect(now, announced, by=occasion.by, at=occasion.at)
    )
    return after.file(decide.id_of(vault.shipment_id, announced))


def grant(vault: Vault, upload: Upload, files: Evidence) -> object:
    """The way to send it; None when it is here already."""
    if upload.state is UploadState.RECEIVED:
        return None
    return files.grant_upload(
        arriving_key(vault.shipment_id, upload.id),
        content_type=upload.content_type,
        size=upload.size,
        digest=upload.sha256,
    )


def is_vaults(key: str) -> bool:
    """Whether what arrived is for a shipment, not for a case."""
    return key.startswith(f"{ARRIVING}/shp_")


def arrive(
    vaults: Vaults,
    cases: CaseStore,
    files: Evidence,
    inspect: Inspector,
    key: str,
    occasion: Occasion,
) -> Fault | None:
    """Look at what arrived for a shipment, keep it, and bring it to the cases that are open."""
    shipment_id, evidence_id = owner_of(key)
    vault = vaults.get(shipment_id)
    if vault is None:
        return None  # it ended meanwhile
    upload = vault.file(evidence_id).upload
    found = None if upload.state is UploadState.RECEIVED else files.examine(key)
    fault = None
    if found is not None:
        inside = look_into(files, inspect, upload, key, found)
        fault = inside.fault
        if fault is None:
            files.keep(key, found.version, kept_key(shipment_id, evidence_id))
            if inside.view is not None:
                shown = view_key(shipment_id, evidence_id)
                files.put(shown, inside.view, content_type=SHOWN_AS)
        vault = _change(
            vaults,
            vault,
            lambda now: decide.arrived(
                now, evidence_id, fault, likeness=inside.likeness, at=occasion.at
            ),
        )
    for case_id in known_by(cases, vault.number):
        carry(cases.load(case_id), vault, cases, files, occasion)
    return fault


def carry_known(
    case: Case, vaults: Vaults, cases: CaseStore, files: Evidence, occasion: Occasion
) -> None:
    """Bring to a case everything that was kept of its shipment; again is harmless."""
    if case.stage in CARRIED_IN and case.report.shipment.is_numbered:
        for vault in vaults.under(case.report.shipment.tracking_number):
            carry(case, vault, cases, files, occasion)


def carry(case: Case, vault: Vault, cases: CaseStore, files: Evidence, occasion: Occasion) -> None:
    """Copy first: a record without its file would be worse than a file without its record."""
    new = decide.missing(case, vault)
    for one in new:
        upload, shipment_id = one.upload, vault.shipment_id
        view = view_key(shipment_id, upload.id) if upload.content_type in COPIED else None
        keep_in_case(
            files,
            case.id,
            upload,
            kept=(kept_key(shipment_id, upload.id), None),
            view=view,
            likeness=one.likeness,
        )
    if new:
        amend(cases, case.id, occasion, lambda now: decide.carry(now, vault))


def link(vault: Vault, upload: Upload, files: Evidence, *, original: bool = False) -> str | None:
    """A short-lived link to a file that was received; of a picture, to the copy that is shown."""
    if upload.state is not UploadState.RECEIVED:
        return None
    if upload.content_type in COPIED and not original:
        return files.link(view_key(vault.shipment_id, upload.id), content_type=SHOWN_AS)
    key = kept_key(vault.shipment_id, upload.id)
    return files.link(key, content_type=upload.content_type)


def kept_key(shipment_id: str, evidence_id: str) -> str:
    """Where the original is."""
    return f"{VAULT}/{shipment_id}/{evidence_id}"


def view_key(shipment_id: str, evidence_id: str) -> str:
    """Where the copy of a picture is that people are shown."""
    return f"{VAULT}/{shipment_id}/{evidence_id}/{VIEW}"


def _change(vaults: Vaults, vault: Vault, act: Callable[[Vault], Vault]) -> Vault:
    """Load, decide, save; if the vault moved on meanwhile, decide again."""
    for _ in range(ATTEMPTS):
        known = vaults.get(vault.shipment_id) or vault
        after = act(known)
        if after == known:
            return known
        with suppress(StaleVault):
            return vaults.save(after)
    raise StaleVault("the shipment's evidence kept changing while we were deciding")
