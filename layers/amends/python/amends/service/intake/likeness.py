"""Likeness: the same file, or a picture much like it, in other cases; for staff to look at.

Marks are empty objects whose names say everything, so that no table is needed to look them up.
"""

from amends.domain.case.case import Case
from amends.domain.case.state.upload import Upload, UploadState
from amends.ports import Evidence

SAME, ALIKE, OWN = "same", "alike", "likeness"
DIFFERENT_BITS = 3
"""Of 64. Four quarters differ in at least one bit each when more than three differ, so up to three
every pair is found; saving a photo again changes none or one."""


def marks_of(case_id: str, upload: Upload, likeness: str | None) -> tuple[str, ...]:
    """Where a file leaves its marks."""
    owner = f"{case_id}/{upload.id}"
    same = f"{SAME}/{upload.sha256}/{owner}"
    if likeness is None:
        return (same,)
    alike = (f"{quarter}{likeness}/{owner}" for quarter in _quarters(likeness))
    return (same, f"{OWN}/{owner}/{likeness}", *alike)


def seen_elsewhere(case: Case, upload: Upload, files: Evidence) -> tuple[str, ...]:
    """Other cases that hold this file, or a picture much like it; a hint, no proof of anything."""
    if upload.state is not UploadState.RECEIVED:
        return ()
    found = {name.split("/")[2] for name in files.names(f"{SAME}/{upload.sha256}/")}
    for own in files.names(f"{OWN}/{case.id}/{upload.id}/"):
        mine = own.rpartition("/")[2]
        for quarter in _quarters(mine):
            for name in files.names(quarter):
                _, _, theirs, case_id, _ = name.split("/")
                if differing_bits(mine, theirs) <= DIFFERENT_BITS:
                    found.add(case_id)
    return tuple(sorted(found - {case.id}))


def differing_bits(one: str, other: str) -> int:
    """In how many of 64 bits two likenesses differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def _quarters(likeness: str) -> tuple[str, ...]:
    """Shelves of pictures that share a quarter with this one."""
    return tuple(f"{ALIKE}/{n}-{likeness[4 * n : 4 * n + 4]}/" for n in range(4))
