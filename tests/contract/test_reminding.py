"""All warnings of a list are reminded of at once: the letters of their units, and one press that notes what was shown."""

from base64 import b64decode
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.files.documents import letters_file
from callbacks.pages.warn import warn_view
from callbacks.rendering.page_context import load_unit_context
from callbacks.writing.reminding import remind_of_all
from data.access import Viewer
from data.settings import Settings
from data.store import audit
from data.store.refusals import ChangedMeanwhileError
from data.store.warnings import SUBJECT, WarningStep, list_states, remind_all, step
from data.view_state import ViewState
from layouts.pages.warn.rows import WarnView
from tests.people import CATALOGUE, person, refusal_of
from tests.small_demo import copied

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
AT = NOW.replace(tzinfo=None)
CITY = person("municipal_supervisor1")


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    return replace(create_app(copied(small_settings, tmp_path)).deps, now=lambda: NOW)


def seen_by(deps: Dependencies, who: Viewer, only: str = "") -> tuple[Dependencies, WarnView]:
    mine = replace(deps, current_viewer=lambda: who).for_viewer()
    snapshot = mine.warehouse.current()
    return mine, warn_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(only=only)))


def test_what_was_shown_is_noted_whole_and_once(deps: Dependencies) -> None:
    mine, view = seen_by(deps, CITY, only="orange")
    waiting = [w for w in view.shown if w.state == "new"]
    assert 1 < len(waiting) < len(view.warnings)
    request: dict[str, object] = {"address": "/warn?only=orange", "seen": view.waiting_mark}
    assert refusal_of(lambda: remind_of_all(mine, {**request, "seen": "1"}, CITY)) == "none_new"
    assert str(len(waiting)) in remind_of_all(mine, request, CITY).words
    assert {k for k, s in list_states(deps.store).items() if s.state == "reminded"} == {w.warning_key for w in waiting}
    assert refusal_of(lambda: remind_of_all(mine, request, CITY)) == "none_new"
    (entry,) = audit.history(deps.store, SUBJECT, waiting[0].warning_key)
    assert (entry.action, entry.actor) == ("remind", CITY.name)
    _, after = seen_by(deps, CITY)
    assert sum(w.state == "new" for w in after.warnings) == len(view.warnings) - len(waiting)


def test_a_list_of_which_one_was_reminded_meanwhile_leaves_nothing(deps: Dependencies) -> None:
    _, view = seen_by(deps, CITY)
    seen = {w.warning_key: 0 for w in view.warnings}
    last = max(seen)
    step(deps.store, CATALOGUE, CITY, WarningStep(last, 0, "remind"), AT, shown_state="new")
    with pytest.raises(ChangedMeanwhileError):
        remind_all(deps.store, CATALOGUE, CITY, seen, AT)
    assert list(list_states(deps.store)) == [last]


@pytest.mark.parametrize("name", ["district_supervisor1", "municipal_leader1", "responsible_inspector1"])
def test_only_the_city_reminds(deps: Dependencies, name: str) -> None:
    mine, view = seen_by(deps, person(name))
    assert not view.may_remind
    waiting = {w.warning_key: 0 for w in view.shown}
    assert waiting
    request: dict[str, object] = {"address": "/warn", "seen": view.waiting_mark}
    assert refusal_of(lambda: remind_of_all(mine, request, person(name))) in ("no_permission", "matter_of_unit")
    assert list_states(deps.store) == {}


def test_each_unit_of_the_filter_has_its_letter(deps: Dependencies) -> None:
    mine, view = seen_by(deps, CITY)
    file = letters_file(mine, "/warn", "") or {}
    with ZipFile(BytesIO(b64decode(str(file["content"])))) as archive:
        letters = {name: Document(BytesIO(archive.read(name))) for name in archive.namelist()}
    units = {u.district_code: u.name for u in view.rows.units}
    named = {units[w.district_code] for w in view.warnings}
    assert len(letters) == len(named)
    for unit in named:
        (letter,) = [d for name, d in letters.items() if unit in name]
        own = sum(units[w.district_code] == unit for w in view.warnings)
        assert len(letter.tables[0].rows) == own + 1
    assert "演示数据" in str(file["filename"])


@pytest.mark.parametrize("only", ["red", "yellow", "return_late", "new"])
def test_the_letters_are_those_of_the_list_and_name_what_it_lists(deps: Dependencies, only: str) -> None:
    mine, view = seen_by(deps, CITY, only)
    file = letters_file(mine, "/warn", f"?only={only}")
    listed = {w.district_code for w in view.waiting}
    if not listed:
        assert file is None
        return
    with ZipFile(BytesIO(b64decode(str((file or {})["content"])))) as archive:
        tables = [Document(BytesIO(archive.read(name))).tables[0] for name in archive.namelist()]
    assert len(tables) == len(listed)
    assert sum(len(table.rows) - 1 for table in tables) == len(view.waiting)
