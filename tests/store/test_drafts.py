from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import StoreError
from lrtui.store.drafts import Drafts
from tests.store.making import ROOT

TYPIST = """
import sys
from pathlib import Path
from lrtui.store.drafts import Drafts

drafts, text = Drafts(Path(sys.argv[1])), ""
while True:
    text += "x" if len(text) < 200 else ""
    assert drafts.keep("one", "capture", text)
    print(len(text), flush=True)
"""

awkward = st.text(alphabet="a./@%~\x00\ud800é\n ", min_size=1, max_size=6)


@pytest.fixture
def drafts(tmp_path: Path) -> Drafts:
    return Drafts(tmp_path / ".cache" / "drafts")


def test_half_typed_text_comes_back_by_its_place_until_it_is_dropped(tmp_path: Path, drafts: Drafts) -> None:
    assert drafts.keep("one", "capture", "14:31 retry sto")
    assert drafts.keep("one", "capture", "14:31 retry storm")
    assert drafts.keep("one", "silent/notes", "a\r\nb")
    assert drafts.keep("one-more", "capture", "another review's")
    again = Drafts(tmp_path / ".cache" / "drafts")
    assert again.take("one") == {"capture": "14:31 retry storm", "silent/notes": "a\r\nb"}
    assert again.drop("one", "capture")
    assert again.take("one") == {"silent/notes": "a\r\nb"}
    assert again.drop("one")
    assert again.take("one") == {}
    assert again.take("one-more") == {"capture": "another review's"}


def test_text_that_was_emptied_leaves_no_draft(drafts: Drafts) -> None:
    assert drafts.keep("one", "capture", "x")
    assert drafts.keep("one", "capture", "")
    assert drafts.take("one") == {}


def test_a_draft_can_be_laid_out_for_another_program_whose_text_it_has_then(tmp_path: Path, drafts: Drafts) -> None:
    drafts.keep("one", "capture", "half")
    file = drafts.lay_out("one", "edit 7", "")
    assert (file.read_text(), file.stat().st_mode & 0o777) == ("", 0o600)
    file.write_text("one\n\ntwo\n")
    file.with_name(f"{file.name}~").write_text("what an editor puts beside it")
    assert drafts.take("one") == {"capture": "half", "edit 7": "one\n\ntwo\n"}
    file.write_bytes("schön".encode("latin-1"))
    assert drafts.take("one")["edit 7"] == "schön"
    assert drafts.drop("one", "edit 7")
    assert not file.exists()
    with pytest.raises(StoreError, match="A folder is missing: the text could not be kept"):
        Drafts(tmp_path / "moved away" / ".cache" / "drafts").lay_out("one", "capture", "x")


def test_looking_for_drafts_makes_nothing(tmp_path: Path, drafts: Drafts) -> None:
    assert drafts.take("one") == {}
    assert drafts.drop("one")
    assert list(tmp_path.iterdir()) == []


def test_a_draft_is_for_its_owner_alone(tmp_path: Path, drafts: Drafts) -> None:
    drafts.keep("one", "capture", "x")
    (file,) = (tmp_path / ".cache" / "drafts").iterdir()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_a_disk_that_refuses_does_not_disturb_the_typing(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    drafts = Drafts(tmp_path / "file" / "drafts")
    assert not drafts.keep("one", "capture", "x")
    assert drafts.take("one") == {}
    assert not drafts.drop("one", "capture")


def test_a_draft_makes_no_library_anew_that_was_moved_away(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "library" / ".cache" / "drafts")
    assert not drafts.keep("one", "capture", "x")
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=50, deadline=None)
@given(awkward, awkward, awkward)
def test_no_name_is_too_awkward_and_none_leads_out_of_the_folder(review: str, where: str, text: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        drafts = Drafts(Path(place) / "drafts")
        assert drafts.keep(review, where, text)
        assert [where for where, _ in drafts.take(review).items()] == [where]
        assert [path.name for path in Path(place).iterdir()] == ["drafts"]
        assert drafts.drop(review)
        assert drafts.take(review) == {}


def test_after_a_kill_in_the_middle_of_typing_the_draft_is_whole(tmp_path: Path) -> None:
    for lines in (1, 40, 90):
        command = [sys.executable, "-c", TYPIST, str(tmp_path)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for _ in range(lines):
                process.stdout.readline()
            process.kill()
            kept = [int(line) for line in process.stdout.read().splitlines()]
        text = Drafts(tmp_path).take("one")["capture"]
        assert set(text) == {"x"}
        assert len(text) >= max(kept, default=lines)
