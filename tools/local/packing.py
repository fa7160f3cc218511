"""What one build uploads, made once: an archive of each folder, and a template that names them.

`sam deploy` would zip every folder again at every deploy and read the YAML seven times, which was
half of the processor time of a deploy. Archives are uploaded as they are, and JSON reads at once.
"""

import hashlib
import json
import os
import shutil
import zipfile
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from tools.template_document import template_document

NEVER = (1980, 1, 1, 0, 0, 0)
QUICK = 1


def pack(template: Path) -> Path:
    """Pack what a built template names, beside it; answers the template that names the archives."""
    folder = template.with_name("packed")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    document: dict[str, Any] = template_document(template)
    named = [
        (properties, name)
        for properties in (each.get("Properties", {}) for each in document["Resources"].values())
        for name in ("CodeUri", "ContentUri")
        if name in properties
    ]
    with ThreadPoolExecutor(os.cpu_count()) as together:  # packing lets go of the interpreter
        sources = [template.parent / properties[name] for properties, name in named]
        archives = together.map(partial(archive, target=folder), sources)
        for (properties, name), made in zip(named, archives, strict=True):
            properties[name] = made.name
    packed = folder / template.with_suffix(".json").name
    packed.write_text(json.dumps(document))
    return packed


def archive(source: Path, target: Path) -> Path:
    """An archive of a folder, named by its content: the same content is the same archive."""
    made = target / f"{digest(source)[:32]}.zip"
    fresh = target / f"{source.name}.new"  # others may make the same at the same moment
    if not made.exists():
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=QUICK) as packed:
            for path in _files(source):
                entry = zipfile.ZipInfo(str(path.relative_to(source)), NEVER)
                entry.external_attr = (path.stat().st_mode | 0o755) << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, path.read_bytes())
        fresh.replace(made)
    return made


def digest(folder: Path) -> str:
    """What a folder holds, as a hexadecimal number."""
    seen = hashlib.sha256()
    for path in _files(folder):
        seen.update(f"{path.relative_to(folder)} {path.stat().st_size}\n".encode())
        seen.update(path.read_bytes())
    return seen.hexdigest()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
