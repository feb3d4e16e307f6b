from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import where
from tinydb.table import Document

from lrtui.review.model import Put
from lrtui.store.storage import Database, open_database
from tests.store.making import Ticking, entry

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

Model = dict[str, dict[str, Any]]

keys = st.sampled_from(["a", "b", "c"])
states = st.sampled_from(["open", "done", 1, True])
steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["insert", "upsert", "update"]), keys, states),
        st.tuples(st.sampled_from(["remove", "annotate"]), keys, st.none()),
        st.tuples(st.sampled_from(["update_all", "remove_where"]), st.none(), states),
        st.tuples(st.just("truncate"), st.none(), st.none()),
    ),
    max_size=12,
)


def open_in(folder: Path) -> Database:
    return open_database(folder, author="ana-3f9c", clock=Ticking())


def document(key: str, **fields: object) -> Document:
    return Document(fields, cast("int", key))


def named(*names: str) -> list[int]:
    """Document ids, which TinyDB's own types take for numbers."""
    return cast("list[int]", list(names))


def annotate(fields: MutableMapping[str, Any]) -> None:
    fields.setdefault("notes", []).append("seen")


def perform(db: Database, model: Model, do: str, key: str, state: object) -> None:
    """Do the same with a TinyDB table and with a plain dict."""
    table = db.table("actions")
    if do == "insert" and key not in model:
        table.insert(document(key, state=state, text="x"))
        model[key] = {"state": state, "text": "x"}
    elif do == "upsert":
        table.upsert(document(key, state=state))
        model.setdefault(key, {})["state"] = state
    elif do == "update" and key in model:
        table.update({"state": state}, doc_ids=named(key))
        model[key]["state"] = state
    elif do == "annotate" and key in model:
        table.update(annotate, doc_ids=named(key))
        annotate(model[key])
    elif do == "remove" and key in model:
        table.remove(doc_ids=named(key))
        del model[key]
    elif do == "update_all":
        table.update({"state": state})
        model.update({each: {**model[each], "state": state} for each in model})
    elif do == "remove_where":
        table.remove(where("state") == state)
        for each in [each for each in model if model[each]["state"] == state]:
            del model[each]
    elif do == "truncate":
        table.truncate()
        model.clear()


@settings(max_examples=60, deadline=None)
@given(steps)
def test_a_tinydb_table_behaves_like_a_plain_dict_and_so_does_the_disk(done: list[tuple[str, str, object]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        model: Model = {}
        db = open_in(Path(place))
        for do, key, state in done:
            perform(db, model, do, key, state)
            assert {str(each.doc_id): dict(each) for each in db.table("actions")} == model
            assert {str(each.doc_id) for each in db.table("actions").search(where("state") == "open")} == {
                each for each in model if model[each]["state"] == "open"
            }
        assert {str(each.doc_id): dict(each) for each in open_in(Path(place)).table("actions")} == model


def test_a_document_that_comes_again_after_its_removal_has_nothing_of_the_old_one(tmp_path: Path) -> None:
    table = open_in(tmp_path).table("entries")
    table.insert(document("k1", text="old", step="s"))
    table.remove(doc_ids=named("k1"))
    assert table.get(doc_id=named("k1")[0]) is None
    table.insert(document("k1", text="new"))
    assert open_in(tmp_path).table("entries").all() == [{"text": "new"}]


def test_only_the_difference_is_written_under_the_name_of_the_operation(tmp_path: Path) -> None:
    db = open_in(tmp_path)
    table = db.table("entries")
    table.insert_multiple([document("k1", text="one"), document("k2", text="two")])
    with db.journals.operation("correct"):
        table.update({"text": "TWO"}, where("text") == "two")
    last = db.journals.groups[-1]
    assert last.do == "correct"
    assert [(change.id, change.set, change.was) for change in last.changes] == [
        ("k2", {"text": "TWO"}, {"text": "two"})
    ]
    assert db.journals.groups[0].do == "edit"


def test_what_a_session_appends_is_found_by_the_same_search(tmp_path: Path) -> None:
    db = open_in(tmp_path)
    query = where("text") == "x"
    assert db.table("entries").search(query) == []
    db.journals.append("capture", [entry("k1", "x")])
    assert db.table("entries").search(query) == [{"text": "x"}]


def test_what_another_program_changes_between_reading_and_writing_is_not_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db, other = open_in(tmp_path), open_in(tmp_path)
    db.table("entries").insert_multiple([document("k1", text="one"), document("k2", text="two")])
    write = db.journals.write

    def overtaken(data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        other.table("entries").update({"text": "ONE"}, doc_ids=named("k1"))
        write(data)

    other.journals.follow()
    monkeypatch.setattr(db.journals, "write", overtaken)
    db.table("entries").update({"text": "TWO"}, doc_ids=named("k2"))
    for found in (db, open_in(tmp_path)):
        assert found.table("entries").all() == [{"text": "ONE"}, {"text": "TWO"}]


def test_a_document_without_an_id_gets_one(tmp_path: Path) -> None:
    table = open_in(tmp_path).table("entries")
    ids = [str(table.insert({"text": text})) for text in ("one", "two")]
    assert ids == sorted(set(ids))
    assert [str(each.doc_id) for each in table] == ids


def test_dropping_a_table_deletes_its_documents_and_can_be_undone(tmp_path: Path) -> None:
    db = open_in(tmp_path)
    db.table("entries").insert(document("k1", text="x"))
    db.drop_tables()
    assert db.tables() == set()
    db.journals.append("restore", [Put("entries", "k1", {"gone": None})])
    assert open_in(tmp_path).table("entries").all() == [{"text": "x"}]


def test_inserting_an_id_twice_is_refused(tmp_path: Path) -> None:
    table = open_in(tmp_path).table("entries")
    table.insert(document("k1", text="x"))
    with pytest.raises(ValueError, match="already exists"):
        table.insert(document("k1", text="y"))
