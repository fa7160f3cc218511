"""What a local stack finds of its earlier life."""

from pathlib import Path

from tools.local.emulator_process import forget_orphans
from tools.local.places import Places


def test_files_outlive_a_stop_and_not_a_death_before_the_first_one(tmp_path: Path) -> None:
    places = Places(home=tmp_path)
    kept = places.folder("objects") / "file"
    (stopped := places.folder("state") / "cloudformation.json").touch()
    kept.touch()

    forget_orphans(places)
    assert kept.exists()
    stopped.unlink()
    forget_orphans(places)
    assert not kept.exists()
