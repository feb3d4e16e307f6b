"""The table of actions in the catalog; what is in it is made and read in `lrtui.store.action_rows`.

Apart from that, since every listing has to know the table, and only few need what is in it. Those that are not done
with lie together: they are what is mostly asked for, and few among many.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtui.store.side_table import SideTable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtui.store.side_table import Read

_SCHEMA = """
CREATE TABLE action (
    review INTEGER NOT NULL, going INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL,
    state TEXT NOT NULL, owners TEXT NOT NULL, team TEXT NOT NULL, priority TEXT NOT NULL, tags TEXT NOT NULL,
    ref TEXT NOT NULL, done_when TEXT NOT NULL, reason TEXT NOT NULL, due TEXT, made TEXT, touched TEXT, settled TEXT,
    over TEXT, changed TEXT NOT NULL, zone TEXT NOT NULL, PRIMARY KEY (going DESC, review, number)
) WITHOUT ROWID;
CREATE INDEX action_review ON action (review);
"""


def _rows(read: Read) -> Iterable[Sequence[Any]]:
    from lrtui.store.action_rows import rows

    return rows(read)


TABLE = SideTable("action", _SCHEMA, _rows)
