"""The capture line: one input that stays focused, what was understood of it beside it, and what comes of a paste."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input, Static

from lrtui.app.widgets.lean import Across, Kept
from lrtui.app.wrap import cut
from lrtui.review.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Key, Paste

    from lrtui.review.capture import Chip
    from lrtui.review.completion import Completion

STEP = 12  # cells


class Field(Input):
    """An input of one line that loses nothing: neither of a paste of several lines, nor of what is typed in a burst."""

    BINDINGS: ClassVar[list[BindingType]] = [("backspace", "unchip_or_delete_left", "Delete")]

    hides: Callable[[str], bool] | None = None  # tells of a text that it is not to be read on this screen
    becomes: Callable[[str], str] | None = None  # what stands in the place of a text, from the key on that made it
    virtual_size = Reactive(Size(0, 0), repaint=False)  # Textual's own lays the screen out for every letter

    @dataclass
    class Block(Message):
        """Several lines were pasted."""

        lines: list[str]

    @dataclass
    class Entered(Message):
        """Enter was pressed in a field that empties itself."""

        text: str

    def __init__(
        self, value: str = "", placeholder: str = "", *, name: str | None = None, empties: bool = False
    ) -> None:
        super().__init__(value, placeholder, name=name, select_on_focus=False)
        self._hint = placeholder
        self._empties = empties
        self._fitted_to = 0  # the width for which it was last scrolled
        self.takes_blocks = False  # else a paste of several lines becomes one line
        self.cursor_blink = False
        self.unchip: Callable[[str, int], str | None] = lambda _, __: None

    def validate_value(self, value: str) -> str:
        """Put in its place what it becomes; draw nothing, from its first letter on, of what is to be hidden."""
        value = self.becomes(value) if self.becomes is not None else value
        self.password = bool(value) and self.hides is not None and self.hides(value)
        return value

    def hint(self, placeholder: str) -> None:
        """Say what may be typed while nothing is, as far as there is room."""
        self._hint = placeholder
        self.placeholder = cut(placeholder, self.content_size.width) if self.content_size.width else placeholder

    @property
    def hint_fits(self) -> bool:
        """Whether there is room for the whole hint."""
        return cell_len(self._hint) <= self.content_size.width

    def on_resize(self) -> None:
        """Fit the hint to the room."""
        self.hint(self._hint)

    def on_focus(self) -> None:
        """Have the cursor in view."""
        self._scroll(to_cursor=True)

    def on_blur(self) -> None:
        """Show how the text begins."""
        self._scroll(to_cursor=False)

    @property
    def _cursor_cell(self) -> int:
        """Where the cursor is, in cells from the left edge of what is in view."""
        return self.cursor_screen_offset.x - self.content_region.x - self.cursor_at_end

    def _scroll(self, *, to_cursor: bool) -> None:
        at = self._cursor_cell + self.scroll_offset.x + self.cursor_at_end if to_cursor else 0
        self.scroll_to_region(Region(at, 0, 1, 1), animate=False, immediate=True, force=True)

    def watch_virtual_size(self) -> None:
        """Scroll no further than the text goes."""
        self.scroll_x = self.scroll_x

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw the text with the cursor in view, also where the room is another than when the cursor was moved."""
        if self.container_size.width != self._fitted_to:
            self._fitted_to = self.container_size.width
            self._scroll(to_cursor=self.has_focus)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw the text; an ellipsis tells at either end that it goes on there."""
        strip = super().render_line(y)
        width, left = self.content_size.width, self.scroll_offset.x
        cursor = self._cursor_cell if self.has_focus else -1
        if self.value and left > 0 and cursor != 0:
            strip = self._with_sign(strip, 0)
        if self.value and cell_len(self.value) - left > width and cursor != width - 1:
            strip = self._with_sign(strip, width - 1)
        return strip

    def _with_sign(self, strip: Strip, at: int) -> Strip:
        return Strip.join([strip.crop(0, at), Strip([Segment("…", self.rich_style)]), strip.crop(at + 1)])

    def _on_paste(self, event: Paste) -> None:
        """Insert one line; hand several on."""
        event.stop()
        event.prevent_default()
        lines = [line for line in map(clean_line, clean(event.text).split("\n")) if line]
        if len(lines) > 1 and self.takes_blocks:
            self.post_message(self.Block(lines))
        else:
            self.insert_text_at_cursor(" ".join(lines))

    async def _on_key(self, event: Key) -> None:
        """Act on the field's own keys here and now.

        Left to Textual, they are acted on when they have bubbled up to the application. Of keys that come in a burst,
        as over a slow line, the letters would overtake a backspace, and Enter would hit whatever has opened since.
        """
        for binding in self._bindings.key_to_bindings.get(event.key, ()):
            if await self.app.run_action(binding.action, self):
                event.stop()
                event.prevent_default()
                return
        await super()._on_key(event)

    async def action_submit(self) -> None:
        """Hand the text on. A field that empties itself does so at once, before the next key: that is a new line."""
        if not self._empties:
            await super().action_submit()
            return
        self.post_message(self.Entered(self.value))
        self.value = ""

    def action_unchip_or_delete_left(self) -> None:
        """Make what was understood just before the cursor text again; elsewhere delete a character."""
        plain = self.unchip(self.value, self.cursor_position)
        if plain is None:
            self.action_delete_left()
        else:
            moved = self.cursor_position + len(plain) - len(self.value)
            self.value = plain
            self.cursor_position = moved


class Chips(Kept):
    """What was understood of the line, at its right end."""

    def __init__(self) -> None:
        super().__init__(id="chips")
        self.text = ""

    def show(self, text: str, *, gives_way: bool = False) -> None:
        """Show a text.

        Another room than there is lays the screen out anew, and keys wait for that. So the room grows in steps, and
        none keeps it unless it is to give way: mostly the next line needs as much.
        """
        if text != self.text:
            self.text = text
            fits = _room(text) == self.content_size.width if text else not gives_way
            self.refresh(layout=not fits)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 - Textual's interface
        """Draw the text at the right edge; an ellipsis tells where it does not fit."""
        width = self.content_size.width
        text = cut(self.text, width)
        return Strip([Segment(" " * (width - cell_len(text)) + text, self.visual_style.rich_style)], width)

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's interface
        """Return how much room the text takes."""
        return _room(self.text)


def _room(text: str) -> int:
    return -(-cell_len(text) // STEP) * STEP


class CaptureLine(Across):
    """The prompt, the field, and the chips: what was understood while typing."""

    DEFAULT_CSS = """
    CaptureLine { height: 1; padding: 0 1; }
    CaptureLine > Chips { width: auto; max-width: 50%; height: 1; color: $text-muted; padding: 0 0 0 1; }
    CaptureLine > Input { width: 1fr; }
    """

    @dataclass
    class Typed(Message):
        """The text has changed."""

        text: str

    def compose(self) -> ComposeResult:
        """Lay out prompt, field and chips."""
        yield Static("❯", id="prompt", markup=False)
        yield Field(empties=True)
        yield Chips()

    @property
    def field(self) -> Field:
        """The input itself."""
        return self.query_one(Field)

    @property
    def text(self) -> str:
        """What is typed so far."""
        return self.field.value

    @text.setter
    def text(self, value: str) -> None:
        self.field.value = value
        self.field.cursor_position = len(value)

    def restore(self, text: str) -> None:
        """Bring back a line that could not be accepted, before what has been typed since."""
        self.text = f"{text} {self.text}".rstrip()

    def hint(self, placeholder: str) -> None:
        """Say what may be typed while nothing is."""
        self.field.hint(placeholder)

    def show_chips(self, chips: Iterable[Chip], kind: str) -> None:
        """Show what was understood, the kind first."""
        words = [kind, *(chip.label for chip in chips if chip.kind != "kind")]
        shown = " · ".join(word for word in words if word)
        self.query_one(Chips).show(shown, gives_way=not self.field.hint_fits)

    def complete(self, completion: Completion | None) -> str:
        """Put the only option, or what all options begin with, in place; return the options as words to show."""
        if completion is None or not completion.options:
            return ""
        common = _beginning(completion.options)
        typed = self.text[completion.start : completion.end]
        if len(completion.options) == 1 or len(common) > len(typed):
            self.field.value = self.text[: completion.start] + common + self.text[completion.end :]
            self.field.cursor_position = completion.start + len(common)
        return "" if len(completion.options) == 1 else "  ".join(option.strip() for option in completion.options[:12])

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell that the text has changed."""
        event.stop()
        self.post_message(self.Typed(event.value))


def _beginning(words: tuple[str, ...]) -> str:
    first, last = min(words), max(words)
    size = next((at for at, char in enumerate(first) if at >= len(last) or last[at] != char), len(first))
    return first[:size]
