"""What lrtui has written to a publish folder, kept in that folder, so that what is ours can be told from anything else.

For each file there is a digest of what it is to be, and of what it was before. The manifest is written first and the
files after it: so whatever moment a publish is killed at, every file is one or the other, and the next publish goes on.
A file that is neither was changed by somebody else.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtui.errors import StoreError
from lrtui.publish.audience import Audience
from lrtui.publish.folder.brief import Listing
from lrtui.publish.folder.corrections import SCHEME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NAME = ".lrtui-publish.json"
FORMAT = 1

_DIGEST = re.compile(r"[0-9a-f]+", re.ASCII)
_encode = json.JSONEncoder(ensure_ascii=False).encode
_PATH = re.compile(r"(?:[a-z0-9][a-z0-9-]*/)*[a-z0-9][a-z0-9-]*\.[a-z]+", re.ASCII)


class Published(NamedTuple):
    """A review that was published: its content's digest, days of the first publish and of each correction, its row."""

    digest: str
    first: str
    corrected: tuple[str, ...]
    listing: Listing

    def with_content(self, digest: str, today: str, listing: Listing) -> Published:
        """Return it as it is today: corrected, if its content is another one than it was known to be."""
        if self.digest in {digest, ""}:
            return Published(digest, self.first, self.corrected, listing)
        return Published(digest, self.first, (*self.corrected, today), listing)


@dataclass(slots=True)
class Manifest:
    """What was written: names by key, reviews by key, and for each file its digest and the one before."""

    audience: Audience
    feed: str = ""
    names: dict[str, str] = field(default_factory=dict)
    reviews: dict[str, Published] = field(default_factory=dict)
    files: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def written(self) -> str:
        """Return it as it stands in its file: one line for each thing, so that it can be compared and merged."""
        head = {"lrtui": FORMAT, "audience": self.audience.value, "digests": SCHEME, "feed": self.feed}
        return "".join(
            [
                json.dumps(head).removesuffix("}"),
                _table("names", ((key, _encode(name)) for key, name in self.names.items())),
                _table("reviews", ((key, _encode(review)) for key, review in self.reviews.items())),
                _table("files", _files(self.files)),
                "\n}\n",
            ]
        )


def _table(name: str, rows: Iterable[tuple[str, str]]) -> str:
    lines = ",".join(f"\n{_encode(key)}: {row}" for key, row in sorted(rows))
    return f',\n"{name}": {{{lines}\n}}'


def _files(files: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, str]]:
    """Yield paths and their digests as JSON; there is nothing in a digest that would have to be escaped."""
    for path, digests in files.items():
        yield path, '["' + '", "'.join(digests) + '"]'


def read(text: str, path: str) -> Manifest:
    """Read a manifest; raises a StoreError where it makes no sense, since everything in the folder depends on it."""
    try:
        found: dict[str, Any] = json.loads(text)
        if found["lrtui"] > FORMAT:
            raise StoreError("A newer lrtui has published to this folder. Use that one, or name another folder.", path)
        same = found["digests"] == SCHEME
        return Manifest(
            Audience(found["audience"]),
            str(found["feed"]),
            {str(key): _a_path(f"{name}.md").removesuffix(".md") for key, name in found["names"].items()},
            {key: _published(row, same=same) for key, row in found["reviews"].items()},
            {_a_path(key): tuple(map(_a_digest, digests)) for key, digests in found["files"].items()},
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StoreError(
            f"What lrtui keeps of this folder in {NAME} cannot be read. Put it back as it was, or name another folder.",
            path,
        ) from error


def _published(row: list[Any], *, same: bool) -> Published:
    digest, first, corrected, listing = row
    return Published(str(digest) if same else "", str(first), tuple(map(str, corrected)), Listing.of_row(listing))


def _a_path(path: str) -> str:
    if not _PATH.fullmatch(path):
        raise ValueError(path)
    return path


def _a_digest(digest: str) -> str:
    if not _DIGEST.fullmatch(digest):
        raise ValueError(digest)
    return digest


def digest_of(content: bytes) -> str:
    """Return what tells one content of a file from another."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()
