"""A publish folder on disk: one publish at a time, what is in it, and writing to it."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import Locked, Refused
from lrtui.publish.folder import manifest
from lrtui.store.files import told, write_atomically
from lrtui.store.lock import locked

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lrtui.publish.audience import Audience
    from lrtui.publish.folder.manifest import Manifest

NO_FILE = "-"  # in place of a digest, where something else than a file stands

_HALF_WRITTEN = ".lrtui-"  # what files that are being written begin with


class Seen(NamedTuple):
    """A file as it was when last looked into: what tells that it has not changed, and its digest."""

    stamp: str
    digest: str


class Folder:
    """The publish folder `root`; `seen` is what is known of its files, so that few have to be read.

    `looked` is what has been found out beyond that.
    """

    def __init__(self, root: Path, seen: Mapping[str, Seen]) -> None:
        self.root = root
        self.looked: dict[str, Seen] = {}
        self._seen = seen
        self._root = str(root)

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Make the folder if it is missing, and keep every other publish out of it, whoever runs it on this machine.

        The folder itself is what is locked: no file with somebody's name in it is left among what others read.
        """
        try:
            made = not self.root.exists()
            self.root.mkdir(parents=True, exist_ok=True)
            file = os.open(self.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        except OSError as error:
            raise told(error, "nothing was published", self.root) from error
        try:
            if not locked(file):
                raise Locked("Another publish is writing to this folder. Try again when it is done.", str(self.root))
            yield
        finally:
            os.close(file)
            if made:
                with contextlib.suppress(OSError):  # it is not empty: something was published
                    self.root.rmdir()

    def manifest(self, audience: Audience) -> Manifest | None:
        """Return what was written here, None where nothing was; a folder belongs to one audience."""
        text = self.read_manifest()
        if not text:
            return None
        found = manifest.read(text, str(self.root))
        if found.audience is not audience:
            raise Refused(
                f"This folder was published for the audience “{found.audience}”, and what is for one may not be for "
                f"another. Name a folder of its own for “{audience}”."
            )
        return found

    def read_manifest(self) -> str:
        """Return the text of the manifest, "" where there is none."""
        path = self.root / manifest.NAME
        try:
            return path.read_text("utf-8", "replace")
        except FileNotFoundError:
            return ""
        except OSError as error:
            raise told(error, "what was published could not be read", path) from error

    def digest(self, path: str) -> str | None:
        """Return the digest of a file, None where nothing stands there, NO_FILE where something else does."""
        try:
            stamp = self._stamp(path)
            if stamp is None or not stamp:
                return None if stamp is None else NO_FILE
            known = self.looked.get(path) or self._seen.get(path)
            if known is None or known.stamp != stamp:
                known = Seen(stamp, manifest.digest_of((self.root / path).read_bytes()))
                self.looked[path] = known
        except OSError as error:
            raise told(error, "a published file could not be read", self.root / path) from error
        return known.digest

    def _stamp(self, path: str) -> str | None:
        """Return what tells that a file is as it was, None where nothing stands there, "" where no file of ours can.

        So it is behind a link to a folder: that leads to what somebody else has put in another place.
        """
        try:
            end = path.find("/")
            while end > 0:
                if not stat.S_ISDIR(os.lstat(f"{self._root}/{path[:end]}").st_mode):
                    return ""
                end = path.find("/", end + 1)
            status = os.lstat(f"{self._root}/{path}")  # ten thousand of them: a path object takes longer
        except (FileNotFoundError, NotADirectoryError):
            return None
        if not stat.S_ISREG(status.st_mode):
            return ""
        return f"{status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"

    def write(self, path: str, content: bytes) -> None:
        """Write a file, and the folder that it is in if that is missing; it is on the disk on return."""
        file = self.root / path
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise told(error, f"{file.name} was not written", file) from error
        write_atomically(file, content, 0o644, prefix=_HALF_WRITTEN)
        self.looked[path] = Seen(self._stamp(path) or "", manifest.digest_of(content))

    def write_manifest(self, text: str) -> None:
        """Write the manifest."""
        write_atomically(self.root / manifest.NAME, text, 0o644, prefix=_HALF_WRITTEN)

    def remove(self, path: str) -> None:
        """Remove a file."""
        try:
            (self.root / path).unlink(missing_ok=True)
        except OSError as error:
            raise told(error, f"{path} was not removed", self.root / path) from error

    def tidy(self, paths: Iterable[str]) -> None:
        """Remove what a publish that was killed has left half written beside any of the files `paths`."""
        for parent in {Path(path).parent for path in paths}:
            with contextlib.suppress(OSError):
                for item in os.scandir(self.root / parent):
                    if item.name.startswith(_HALF_WRITTEN) and item.name.endswith(".tmp"):
                        Path(item.path).unlink()
