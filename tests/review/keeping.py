"""A review in memory that keeps what an operation returns, the way the journal does."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lrtui.review.fields import Json
from lrtui.review.intents import Context, Intent
from lrtui.review.model import HEAD, Action, Entry, Head, Put, Review
from tests.doing import START, TEMPLATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtui.review.template import Template

TODAY = date(2026, 11, 23)
Documents = dict[str, dict[str, Json]]


class Kept:
    """One review and its documents, table → id → field. The template's `source` stands for it when it is read again."""

    def __init__(self, template: Template, **tables: Documents) -> None:
        assert isinstance(template.source, dict)
        self._template = template
        self._tables: dict[str, Documents] = {
            "review": {},
            **{table: dict(documents) for table, documents in tables.items()},
        }
        self._tables["review"][HEAD] = {**self._tables["review"].get(HEAD, {}), "template": template.source}

    @property
    def review(self) -> Review:
        """The review as it is now."""
        there = {
            table: {key: fields for key, fields in documents.items() if fields and not fields.get("gone")}
            for table, documents in self._tables.items()
        }
        changed = [(table, key) for table, documents in there.items() for key in documents]
        return Review(Head(template=self._template)).refreshed(there, changed)

    def put(self, puts: Iterable[Put]) -> Review:
        """Keep the changes and return the new state."""
        for table, key, fields in puts:
            documents = self._tables.setdefault(table, {})
            merged = {**documents.get(key, {}), **fields}
            documents[key] = {name: value for name, value in merged.items() if value is not None}
        return self.review


class Desk:
    """A review in memory, to which intents are done one after another, a minute apart."""

    def __init__(self, template: str = "learning-review") -> None:
        self.kept = Kept(TEMPLATES[template])
        self.now = START
        self._numbers = itertools.count()

    @property
    def review(self) -> Review:
        return self.kept.review

    def new_id(self) -> str:
        return f"k{next(self._numbers):04}"

    def do(self, *wanted: Intent) -> Review:
        for intent in wanted:
            self.now += timedelta(minutes=1)
            self.kept.put(intent.change(self.review, Context(self.now, TODAY, self.new_id)))
        return self.review

    def entry(self) -> Entry:
        (entry,) = self.review.entries.values()
        return entry

    def action(self) -> Action:
        (action,) = self.review.actions.values()
        return action
