"""Writing to disk so that a crash at any moment leaves either the old or the new, never a mixture.

Every failure of the disk is told as one sentence without a path in it, because the shared screen may show it.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import stat
import sys
import tempfile
import unicodedata
from pathlib import Path

from lrtui.errors import StoreError

_SPACE = "Free some space and try again."
_OWNER = "Check who owns the folder, or choose another."
_PLACE = "Choose another place."
_REASONS = {
    errno.ENOSPC: ("The disk is full", _SPACE),
    errno.EDQUOT: ("Your share of the disk is used up", _SPACE),
    errno.EROFS: ("The disk can only be read", _PLACE),
    errno.EACCES: ("Permission was refused", _OWNER),
    errno.EPERM: ("Permission was refused", _OWNER),
    errno.EIO: ("The disk reported a fault", "Try again, and copy the library to another disk soon."),
    errno.ENOENT: ("A folder is missing", "Check that it is still there."),
    errno.ENOTDIR: ("A file stands where a folder should be", _PLACE),
    errno.EISDIR: ("A folder stands where a file should be", _PLACE),
    errno.ELOOP: ("A link or pipe stands where a file should be", "Put the file itself in its place."),
    errno.ENAMETOOLONG: ("The name is too long", "Choose a shorter one."),
}


def told(error: OSError, outcome: str, path: Path) -> StoreError:
    """Return what a person should read after `error` at `path`; `outcome` says what has not come about, as a clause."""
    reason, advice = _REASONS.get(error.errno or 0, (error.strerror or type(error).__name__, "Try again."))
    return StoreError(f"{reason}: {outcome}. {advice}", str(path))


def slug(text: str, *, empty: str = "review", limit: int = 48) -> str:
    """Return `text` as a file name of lower-case ASCII letters, digits and dashes; `empty` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if len(name) > limit:
        whole_words = name[: limit + 1].rpartition("-")[0]
        name = (whole_words or name[:limit]).strip("-")
    return name or empty


def settle(file: int) -> None:
    """Return when the content of the open `file` is on the disk itself, not only on its way there."""
    if sys.platform == "darwin":
        try:
            fcntl.fcntl(file, fcntl.F_FULLFSYNC)
        except OSError:  # not every file system has it
            os.fsync(file)
    else:
        os.fdatasync(file)


def settle_folder(folder: Path) -> None:
    """Return when the names in `folder` are on the disk; a file system that cannot do this is left in peace."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make `folder` and the ones above it, for its owner alone, durably. One that exists stays as it is."""
    try:
        _make(folder)
    except OSError as error:
        raise told(error, "the folder could not be made", folder) from error


def _make(folder: Path) -> None:
    if folder.is_dir():
        return
    if folder.parent != folder:
        _make(folder.parent)
    with contextlib.suppress(FileExistsError):  # another process may have been quicker
        folder.mkdir(mode=0o700)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
    settle_folder(folder.parent)


def append_lines(path: Path, lines: bytes, *, head: bytes, anew: bool) -> tuple[os.stat_result, os.stat_result]:
    """Append whole `lines` durably, all or nothing; return the file's status before and after.

    A file that is empty gets `head` first, one that ends in a torn line a line end. With `anew` a folder that is
    missing is made. When the disk refuses, the file is cut back to what it was and a StoreError tells why.
    """
    try:
        file = _open_to_append(path, anew=anew)
    except OSError as error:
        raise told(error, "this change was not saved", path) from error
    try:
        before = os.fstat(file)
        _append(file, lines if before.st_size else head + lines, before, path.parent)
        return before, os.fstat(file)
    except OSError as error:
        raise told(error, "this change was not saved", path) from error
    finally:
        os.close(file)


def _open_to_append(path: Path, *, anew: bool) -> int:
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        if not anew:
            raise
        _make(path.parent)
        return os.open(path, flags, 0o600)


def _append(file: int, lines: bytes, before: os.stat_result, folder: Path) -> None:
    if not stat.S_ISREG(before.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    size = before.st_size
    torn = size > 0 and os.pread(file, 1, size - 1) != b"\n"
    data = b"\n" + lines if torn else lines
    try:
        write_all(file, data)
        settle(file)
        if not size:
            settle_folder(folder)
    except OSError:
        with contextlib.suppress(OSError):
            _cut_back(file, size, data)
        raise


def _cut_back(file: int, size: int, data: bytes) -> None:
    written = os.pread(file, len(data) + 1, size)
    if data.startswith(written):  # nobody else has written behind us
        os.ftruncate(file, size)
        settle(file)


def write_all(file: int, data: bytes) -> None:
    """Write all of `data`: in one call, unless the system takes only a part of it."""
    done = os.write(file, data)
    while done < len(data):
        done += os.write(file, data[done:])


def write_atomically(
    path: Path, data: bytes | str, mode: int = 0o600, *, durable: bool = True, prefix: str = "."
) -> None:
    """Give the file at `path` a new content; whoever reads it meets the old one or the new one.

    Meanwhile the new one lies beside it in a file whose name begins with `prefix` and ends in `.tmp`. A link stays and
    its target is written; a file that exists keeps its mode; what is no file (a terminal, a pipe) is written to as it
    is. With `durable` the content is on the disk on return.
    """
    content = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    try:
        status = path.stat() if path.exists() else None
        if status is None or stat.S_ISREG(status.st_mode):
            keep = stat.S_IMODE(status.st_mode) if status else mode
            _replace(Path(os.path.realpath(path)), content, keep, durable=durable, prefix=prefix)
        else:
            path.write_bytes(content)
    except OSError as error:
        raise told(error, f"{path.name} was not written", path) from error


def _replace(path: Path, content: bytes, mode: int, *, durable: bool, prefix: str) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=prefix, suffix=".tmp")
    try:
        try:
            os.fchmod(handle, mode)
            write_all(handle, content)
            if durable:
                settle(handle)
        finally:
            os.close(handle)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    if durable:
        settle_folder(path.parent)
