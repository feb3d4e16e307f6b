"""The fields of a stored document, and what each reads as. Nothing here fails: what cannot be read is empty.

See `lrtui.review.model` for what the documents are.
"""

from __future__ import annotations

import math
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from lrtui.review.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Fields: TypeAlias = "Mapping[str, Json]"
Tables: TypeAlias = "Mapping[str, Mapping[str, Fields]]"

Choice = TypeVar("Choice", bound=StrEnum)


def text(fields: Fields, name: str) -> str:
    """Read a text field."""
    value = fields.get(name)
    return clean(value) if isinstance(value, str) else ""


def number(fields: Fields, name: str) -> int:
    """Read a whole number."""
    value = fields.get(name)
    if isinstance(value, float):
        return int(value) if math.isfinite(value) else 0
    return value if isinstance(value, int) else 0


def flag(fields: Fields, name: str) -> bool:
    """Read a yes or no."""
    return fields.get(name) is True


def words(fields: Fields, name: str) -> tuple[str, ...]:
    """Read a list of texts."""
    value = fields.get(name)
    return tuple(clean(item) for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def day(fields: Fields, name: str) -> date | None:
    """Read a date written `YYYY-MM-DD`."""
    if name not in fields:
        return None
    try:
        return date.fromisoformat(text(fields, name))
    except ValueError:
        return None


def instant(fields: Fields, name: str) -> datetime | None:
    """Read an instant; one without a zone is taken as UTC.

    None also in the first and the last year of the calendar, which not every zone can show.
    """
    try:
        value = datetime.fromisoformat(text(fields, name))
        value = value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return value if MINYEAR < value.year < MAXYEAR else None


def instants(fields: Fields, name: str) -> dict[str, datetime]:
    """Read the fields `name.*` that are instants, sorted, by what follows the dot."""
    read = ((key, instant({key: value}, key)) for key, value in group(fields, name).items())
    return {key: value for key, value in read if value}


def group(fields: Fields, name: str) -> dict[str, Json]:
    """Read the fields `name.*`, sorted, by what follows the dot."""
    start = name + "."
    found = [key for key in fields if key.startswith(start)]
    return {clean(key[len(start) :]): fields[key] for key in sorted(found)} if found else {}


def elements(fields: Fields, name: str) -> tuple[str, ...]:
    """Read a set: the fields `name.*` that are true, sorted."""
    return tuple(key for key, value in group(fields, name).items() if value is True)


def choice(kind: type[Choice], fields: Fields, name: str, default: Choice) -> Choice:
    """Read one of an enumeration's values."""
    try:
        return kind(text(fields, name))
    except ValueError:
        return default


def written(value: datetime) -> str:
    """Write an instant as the journal keeps it: ISO 8601 in UTC, to the millisecond."""
    return value.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
