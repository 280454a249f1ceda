"""One fact, one answer: what is said of a unit or the city in several places is said alike.

`CITY` and `UNIT` are the register: each fact with the places where it is said. A place takes what a viewer
gets (a page's text, a slide's, a form's) and reads the fact from it; None where it is not said.
"""

import base64
import io
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

from callbacks.dependencies import Dependencies
from callbacks.documents import letter_file
from callbacks.forms import forms_file
from callbacks.meeting_mode import slides_of
from callbacks.page_context import load_unit_context, read_state
from callbacks.pages import page_of
from callbacks.since_meeting import last_meeting
from data.access import LOCAL_VIEWER, Scope
from data.settings import Settings
from data.store.engine import open_store
from data.store.meetings import create_meeting
from layouts.page import static_page
from layouts.routes import address_of

PERIODS = ("2019", "2025", "2026-03", "2026")
BASES = ("as_was", "current")
UNITS = ("500103", "500109", "500242")
"""渝中, 北碚, 酉阳: overdue, re-cut, far off."""
DIRECTION = r"差异系数：?(\d年(?:下降[\d.]+|上升[\d.]+|持平|起伏))"
DOUBLE_RED = r"双红（超上限且较上年变差）：(\d+)个区县"


@dataclass(frozen=True)
class Asked:
    """A state of the filters, and who asks."""

    deps: Dependencies
    period: str
    basis: str
    unit: str = ""

    @property
    def search(self) -> str:
        """The query string of the state, without the unit."""
        return f"?period={self.period}&basis={self.basis}"

    def page(self, path: str, more: str = "") -> str:
        """What stands on a page, without its markup."""
        return words_of(self.deps, path, self.search + more)

    def slides(self) -> str:
        """What stands on the slides of the filter."""
        search = self.search + (f"&district={self.unit}" if self.unit else "")
        address = address_of("/", search)
        assert address is not None
        snapshot = self.deps.warehouse.current()
        rows = load_unit_context(self.deps, snapshot, read_state(snapshot, address))
        return "\n".join(
            s.title_words + s.sentence + "".join(f"{n.label}{n.value}{n.words}" for n in s.numbers)
            for s in slides_of(self.deps, snapshot, rows)
        )


def words_of(deps: Dependencies, path: str, search: str = "") -> str:
    name, _, panels = page_of(deps, path, search)
    return re.sub(r"<[^>]*>", "", static_page(name, panels))


def found(pattern: str, words: str) -> str | None:
    match = re.search(pattern, words)
    return match[1] if match else None


def counted(pattern: str, nothing: str, words: str) -> str | None:
    return "0" if nothing in words else found(pattern, words)


Place = Callable[[Asked], str | None]
CITY: dict[str, dict[str, Place]] = {
    "units with a double red": {
        "overview": lambda a: counted(DOUBLE_RED, "没有双红", a.page("/")),
        "league": lambda a: found(
            r"双红：差异系数超上限且较上年变差(\d+)个区县", a.page("/league")
        ),
        "matrix": lambda a: found(r"变差）(\d+)个区县\d+格", a.page("/matrix")),
        "slides": lambda a: found(r"双红：超上限且较上年变差(\d+)", a.slides()),
    },
    "double red cells": {
        "overview": lambda a: counted(r"变差）：\d+个区县(\d+)项", "没有双红", a.page("/")),
        "league": lambda a: found(r"变差\d+个区县(\d+)项", a.page("/league")),
    },
}
UNIT: dict[str, dict[str, Place]] = {
    "direction of the worst CV": {
        "district": lambda a: found(DIRECTION, a.page(f"/district/{a.unit}")),
        "overview": lambda a: found(DIRECTION, a.page("/", f"&district={a.unit}")),
    },
    "place in its group": {
        "district, for everybody": lambda a: found(r"\d+个区县中第(并列\d+|\d+)",
                                                   a.page(f"/district/{a.unit}")),
        "district, for its own account": lambda a: found(
            r"\d+个区县中第(并列\d+|\d+)",
            replace(a, deps=narrow(a.deps, a.unit).for_viewer()).page(f"/district/{a.unit}")),
    },
    "how long overdue": {
        "district": lambda a: found(r"逾期([\d.]+(?:个月|年))", a.page(f"/district/{a.unit}")),
        "overview": lambda a: found(r"逾期([\d.]+(?:个月|年))", a.page("/", f"&district={a.unit}")),
    },
}  # fmt: skip


def narrow(deps: Dependencies, unit: str, schools: frozenset[str] | None = None) -> Dependencies:
    viewer = replace(LOCAL_VIEWER, scope=Scope(frozenset({unit}), schools))
    return replace(deps, current_viewer=lambda: viewer)


def agree(places: dict[str, Place], state: Asked) -> int:
    said = {name: place(state) for name, place in places.items()}
    answers = {v for v in said.values() if v is not None}
    assert len(answers) <= 1, (state.period, state.basis, state.unit, said)
    return sum(v is not None for v in said.values())


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("fact", CITY)
def test_a_fact_of_the_city_has_one_answer(deps: Dependencies, fact: str, basis: str) -> None:
    said = [agree(CITY[fact], Asked(deps, period, basis)) for period in PERIODS]
    assert min(said) == len(CITY[fact]), said


@pytest.mark.parametrize("basis", BASES)
@pytest.mark.parametrize("fact", UNIT)
def test_a_fact_of_a_unit_has_one_answer(deps: Dependencies, fact: str, basis: str) -> None:
    said = 0
    for period in PERIODS:
        snapshot = deps.warehouse.current()
        address = address_of("/", f"?period={period}&basis={basis}")
        assert address is not None
        state = read_state(snapshot, address)
        present = {u.district_code for u in load_unit_context(deps, snapshot, state).units}
        for unit in UNITS:
            if unit in present:
                said += agree(UNIT[fact], Asked(deps, period, basis, unit)) > 1
    assert said >= 1, "the register reads nothing: its patterns or the pages have changed"


def test_a_place_is_that_among_all_units_whoever_asks(deps: Dependencies) -> None:
    """A district's account was told `渝东南1个区县中第1`, its leader `6个中第6`."""
    whole = words_of(deps, "/district/500242")
    own = words_of(narrow(deps, "500242").for_viewer(), "/district/500242")
    assert "渝东南6个区县中第6" in whole
    assert "渝东南6个区县中第6" in own
    assert "规模相近" in whole
    assert "规模相近" not in own
    assert "本页只含酉阳" in own
    assert "本页只含" not in whole


def test_a_form_of_some_schools_says_so_on_every_sheet(deps: Dependencies) -> None:
    snapshot = deps.warehouse.current()
    (school, *_) = re.findall(r"/school/(\w+)", str(page_of(deps, "/district/500242", "")[2]))
    few = narrow(deps, "500242", frozenset({school})).for_viewer()
    for given, is_partial in ((few, True), (deps, False)):
        sent = forms_file(given, "forms", "/district/500242", "")
        assert sent is not None
        book = load_workbook(io.BytesIO(base64.b64decode(str(sent["content"]))))
        assert len(book.worksheets) > 3
        titles = [str(sheet.cell(1, 1).value) for sheet in book.worksheets]
        assert all(("部分：只含1所学校" in t) is is_partial for t in titles), titles
        assert ("部分" in str(sent["filename"])) is is_partial
    assert snapshot.scope.schools is None


def test_the_letter_quotes_the_value_that_the_warning_compares(deps: Dependencies) -> None:
    letter = letter_file(deps, "500110", "/warn", "")
    assert letter is not None
    paper = Document(io.BytesIO(base64.b64decode(str(letter["content"]))))
    words = "\n".join([p.text for p in paper.paragraphs]
                      + [c.text for t in paper.tables for r in t.rows for c in r.cells])  # fmt: skip
    assert "0.469" in words
    assert "0.464" not in words


@pytest.mark.parametrize(
    ("today", "late"),
    [("2026-09-30", "21个月"), ("2026-12-31", "24个月"), ("2027-01-15", "2.1年"),
     ("2028-06-30", "3.5年")],
)  # fmt: skip
def test_what_runs_out_counts_from_today(deps: Dependencies, today: str, late: str) -> None:
    """渝中 was to comply by the end of 2024: months up to two years, then years."""
    now = replace(deps, now=lambda: datetime.fromisoformat(f"{today}T04:00"))
    for path, search in (("/district/500103", ""), ("/", "?district=500103")):
        assert f"逾期{late}" in words_of(now, path, search)
    city = words_of(now, "/")
    assert f"逾期{late}未达标" in city
    day = date.fromisoformat(today)
    assert f"{day.year}年{day.month}月{day.day}日距" in city


def test_in_a_pinned_meeting_today_is_its_day(
    deps: Dependencies, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = open_store(Settings(var_folder=tmp_path_factory.mktemp("meeting")))
    now = replace(deps, store=store, now=lambda: datetime.fromisoformat("2028-06-30T04:00"))
    pinned = now.warehouse.current().info.snapshot_id
    code = create_meeting(store, LOCAL_VIEWER, "例会", date(2026, 12, 10), pinned,
                          datetime.fromisoformat("2026-12-01T02:00"))  # fmt: skip
    assert "逾期24个月" in words_of(now, "/", f"?snapshot={pinned}&meeting={code}&district=500103")
    assert "逾期3.5年" in words_of(now, "/", "?district=500103")


def test_the_last_meeting_is_one_held_before_what_is_shown_was_followed(
    deps: Dependencies, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """2019 was compared with a meeting of 2026, and a meeting to come was the last one."""
    store = open_store(Settings(var_folder=tmp_path_factory.mktemp("meetings")))
    now = replace(deps, store=store, now=lambda: datetime.fromisoformat("2026-12-01T02:00"))
    snapshot = now.warehouse.current()
    for day in (date(2026, 10, 8), date(2026, 12, 20)):
        create_meeting(store, LOCAL_VIEWER, "例会", day, snapshot.info.snapshot_id, now.now())

    def last(search: str) -> Any:
        address = address_of("/plan", search)
        assert address is not None
        return last_meeting(now, load_unit_context(now, snapshot, read_state(snapshot, address)))

    assert last("").held_on == date(2026, 10, 8)
    assert last("?period=2019") is None
    assert "2026年10月8日" not in words_of(now, "/plan", "?period=2019")


@pytest.mark.parametrize("basis", BASES)
def test_a_count_compared_is_one_of_the_same_units(deps: Dependencies, basis: str) -> None:
    """`较2025年减3个` compared 27 of 37 with 30 of 41 units; a chosen unit mixed city and unit."""
    for indicator in ("L2", "L5"):
        words = words_of(deps, "/", f"?basis={basis}&indicator={indicator}")
        assert ("/41个" in words) is (basis == "as_was"), indicator
    strips = {found(r"((?:较2025年|可与2025年比的\d+个) ?[+−±]\d+)", words_of(deps, "/", f"?basis={basis}{more}"))
              for more in ("", "&district=500242")}  # fmt: skip
    assert len(strips) == 1
