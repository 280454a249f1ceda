"""A reminded warning that is not answered in its days rises by the rows, everywhere at once, and falls when it is answered."""

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
from callbacks.pages.ledger import ledger_view
from callbacks.pages.warn import warn_view
from callbacks.rendering.page_context import load_unit_context
from data.catalogue.supervision_tables import WarningEscalation, WarningRule
from data.rows.warn import WarningRow, escalation_of
from data.settings import Settings
from data.store.warning_state import silent_times
from data.store.warnings import WarningStep, step
from data.text import text
from data.view_state import ViewState
from layouts.meeting.supervision import warnings_slide
from layouts.pages.warn import page
from layouts.pages.warn.rows import WarnView
from tests.people import CATALOGUE, UNIT, person
from tests.small_demo import copied

REMINDED = datetime(2026, 10, 8, 2, tzinfo=UTC)
RULES = {r.level: r for r in CATALOGUE.rows(WarningRule)}
ROWS = CATALOGUE.in_force(WarningEscalation, REMINDED.date())


@pytest.mark.parametrize(
    ("level", "times", "raised"),
    [
        *[("yellow", 0, "yellow"), ("yellow", 1, "orange"), ("yellow", 2, "red"), ("yellow", 9, "red")],
        *[("orange", 0, "orange"), ("orange", 1, "red"), ("orange", 2, "red"), ("red", 5, "red")],
    ],
)
def test_each_time_of_silence_raises_by_one_level(level: str, times: int, raised: str) -> None:
    row = escalation_of(level, times, ROWS)
    assert (row.raised_to if row else level) == raised
    assert escalation_of(level, times, ()) is None, "without rows nothing rises"


@pytest.mark.parametrize(("days", "times"), [(-1, 0), (0, 0), (1, 1), (15, 1), (16, 2), (30, 2), (31, 3)])
def test_silence_counts_from_the_day_after_the_deadline_in_whole_terms(days: int, times: int) -> None:
    rule = replace(RULES["orange"], days_to_answer=15)
    answer_by = date(2026, 10, 23)
    assert silent_times(rule, answer_by, answer_by + timedelta(days=days)) == times
    assert silent_times(rule, None, answer_by) == 0


@pytest.fixture
def deps(small_settings: Settings, tmp_path: Path) -> Dependencies:
    return create_app(copied(small_settings, tmp_path)).deps


def seen(deps: Dependencies, at: datetime) -> WarnView:
    mine = replace(deps, now=lambda: at, current_viewer=lambda: person("municipal_supervisor1")).for_viewer()
    snapshot = mine.warehouse.current()
    return warn_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(district=UNIT)))


def warning_of(view: WarnView, key: str) -> WarningRow:
    return next(w for w in view.warnings if w.warning_key == key)


def test_page_slide_and_letter_say_the_same_level_and_an_answer_takes_it_back(deps: Dependencies) -> None:
    city, unit = person("municipal_supervisor1"), person("district_supervisor1")
    first = seen(deps, REMINDED)
    reds = sum(w.level == "red" for w in first.warnings)
    orange = next(w for w in first.warnings if w.rule.level == "orange" and w.state == "new")
    key, days = orange.warning_key, orange.rule.days_to_answer
    at = REMINDED.replace(tzinfo=None)
    step(deps.store, CATALOGUE, city, WarningStep(key, 0, "remind"), at, shown_state="new")
    assert warning_of(seen(deps, REMINDED + timedelta(days=days)), key).level == "orange", "the last day is not late"

    late = REMINDED + timedelta(days=days + 1)
    view = seen(deps, late)
    assert warning_of(view, key).level == "red"
    shown = str(page.panels(replace(view, rows=replace(view.rows, state=ViewState(district=UNIT, issue=key))), []))
    assert text("warn.raised", state=text("warn.state_reminded"), level=text("warn.level_orange")) in shown
    assert text("warn.title_red_unit", count=reds + 1) in shown
    mine = replace(deps, now=lambda: late, current_viewer=lambda: city).for_viewer()
    snapshot = mine.warehouse.current()
    ledger = ledger_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(district=UNIT)))
    slide = warnings_slide(ledger.rows, ledger)
    of_red = [bar for bar in slide.bars if bar.name.startswith(text("warn.level_red"))]
    assert sum(int(bar.value) for bar in of_red if bar.value is not None) == reds + 1
    letter = letter_file(mine, UNIT, "/warn", "") or {}
    words = "\n".join(p.text for p in Document(BytesIO(b64decode(str(letter["content"])))).paragraphs)
    assert text("letter.count", level=text("warn.level_red"), count=reds + 1) in words
    assert text("letter.raised", count=1) in words
    earlier = warn_view(mine, snapshot, load_unit_context(mine, snapshot, ViewState(district=UNIT, period="2025")))
    assert all(w.level == w.rule.level for w in earlier.warnings), "of an older period today's silence says nothing"

    step(
        deps.store,
        CATALOGUE,
        unit,
        WarningStep(key, 1, "answer", "已增配"),
        late.replace(tzinfo=None),
        shown_state="reminded",
    )
    assert warning_of(seen(deps, late + timedelta(days=99)), key).level == "orange"
