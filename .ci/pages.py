"""Check published pages with programs that are not ours: `pages.py DIR`.

Needs `cmark-gfm`, `java` with vnu.jar (named by $VNU), and `jing`. Ends with 1 and what is wrong.
"""

from __future__ import annotations

import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

GFM = [word for name in ("table", "tasklist", "strikethrough") for word in ("--extension", name)]
UNKNOWN = (
    ".*Content Security Policy.*"  # vnu computes no digests, and takes a file in the folder above for another site
)


class Text(HTMLParser):
    """The text of a page, without its white space."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.feed(source)
        self.close()

    def handle_data(self, data: str) -> None:
        """Keep it."""
        self.parts.append("".join(data.split()))


def run(*command: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a program."""
    return subprocess.run(command, input=given, capture_output=True, text=True, check=False)


def markdown(root: Path) -> list[str]:
    """Return the pages that another renderer shows otherwise than the one of the tests."""
    ours, wrong = MarkdownIt("commonmark").enable("table"), []
    vars(ours)["normalizeLinkText"] = str  # it would show %41 as A
    for page in sorted(root.rglob("*.md")):
        body = page.read_text("utf-8").split("\n---\n", 1)[1]
        other = run("cmark-gfm", *GFM, given=body).stdout
        shown = ["".join(Text(source).parts) for source in (ours.render(body), other)]
        if shown[0].replace("[]", "").replace("[x]", "") != shown[1].replace("[]", "").replace("[x]", ""):
            wrong.append(f"{page}: cmark-gfm shows something else")
    return wrong


def validated(root: Path) -> list[str]:
    """Return what validators say of HTML, style sheet and feeds."""
    vnu = ["java", "-jar", os.environ["VNU"], "--filterpattern", UNKNOWN]
    pages = [str(page) for page in root.rglob("*.html")]
    said = [run(*vnu, *pages[at : at + 200]).stderr for at in range(0, len(pages), 200)]
    said += [run(*vnu, "--css", str(sheet)).stderr for sheet in root.rglob("*.css")]
    schema = str(Path(__file__).with_name("atom.rnc"))
    said += [run("jing", "-c", schema, str(feed)).stdout for feed in root.rglob("feed.xml")]
    return [words for words in said if words.strip()]


def main() -> None:
    """Check."""
    root = Path(sys.argv[1])
    wrong = [*markdown(root), *validated(root)]
    if wrong:
        sys.exit("\n".join(wrong))
    count = sum(1 for _ in root.rglob("*.*"))
    print(f"{count} files are in order.")


main()
