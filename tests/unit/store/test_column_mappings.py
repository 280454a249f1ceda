"""What an office said of its headers is its own, replaced by what it says later, and written down."""

from datetime import datetime
from pathlib import Path

import pytest

from data.access import LOCAL_VIEWER
from data.importing.locate import UNUSED
from data.settings import Settings
from data.store.audit import entries
from data.store.column_mappings import keep_mappings, mappings_of
from data.store.engine import Store, open_store
from data.store.refusals import RefusedError

AT = datetime.fromisoformat("2026-11-29T05:33")
OWN, OTHER = "500242", "500103"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


def test_a_later_word_of_the_same_header_replaces_the_earlier_one(store: Store) -> None:
    keep_mappings(store, LOCAL_VIEWER, OWN, {"骨干数（小）": "小学骨干教师数", "备注2": UNUSED}, AT)
    keep_mappings(store, LOCAL_VIEWER, OWN, {" 骨干数(小) ": "初中骨干教师数"}, AT)
    assert mappings_of(store, OWN) == {" 骨干数(小) ": "初中骨干教师数", "备注2": ""}
    assert mappings_of(store, OTHER) == {}


def test_what_is_forgotten_is_asked_again(store: Store) -> None:
    keep_mappings(store, LOCAL_VIEWER, OWN, {"备注2": UNUSED}, AT)
    keep_mappings(store, LOCAL_VIEWER, OWN, {"备注2": None}, AT)
    assert mappings_of(store, OWN) == {}
    assert [e.row.action for e in entries(store, action="", before=None, most=9)] == ["map", "map"]


def test_words_that_no_store_holds_are_refused(store: Store) -> None:
    with pytest.raises(RefusedError):
        keep_mappings(store, LOCAL_VIEWER, OWN, {"备注\x00": UNUSED}, AT)
    with pytest.raises(RefusedError):
        keep_mappings(store, LOCAL_VIEWER, OWN, {"备": "x" * 501}, AT)
    assert mappings_of(store, OWN) == {}
