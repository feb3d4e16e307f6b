"""Long text: what is in hand on the line, written in the person's own editor and taken back with its paragraphs.

The file that the editor works on is the draft of that line. So whatever it has saved is in hand afterwards, also where
the editor fails, where what came of it cannot be accepted, or where lrtui is killed meanwhile.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from lrtui.app.screens.meeting import MeetingScreen
from lrtui.errors import LrtuiError, Refused
from lrtui.review import capture
from lrtui.review.text import clean_block, is_harmless

if TYPE_CHECKING:
    from collections.abc import Iterator


class LongTextScreen(MeetingScreen):
    """A screen on which what is in hand can be written in one's own editor."""

    def do_editor(self, _: str) -> None:
        """Open what is in hand in the editor; enter what comes back, unless nothing has changed."""
        if self.session.read_only:
            raise Refused(self.session.storage.refusal)
        before = self._to_be_written()
        written, failure = self._written(before)
        text = clean_block(written)
        changed = text not in {"", clean_block(before)}
        self._hand.pasted = []
        self.take_in_hand(capture.listed(text) if changed and not self._hand.editing else text or before)
        self._keep_draft()
        if failure:
            self.say(f"{failure} {self._what_now() if changed else 'Nothing was changed.'}", warn=True)
        elif changed:
            self._enter_written(harmless=is_harmless(written))
        else:
            emptied = " It came back empty." if before and not text else ""
            self.say(f"Nothing was changed.{emptied} An editor in a window of its own has to be told to wait.")

    def _to_be_written(self) -> str:
        """Return what the editor begins with: what is in hand; else the line that is edited, or what was pasted."""
        hand = self._hand
        if hand.editing:
            return self.in_hand or self._spelled(hand.editing)
        return "\n".join(filter(None, [*hand.pasted, self.in_hand]))

    def _written(self, before: str) -> tuple[str, str]:
        """Have a text edited; return what is written then, and what has gone wrong, if anything."""
        drafts, desk_name, place = self.desk.drafts, self.session.desk_name, self._hand.place
        file = drafts.lay_out(desk_name, place, f"{before}\n" if before else "")
        failure = ""
        try:
            self.desk.edit(file, self._left_to_it)
        except LrtuiError as error:
            failure = str(error)
        self.session.look_away()
        return drafts.take(desk_name).get(place, ""), failure

    @contextmanager
    def _left_to_it(self) -> Iterator[None]:
        try:
            with self.app.suspend():
                yield
        except SuspendNotSupported as error:
            raise Refused("This terminal cannot be left to an editor.") from error

    def _enter_written(self, *, harmless: bool) -> None:
        try:
            self._enter_text(self.in_hand)
        except LrtuiError as error:
            self.say(f"{error} {self._what_now()}", warn=True)
            return
        if not harmless:
            self.add_notice("Signs stand for characters that a terminal would obey.")

    def _what_now(self) -> str:
        enter = "keeps the change" if self._hand.editing else "adds it"
        return f"The text is in hand: Enter {enter}, {self.way('editor')} opens it again."
