"""A letter is numbered once, kept as it was sent, received and answered with files, sent back, escalated by silence."""

import re
from base64 import b64decode
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from app import create_app
from callbacks.dependencies import Dependencies
from callbacks.files.documents import letter_file
from callbacks.files.letters import letters_in_scope
from callbacks.pages.tasks import tasks_view
from callbacks.pages.warn import warn_view
from callbacks.rendering.page_context import load_unit_context
from callbacks.writing.mutations import step_warning
from callbacks.writing.reminding import remind_of_all
from data.access import Scope, Viewer
from data.rows.tasks import TaskKind
from data.settings import Settings
from data.store import audit
from data.store.answer_files import add_answer_file, list_answer_files
from data.store.as_of import store_after
from data.store.outlived import evidence_hashes
from data.store.warning_letters import SUBJECT as LETTER
from data.store.warning_letters import Letter, NumberTakenError, list_letters, next_number, number_words
from data.store.warning_state import WarningState
from data.store.warnings import WarningStep, list_states, step
from data.view_state import ViewState
from layouts.pages.warn.letters import sent_archives
from layouts.pages.warn.rows import WarnView
from tests.evidence_files import PDF
from tests.people import CATALOGUE, UNIT, person, refusal_of
from tests.small_demo import copied

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
AT = NOW.replace(tzinfo=None)
TODAY = date(2026, 11, 23)
CITY, UNIT_OFFICE = person("municipal_supervisor1"), person("district_supervisor1")


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    return replace(create_app(copied(small_settings, tmp_path)).deps, now=lambda: NOW)


def seen_by(deps: Dependencies, who: Viewer, district: str = "", issue: str = "") -> tuple[Dependencies, WarnView]:
    mine = replace(deps, current_viewer=lambda: who).for_viewer()
    snapshot = mine.warehouse.current()
    return mine, warn_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(district=district, issue=issue)))


def first_orange(deps: Dependencies) -> str:
    _, view = seen_by(deps, CITY, district=UNIT)
    return next(w.warning_key for w in view.warnings if w.rule.level == "orange" and w.state == "new")


def sent(deps: Dependencies, key: str) -> str:
    """Remind of one warning as the city's form does; what it says."""
    mine, _ = seen_by(deps, CITY)
    request: dict[str, object] = {"warning_key": key, "version": "0", "action": "remind", "shown_state": "new"}
    return step_warning(mine, request, CITY).words


def take(deps: Dependencies, who: Viewer, key: str, action: str, days: int = 0) -> WarningState:
    record = list_states(deps.store)[key]
    wanted = WarningStep(key, record.version, action, "说明")
    return step(deps.store, CATALOGUE, who, wanted, AT + timedelta(days=days), shown_state=record.state)


def words_of(content: bytes) -> str:
    letter = Document(BytesIO(content))
    return "\n".join([*(p.text for p in letter.paragraphs), *(c.text for t in letter.tables for c in t._cells)])


def test_one_letter_is_numbered_kept_and_dated(deps: Dependencies) -> None:
    key = first_orange(deps)
    assert "渝教督预〔2026〕1号" in sent(deps, key)
    (letter,) = list_letters(deps.store)
    record = list_states(deps.store)[key]
    days = next(r.days_to_answer for r in seen_by(deps, CITY)[1].rules if r.warning_code == key.partition(".")[0])
    assert (letter.district_code, letter.warning_keys, letter.sent_by) == (UNIT, (key,), CITY.name)
    assert record.answer_by == letter.answer_by == TODAY + timedelta(days=days)
    assert record.document_number == letter.document_number
    content = (deps.store.evidence_folder / letter.sha256).read_bytes()
    written = words_of(content)
    assert "渝教督预〔2026〕1号" in written
    assert f"{letter.answer_by.year}年{letter.answer_by.month}月{letter.answer_by.day}日" in written
    assert letter.sha256 in evidence_hashes(deps.store), "pruning leaves it"
    (entry,) = audit.history(deps.store, LETTER, letter.document_number)
    assert (entry.action, entry.actor) == ("send_letter", CITY.name)


def test_a_list_has_one_number_a_unit_and_no_number_is_given_twice(deps: Dependencies) -> None:
    mine, view = seen_by(deps, CITY)
    units = {w.district_code for w in view.waiting}
    request: dict[str, object] = {"address": "/warn", "seen": view.waiting_mark}
    words = remind_of_all(mine, request, CITY).words
    letters = list_letters(deps.store)
    assert sorted(x.number for x in letters) == list(range(1, len(units) + 1))
    assert {x.district_code for x in letters} == units
    assert f"渝教督预〔2026〕1号至渝教督预〔2026〕{len(units)}号" in words
    named = {key for x in letters for key in x.warning_keys}
    assert named == {w.warning_key for w in view.waiting}
    assert next_number(deps.store, 2026) == len(units) + 1
    assert next_number(deps.store, 2027) == 1, "each year begins anew"


def test_the_letters_on_a_units_page_are_its_own(deps: Dependencies) -> None:
    """`2026年已编号发出的提醒函32份` stood on the page of 渝中, which had got one."""
    mine, view = seen_by(deps, CITY)
    remind_of_all(mine, {"address": "/warn", "seen": view.waiting_mark}, CITY)
    assert len(seen_by(deps, CITY)[1].letters) == len({w.district_code for w in view.waiting})
    _, of_unit = seen_by(deps, CITY, district=UNIT)
    assert [letter.district_code for letter in of_unit.letters] == [UNIT]
    first, second, apart = (replace(of_unit.letters[0], number=n) for n in (3, 4, 9))
    ways = re.findall(r"/letters/2026/([^']+)\.zip", str(sent_archives([apart, second, first])))
    assert ways == ["3-4", "9-9"], "an archive from 3 to 9 had those to other units too"


def test_a_number_that_was_taken_leaves_nothing(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    other = f"veto.{UNIT}"
    stale = Letter(UNIT, 1, number_words(CATALOGUE, TODAY, 1), "2026", "s", "a.docx", b"PK", is_demonstration=True)
    with pytest.raises(NumberTakenError):
        step(deps.store, CATALOGUE, CITY, WarningStep(other, 0, "remind"), AT, shown_state="new", letter=stale)
    assert list(list_states(deps.store)) == [key]


def test_the_unit_receives_answers_with_a_file_and_is_sent_back(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    assert refusal_of(lambda: take(deps, CITY, key, "receive")) == "needs_party", "nobody signs for the unit"
    received = take(deps, UNIT_OFFICE, key, "receive")
    assert (received.state, received.received_by, received.received_at) == ("received", UNIT_OFFICE.name, AT)
    add_answer_file(deps.store, CATALOGUE, UNIT_OFFICE, key, "整改方案.pdf", PDF, AT)
    other = replace(UNIT_OFFICE, account_id="c" * 32, scope=Scope(frozenset({"500103"})))
    assert refusal_of(lambda: add_answer_file(deps.store, CATALOGUE, CITY, key, "a.pdf", PDF, AT)) == "needs_party"
    assert refusal_of(lambda: take(deps, other, key, "answer")) == "needs_party"
    assert take(deps, UNIT_OFFICE, key, "answer").state == "answered"
    assert (
        refusal_of(lambda: add_answer_file(deps.store, CATALOGUE, UNIT_OFFICE, key, "b.pdf", PDF, AT))
        == "no_answer_owed"
    )
    back = take(deps, CITY, key, "send_back", days=5)
    assert back.state == "received"
    assert back.answer_by == list_letters(deps.store)[0].answer_by + timedelta(days=5)
    assert [f.file_name for f in list_answer_files(deps.store, key)] == ["整改方案.pdf"]
    assert take(deps, UNIT_OFFICE, key, "answer", days=6).state == "answered"
    assert take(deps, CITY, key, "lift", days=7).state == "lifted"


def test_an_answer_without_a_receipt_is_its_receipt(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    assert take(deps, UNIT_OFFICE, key, "answer").received_by == UNIT_OFFICE.name


def test_a_second_letter_waits_for_the_first_day_and_silence_adds_up(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    days = (list_letters(deps.store)[0].answer_by - TODAY).days
    assert refusal_of(lambda: take(deps, CITY, key, "remind", days=days)) == "answer_awaited"
    again = take(deps, CITY, key, "remind", days=days + 1)
    assert (again.state, again.silent_times) == ("reminded", 1)
    later = replace(deps, now=lambda: NOW + timedelta(days=days + 2))
    _, view = seen_by(later, CITY, district=UNIT)
    warning = next(w for w in view.warnings if w.warning_key == key)
    assert warning.level == "red", "the second letter does not take the first silence back"
    assert take(deps, UNIT_OFFICE, key, "answer", days=days + 3).silent_times == 1
    _, answered = seen_by(later, CITY, district=UNIT)
    assert next(w for w in answered.warnings if w.warning_key == key).level == "orange"


def test_a_lifted_warning_that_comes_again_begins_anew_with_its_history(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    take(deps, UNIT_OFFICE, key, "receive")
    take(deps, CITY, key, "lift")
    again = step(deps.store, CATALOGUE, CITY, WarningStep(key, 3, "remind"), AT, shown_state="new")
    assert (again.state, again.received_by, again.received_at, again.silent_times) == ("reminded", "", None, 0)
    assert [e.action for e in audit.history(deps.store, "warning", key)] == ["remind", "receive", "lift", "remind"]
    _, view = seen_by(deps, CITY, district=UNIT, issue=key)
    assert view.detail is not None
    assert [x.number for x in view.detail.letters] == [1]


def test_a_letter_is_read_by_its_unit_and_the_city_alone(deps: Dependencies) -> None:
    sent(deps, first_orange(deps))

    def read_by(name: str) -> int:
        return len(letters_in_scope(replace(deps, current_viewer=lambda: person(name)).for_viewer()))

    assert read_by("municipal_supervisor1") == read_by("municipal_leader1") == read_by("district_supervisor1") == 1
    assert read_by("school_office1") == 0


def test_an_earlier_day_has_no_letter_and_the_warning_as_it_stood(deps: Dependencies) -> None:
    key = first_orange(deps)
    sent(deps, key)
    before = store_after(deps.store, TODAY - timedelta(days=1))
    assert list_letters(before) == []
    assert list_states(before) == {}
    assert [x.number for x in list_letters(store_after(deps.store, TODAY))] == [1]


def test_the_draft_bears_no_number_and_what_is_owed_is_the_unit_s_task(deps: Dependencies) -> None:
    mine, _ = seen_by(deps, CITY)
    key = first_orange(deps)
    draft = letter_file(mine, UNIT, "/warn", "") or {}
    assert "〔2026〕" not in words_of(b64decode(str(draft["content"])))
    sent(deps, key)
    take(deps, UNIT_OFFICE, key, "receive")
    own = replace(deps, current_viewer=lambda: UNIT_OFFICE).for_viewer()
    snapshot = own.warehouse.current()
    tasks = tasks_view(own, snapshot, load_unit_context(own, snapshot, ViewState())).tasks
    (task,) = [t for t in tasks if t.kind is TaskKind.ANSWER]
    assert task.due_on == list_letters(deps.store)[0].answer_by
