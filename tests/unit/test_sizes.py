"""The ceiling holds for every tree, and an excuse ends with its reason."""

from pathlib import Path

from tools.sizes import CEILING, TREES, too_long


def test_what_is_over_the_ceiling_is_named_wherever_it_stands(tmp_path: Path) -> None:
    for tree in TREES:
        (tmp_path / tree / "deep").mkdir(parents=True)
        (tmp_path / tree / "deep" / "full.py").write_text("x\n" * CEILING)
    assert list(too_long(tmp_path, frozenset())) == []

    (tmp_path / "tests" / "deep" / "full.py").write_text("x\n" * (CEILING + 1))

    assert list(too_long(tmp_path, frozenset())) == [
        "tests/deep/full.py has 251 lines: at most 250"
    ]
    assert list(too_long(tmp_path, frozenset({"tests/deep/full.py"}))) == []
    assert list(too_long(tmp_path, frozenset({"tests/deep/full.py", "tests/gone.py"}))) == [
        "tests/gone.py needs no excuse any more"
    ]
