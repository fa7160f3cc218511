"""The build: the SAM CLI's own, then less weight and compiled bytecode.

`sam build` ships no bytecode, without which every cold start doubles, and it ships all 1,100
locales of Babel, of which the product speaks a few.
"""

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tools.local.packing import digest, pack
from tools.local.places import ROOT, Places, alone, environment, proxies

SAM = ROOT / ".venv-cloud" / "bin" / "sam"
LANGUAGES = ("root", "en", "zh", "de", "fr", "es", "pt", "ru", "ja", "ko")
UNUSED = (
    *("bin", "aws_lambda_powertools/event_handler/openapi/swagger_ui"),
    *("xsdata/codegen", "xsdata/formats/dataclass/templates", "pyiso20022/tools"),
)
UNUSED_FILES = (
    *("PIL/_avif*", "pillow.libs/libavif*", "PIL/_imagingft*", "pillow.libs/libharfbuzz*"),
    *("pillow.libs/libfreetype*", "PIL/_imagingcms*", "pillow.libs/liblcms*", "PIL/_imagingtk*"),
    "pylopdf_fonts_zh_cn/*Serif*",
    *("stdnum/[a-z][a-z]", "stdnum/[!i]*.dat", "stdnum/i[!b]*.dat"),
)
"""Of Pillow what pictures are not opened with (AVIF, fonts, colour profiles, windows), a font that
no paper is set in, and of stdnum all numbers but the IBAN."""
BANK_MESSAGES = re.compile(
    r"pain_001_001_09|pain_002_001_(03|10|12)|camt_05[34]_001_(02|04|08|10)|pacs_004_001_(02|09|11)"
)
"""What we write and what `catalog/iso20022` reads, of the 300 versions in the library."""
# One file of hundreds is read at most, so their bytecode would weigh more than it saves.
UNCOMPILED = r"/(holidays/(countries|financial)|phonenumbers/(data|geodata|carrierdata))/"
LIGHT_ENOUGH = 20 * 1024 * 1024
HEAVY = {"TypesettingLayer": 110 * 1024 * 1024}
"""Layers that only a function carries for which nobody waits at every request."""
SOURCES = (
    "template.yaml",
    "requirements",
    "functions",
    "layers",
    "tools/local/build.py",
    "tools/local/packing.py",
    "tools/template_document.py",
)


def runtime() -> str:
    """The Lambda runtime of the running interpreter."""
    return f"python{sys.version_info.major}.{sys.version_info.minor}"


def architecture() -> str:
    """The machine in Lambda's words."""
    return "arm64" if platform.machine().lower() in ("arm64", "aarch64") else "x86_64"


def build(places: Places) -> Path:
    """Build for this machine unless nothing changed since; answers the template to deploy."""
    with alone(places.build.with_suffix(".lock")):
        done = places.build.with_suffix(".key")
        key = fingerprint()
        if not done.exists() or done.read_text() != key:
            done.unlink(missing_ok=True)
            make(places.build, Path(sys.executable), runtime(), architecture())
            pack(places.build / "template.yaml")
            done.write_text(key)
    return places.build / "packed" / "template.json"


def make(target: Path, interpreter: Path, py_runtime: str, arch: str) -> None:
    """Build into a folder with an interpreter of the runtime's version, which has a pip."""
    _sam_build(target, interpreter, [f"PyRuntime={py_runtime}", f"Arch={arch}"])
    for folder in sorted(path for path in target.iterdir() if path.is_dir()):
        lighten(folder)
    compile_bytecode(target, interpreter)
    for layer in sorted(target.glob("*Layer")):
        check_weight(layer)
        check_complete(layer)


def fingerprint() -> str:
    """A digest of everything that the build reads."""
    digest = hashlib.sha256(f"{sys.version} {architecture()}".encode())
    for path in _sources():
        digest.update(str(path.relative_to(ROOT)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _sources() -> Iterator[Path]:
    for source in SOURCES:
        root = ROOT / source
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            generated = {"__pycache__", "amends.egg-info"} & set(path.parts)
            if path.is_file() and not generated:
                yield path


def _sam_build(target: Path, interpreter: Path, overrides: list[str]) -> None:
    search = f"{interpreter.parent}:{environment()['PATH']}"
    answer = subprocess.run(
        [
            *(
                str(SAM),
                "build",
                "--cached",
                "--parallel",
                "--template",
                str(ROOT / "template.yaml"),
            ),
            *("--build-dir", str(target), "--cache-dir", str(target.with_name("cache"))),
            *("--parameter-overrides", *overrides),
        ],
        cwd=ROOT,
        env=environment(PATH=search, SAM_CLI_TELEMETRY="0", **proxies()),
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise SystemExit(f"sam build failed:\n{answer.stdout}{answer.stderr}")


def lighten(folder: Path) -> None:
    """Remove what no function reads: other languages, stubs, caches, scripts, a web page."""
    python = folder / "python"
    for unused in UNUSED:
        shutil.rmtree(python / unused, ignore_errors=True)
    for pattern in UNUSED_FILES:
        for unread in python.glob(pattern):
            shutil.rmtree(unread) if unread.is_dir() else unread.unlink()
    for message in python.glob("pyiso20022/*/*_[0-9][0-9][0-9]_*"):
        if not BANK_MESSAGES.fullmatch(message.name):
            shutil.rmtree(message)
    for translation in python.glob("holidays/locale/*"):
        if translation.name.split("_")[0] not in LANGUAGES:
            shutil.rmtree(translation)
    for source in python.glob("holidays/locale/**/*.po"):
        source.unlink()
    for cache in [*folder.rglob("__pycache__"), *folder.rglob("*.egg-info")]:
        shutil.rmtree(cache, ignore_errors=True)
    for stub in folder.rglob("*.pyi"):
        stub.unlink()
    for locale in python.glob("babel/locale-data/*.dat"):
        if locale.stem.split("_")[0] not in LANGUAGES:
            locale.unlink()


def compile_bytecode(target: Path, interpreter: Path) -> None:
    """Compile for the interpreter that will run it, never checked against the source again.

    Bytecode names files as they lie on Lambda, so that the same code is the same archive. Functions
    have the same code, of which one compiles and the others have a copy.
    """
    firsts: dict[str, Path] = {}
    copies: dict[Path, Path] = {}
    for folder in sorted(path for path in target.iterdir() if path.is_dir()):
        first = firsts.setdefault(digest(folder), folder)
        if first is not folder:
            copies[folder] = first
    with ThreadPoolExecutor(os.cpu_count()) as together:
        list(together.map(partial(_compile, interpreter), firsts.values()))
    for folder, first in copies.items():
        shutil.copytree(first, folder, dirs_exist_ok=True)


def _compile(interpreter: Path, folder: Path) -> None:
    there = "/opt" if folder.name.endswith("Layer") else "/var/task"
    subprocess.run(
        [
            *(str(interpreter), "-m", "compileall", "-q", "-s", str(folder)),
            *("-p", there, "--invalidation-mode", "unchecked-hash", "-x", UNCOMPILED),
            str(folder),
        ],
        check=True,
    )


def weight(folder: Path) -> int:
    """Bytes of what is shipped, bytecode left out, as the limit counts what is installed."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    )


def check_weight(layer: Path) -> None:
    """Refuse a layer that would slow down every cold start, or that carries boto3."""
    heavy, banned = weight(layer), layer / "python" / "boto3"
    if heavy > HEAVY.get(layer.name, LIGHT_ENOUGH) or banned.exists():
        raise SystemExit(f"{layer.name} holds {heavy} bytes or boto3: too heavy")


def check_complete(layer: Path) -> None:
    """Refuse a layer that lacks what it was to hold: the SAM CLI leaves out what it cannot find."""
    listed = layer / "python" / "requirements.txt"
    if not listed.exists():
        return
    wanted = {_name(line) for line in listed.read_text().splitlines() if "==" in line}
    there = {_name(path.name) for path in (layer / "python").glob("*.dist-info")}
    if missing := sorted(wanted - there):
        raise SystemExit(f"{layer.name} lacks {', '.join(missing)}: is there a wheel for Lambda?")


def _name(text: str) -> str:
    """A distribution's name in its one spelling, from a pin or from a folder of metadata."""
    return (
        re.split(r"==|-\d", text, maxsplit=1)[0].strip().lower().replace("-", "_").replace(".", "_")
    )
