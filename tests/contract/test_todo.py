"""The list of what is to be done: its figures are those of the sections, whoever asks."""

import re
from collections import Counter

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import load_unit_context, read_state
from data.access import Scope
from data.rows.context import UnitContext
from layouts.pages.overview.unit_markers import gap_words
from layouts.routes import address_of
from queries import district
from queries.reader import Snapshot
from tests.contract.test_three_missings import html_of


def rows_of(deps: Dependencies, snapshot: Snapshot, search: str) -> UnitContext:
    address = address_of("/", search)
    assert address is not None
    return load_unit_context(deps, snapshot, read_state(snapshot, address))


@pytest.mark.parametrize("search", ["?period=2026", "?period=2025", "?period=2026&stage=junior"])
def test_what_a_unit_lacks_is_the_same_whoever_asks(deps: Dependencies, search: str) -> None:
    """酉阳 lacked 体艺教师 to the city and 高于规定学历教师 to itself: a share of what one sees."""
    whole = deps.warehouse.current()
    own = whole.for_scope(Scope(frozenset({"500242"})))
    city = gap_words(rows_of(deps, whole, search))
    assert gap_words(rows_of(deps, own, search)) == {"500242": city["500242"]}


def test_the_first_item_is_the_one_that_most_sections_need(deps: Dependencies) -> None:
    whole = deps.warehouse.current()
    words = gap_words(rows_of(deps, whole, "?period=2026"), most=1)
    rows = rows_of(deps, whole, "?period=2026")
    for code in words:
        needed = Counter(
            s.indicator_code
            for s in district.sections(whole, "2026", "as_was", code)
            if s.is_in_scope and s.required_gap
        )
        most = max(needed.values())
        first = next(i for i in rows.indicators if needed[i.indicator_code] == most)
        assert words[code].startswith(first.short_name), code


@pytest.mark.parametrize(
    ("search", "counted"),
    [("?period=2026", "(\\d+)所学校未达标"), ("?period=2026&stage=junior", "(\\d+)所（部）未达标")],
)
def test_the_schools_named_are_those_that_do_not_comply(deps: Dependencies, search: str, counted: str) -> None:
    """`北碚 9所学校差教学及辅助用房7,470㎡`: nine do not comply, two lack rooms."""
    whole, page = deps.warehouse.current(), html_of(deps, "/", search)
    acts = re.findall(r'<a [^>]*class="act"[^>]*>.*?</a>', page, flags=re.DOTALL)
    assert len(acts) >= 5
    stages = {"junior"} if "stage" in search else {"primary", "junior"}
    units = {u.short_name: u for u in rows_of(deps, whole, search).units}
    seen = 0
    for act in acts:
        words = re.sub(r"<[^>]*>", "|", act)
        unit = next(u for name, u in units.items() if f"|{name}|" in words)
        if not unit.is_reported:
            continue
        failing = {
            (s.school_code, s.stage if "stage" in search else "")
            for s in district.sections(whole, "2026", "as_was", unit.district_code)
            if s.is_in_scope and s.complies is False and s.stage in stages
        }
        match = re.search(counted, words)
        assert match is not None, words
        assert int(match[1]) == len(failing)
        seen += 1
    assert seen >= 4


def test_under_an_indicator_no_school_is_counted_that_lacks_another(deps: Dependencies) -> None:
    page = html_of(deps, "/", "?period=2026&stage=junior&indicator=L5")
    acts = re.findall(r'<a [^>]*class="act"[^>]*>.*?</a>', page, flags=re.DOTALL)
    words = [re.sub(r"<[^>]*>", "|", act) for act in acts]
    assert words
    assert not [w for w in words if "所学校" in w], words
    assert all(re.search("须补运动场馆|差异系数|未报送", w) for w in words), words


def test_what_is_to_be_done_names_the_item_that_blocks_how_many_sections_who_and_until_when(deps: Dependencies) -> None:
    """Counted here from the sections: the item that most of them must be supplied with, and how many these are."""
    whole, page = deps.warehouse.current(), html_of(deps, "/", "?period=2026")
    rows = rows_of(deps, whole, "?period=2026")
    units = {u.short_name: u for u in rows.units}
    names = {i.short_name: i.indicator_code for i in rows.indicators}
    acts = re.findall(
        r'act-name">([^<]+)</b><span class="act-what">须补(\D+?)[\d.,]+[^<，]+，卡住(\d+)所（部）<small>([^<]+)</small>',
        page,
    )
    assert len(acts) >= 4
    for name, item, sections, duty in acts:
        unit = units[name]
        needed = Counter(
            s.indicator_code
            for s in district.sections(whole, "2026", "as_was", unit.district_code)
            if s.is_in_scope and s.required_gap
        )
        assert needed[names[item]] == max(needed.values()) == int(sections), name
        until = (
            f"原定{unit.target_year}年底前补齐" if unit.progress == "overdue" else f"须在{unit.target_year}年底前补齐"
        )
        assert duty.startswith(name + until), duty
