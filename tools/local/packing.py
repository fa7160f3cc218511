"""What one build uploads, made once: an archive of each folder, and a template that names them.

`sam deploy` would zip every folder again at every deploy and read the YAML seven times, which was
half of the processor time of a deploy. Archives are uploaded as they are, and JSON reads at once.
"""

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from cfnlint.decode.cfn_yaml import load  # type: ignore[import-untyped]  # has no stubs

NEVER = (1980, 1, 1, 0, 0, 0)
QUICK = 1


def pack(template: Path) -> Path:
    """Pack what a built template names, beside it; answers the template that names the archives."""
    folder = template.with_name("packed")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    document: dict[str, Any] = load(str(template))
    for resource in document["Resources"].values():
        properties = resource.get("Properties", {})
        for name in ("CodeUri", "ContentUri"):
            if name in properties:
                properties[name] = archive(template.parent / properties[name], folder).name
    packed = folder / template.with_suffix(".json").name
    packed.write_text(json.dumps(document))
    return packed


def archive(source: Path, target: Path) -> Path:
    """An archive of a folder, named by its content: the same content is the same archive."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(source)} {path.stat().st_size}\n".encode())
        digest.update(path.read_bytes())
    made = target / f"{digest.hexdigest()[:32]}.zip"
    if not made.exists():
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as packed:
            for path in files:
                entry = zipfile.ZipInfo(str(path.relative_to(source)), NEVER)
                entry.external_attr = (path.stat().st_mode | 0o755) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())
    return made
