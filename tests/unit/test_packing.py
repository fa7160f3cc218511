"""A build is packed once: the same content is one archive, and the template names it."""

import json
import zipfile
from pathlib import Path

from tools.local.packing import archive, pack

TEMPLATE = """
Resources:
  OneFunction:
    Properties: {CodeUri: One, Handler: a.b}
  OtherFunction:
    Properties: {CodeUri: Other, Handler: a.c}
  SomeLayer:
    Properties: {ContentUri: Layer}
  SomeTable: {Type: AWS::DynamoDB::Table}
"""


def folder(home: Path, name: str, text: str) -> Path:
    inner = home / name / "inner"
    inner.mkdir(parents=True)
    (inner / "module.py").write_text(text)
    return home / name


def test_functions_of_the_same_code_share_an_archive_and_a_layer_has_its_own(
    tmp_path: Path,
) -> None:
    for name, text in (("One", "same"), ("Other", "same"), ("Layer", "another")):
        folder(tmp_path, name, text)
    template = tmp_path / "template.yaml"
    template.write_text(TEMPLATE)

    packed = pack(template)

    resources = json.loads(packed.read_text())["Resources"]
    one, other = (resources[name]["Properties"] for name in ("OneFunction", "OtherFunction"))
    layer = resources["SomeLayer"]["Properties"]["ContentUri"]
    assert one["CodeUri"] == other["CodeUri"] != layer
    assert (one["Handler"], other["Handler"]) == ("a.b", "a.c")
    assert {path.name for path in packed.parent.glob("*.zip")} == {one["CodeUri"], layer}


def test_an_archive_holds_what_the_folder_holds_and_can_be_read_by_anybody(tmp_path: Path) -> None:
    source = folder(tmp_path, "code", "x = 1\n")

    made = archive(source, tmp_path)

    with zipfile.ZipFile(made) as packed:
        (entry,) = packed.infolist()
        assert (entry.filename, packed.read(entry)) == ("inner/module.py", b"x = 1\n")
        assert (entry.external_attr >> 16) & 0o777 == 0o755


def test_other_content_of_the_same_size_is_another_archive(tmp_path: Path) -> None:
    one, other = (folder(tmp_path, name, text) for name, text in (("a", "abc"), ("b", "xyz")))

    assert archive(one, tmp_path) != archive(other, tmp_path)
