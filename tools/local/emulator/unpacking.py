"""Code and layers unpacked once for each content, as Lambda caches them, not once for each worker.

A worker's cold start was dominated by unpacking the dependencies layer again.
"""

import hashlib
import tempfile
import threading
import zipfile
from pathlib import Path
from types import ModuleType, SimpleNamespace

_one_at_a_time = threading.Lock()


class SharedArchive(zipfile.ZipFile):
    """An archive that is unpacked into a shared folder first, and linked from there.

    Functions never write to their code, so sharing shows only in the time that it saves.
    """

    def namelist(self) -> list[str]:
        """Only the roots: the emulator resolves every name for every worker; ours are our own."""
        return sorted({name.split("/")[0] for name in super().namelist()})

    def extractall(self, path: object = None, members: object = None, pwd: object = None) -> None:
        """Make `path` hold the archive's content; only whole archives are asked for here."""
        if path is None or members is not None or pwd is not None:
            raise NotImplementedError("the emulator unpacks whole archives")
        shared = self._shared()
        for entry in shared.iterdir():
            (Path(str(path)) / entry.name).symlink_to(entry)

    def _shared(self) -> Path:
        content = Path(str(self.filename)).read_bytes()
        shelf = Path(tempfile.gettempdir()) / "unpacked"
        folder = shelf / hashlib.sha256(content).hexdigest()
        with _one_at_a_time:
            if not folder.exists():
                shelf.mkdir(exist_ok=True)
                fresh = Path(tempfile.mkdtemp(dir=shelf))
                super().extractall(fresh, members=super().namelist())
                fresh.rename(folder)
        return folder


def share(workers: ModuleType) -> None:
    """Give the worker module an archive class that shares."""
    vars(workers)["zipfile"] = SimpleNamespace(
        ZipFile=SharedArchive,
        BadZipFile=zipfile.BadZipFile,
        LargeZipFile=zipfile.LargeZipFile,
        LargeFileError=zipfile.LargeZipFile,
    )
