"""What the two screens of a meeting share, the room view and the close: the line on which everything is typed."""

from __future__ import annotations

from lrtui import commands
from lrtui.app.screens.base import wanted
from lrtui.app.screens.looking_back import LookingBackScreen
from lrtui.app.widgets.capture import CaptureLine
from lrtui.errors import Refused
from lrtui.review import capture, completion, dates, intents, lines, roster
from lrtui.review.model import Kind


class CapturingScreen(LookingBackScreen):
    """A screen with the capture line, and with the commands that are typed on it."""

    @property
    def line(self) -> CaptureLine:
        """The capture line."""
        return self.query_one(CaptureLine)

    def is_private(self, text: str) -> bool:
        """Whether what is typed will be a private line."""
        review = self.session.review
        if not text.strip() or capture.slash(text):
            return False
        read = lines.read(review, text, self.page, self.session.today, self.session.prefixes)
        return read.kind is Kind.PRIVATE

    @property
    def page(self) -> str:
        """The step that is shown."""
        return self.session.review.head.step

    def chosen(self, name: str | None) -> None:
        """Perform the command that was chosen; one that needs words is put on the line, to be gone on with."""
        command = commands.BY_NAME[name] if name else None
        if command and command.takes and not command.takes.startswith("["):
            self.line.text = f"/{command.slash} "
        else:
            super().chosen(name)

    def run_typed(self, slash: capture.Slash) -> bool:
        """Perform what was typed after a slash. Tell whether it was done."""
        if commands.is_number(slash.word):
            return self.run_slash(commands.BY_NAME["time"].slash, slash.word)
        return self.run_slash(slash.word or "commands", slash.rest)

    def asked(self, slash: capture.Slash) -> tuple[str, str]:
        """Return the name of the command that is typed, empty for none of this screen, and the words after it."""
        command = commands.typed(slash.word)
        words = slash.word if commands.is_number(slash.word) else slash.rest
        return (command.name, words) if command and self.SCOPE in command.scopes else ("", "")

    def give_back(self, text: str) -> None:
        """Bring back a line that was not accepted; a known command is selected, so that typing goes on without it."""
        alone = not self.line.text
        self.line.restore(text)
        slash = capture.slash(text)
        if alone and slash and commands.typed(slash.word):
            self.line.field.select_all()

    def perform(self, intent: intents.Intent, said: str = "") -> None:
        """Do it, show it, say it."""
        self.session.perform(intent)
        self.refresh_review()
        self.say(said)

    def do_complete(self, _: str) -> None:
        """Complete the word at the cursor."""
        review = self.session.review
        shown = [entry for entry in review.entries.values() if entry.kind is not Kind.PRIVATE]
        tags = {tag for entry in shown for tag in entry.tags}
        tags |= {tag for action in review.actions.values() for tag in action.tags}
        found = completion.complete(
            self.line.text,
            self.line.field.cursor_position,
            handles=[(person.handle, person.name) for person in review.participants.values()],
            tags=sorted(tags),
            teams=sorted({person.team for person in review.participants.values() if person.team}),
            commands=[command.slash for command in self.commands if command.slash],
            prefixes=self.session.prefixes,
        )
        self.say(self.line.complete(found))

    def do_library(self, _: str) -> None:
        """Leave the review."""
        self.post_message(self.Left())

    def do_setup(self, _: str) -> None:
        """Change title, facts, moments and roster."""
        from lrtui.app.screens.setup import SetupScreen

        self.app.push_screen(SetupScreen(self.desk, self.session))

    def do_title(self, words: str) -> None:
        """Give the review another title."""
        self.perform(intents.set_title(wanted(words, "/title and a few words")), "Kept: the title.")

    def do_person(self, words: str) -> None:
        """Add people to the roster."""
        typed = wanted(words, "/person Ana Lima: responder, payments")
        said = roster.said_of_roles(typed, self.session.review.template.roles)
        self.perform(intents.add_people(typed), f"Added to the roster. {said}".strip())

    def do_fact(self, words: str) -> None:
        """Answer one of the template's questions."""
        key, _, answer = wanted(words, "/fact and a key, such as /fact severity sev2").partition(" ")
        self.perform(intents.set_fact(key, wanted(answer, f"/fact {key} and the answer")), f"Kept: {key}.")

    def do_moment(self, words: str) -> None:
        """Record when something of the incident was."""
        key, _, time = wanted(words, "/moment and its name, such as /moment detected 14:02").partition(" ")
        moments = self.session.review.template.moments
        asked = key.casefold()
        found = [moment for moment in moments if asked == moment.key]
        found = found or [moment for moment in moments if asked in moment.title.casefold().split()]
        if len(found) != 1:
            known = ", ".join(f"{moment.key} ({moment.title})" for moment in moments)
            raise Refused(f"“{key}” is none of this template's moments: {known}.")
        time = wanted(time, f"/moment {key} and a time, or n/a")
        self.perform(intents.set_moment(found[0].key, time))
        kept = self.session.review.moments[found[0].key]
        when = dates.spoken(kept.when, about=kept.about)
        self.say(f"Kept: {found[0].title}, {when.spelled if when else 'not applicable'}.")
