"""What a unit lacks is said in one order and in the same words on pages, slides and papers."""

import re

import pytest

from callbacks.dependencies import Dependencies
from data.text import text
from queries import district, overview
from tests.one_fact.surfaces import Asked, found

UNITS = ("500109", "500242", "500110", "500115", "500118", "500119", "500103", "500116")
"""北碚, where three items tie, and seven more."""


def most_needed(deps: Dependencies, unit: str) -> str:
    """The two items that most sections must be supplied with, officially ordered; of equal ones how many."""
    sections: dict[tuple[int, str], int] = {}
    for gap in overview.gaps(deps.warehouse.current(), "2026", "as_was", "both"):
        if gap.district_code == unit and gap.section_count:
            key = (gap.display_order, gap.indicator_name)
            sections[key] = sections.get(key, 0) + gap.section_count
    order = sorted(sections, key=lambda key: (-sections[key], key[0]))
    equal = [key for key in order[2:] if sections[key] == sections[order[1]]]
    return "、".join(name for _, name in order[:2]) + (f"等{2 + len(equal)}项" if equal else "")


@pytest.mark.parametrize("unit", UNITS)
def test_what_a_unit_lacks_most_has_one_order(deps: Dependencies, unit: str) -> None:
    asked = Asked(deps, "2026", "as_was", unit)
    most = most_needed(deps, unit)
    assert found(r"主要缺([^。|]+?)(?:，|\||$)", asked.page("/matrix").heading) == (most or None)
    titles = "|".join(asked.page("/").section_titles)
    assert found(r"还差：([^|]+?)(?:最多)?(?:\||$)", titles) == (most or None)


def test_the_papers_say_what_every_failing_unit_lacks_as_the_league_does(deps: Dependencies) -> None:
    asked = Asked(deps, "2026", "as_was")
    table = asked.page("/league").tables[0]
    league = {row[1]: row[-1] for row in table.rows[table.head_rows :]}
    bars = asked.slides["league"].bars
    assert bars
    paper = asked.paper("docx")
    for bar in bars:
        own = league[bar.name]
        assert own in bar.in_full, (bar.name, own, bar.in_full)
        assert f"{bar.name}|{bar.in_full}" in paper
        lacks = bar.words.removeprefix(text("meeting.behind_words", count=int(bar.value or 0), gap=""))
        assert lacks, bar.name
        assert re.sub(r"\s", "", own) in asked.paper("pdf"), bar.name


@pytest.mark.parametrize("unit", ["500103", "500102", "500242", "500116"])
def test_progress_of_which_none_is_passive_is_not_mentioned(deps: Dependencies, unit: str) -> None:
    assert "有0处" not in Asked(deps, "2026", "as_was", unit).page("/plan").plain


@pytest.mark.parametrize("unit", UNITS)
def test_no_school_is_said_to_lack_most_where_another_lacks_as_much(deps: Dependencies, unit: str) -> None:
    """渝中's sixteen rooms of two schools: one of them was said to lack most."""
    asked = Asked(deps, "2026", "as_was", unit)
    lacks: dict[str, dict[str, float]] = {}
    for s in district.sections(deps.warehouse.current(), "2026", "as_was", unit):
        if s.is_in_scope and s.required_gap:
            lacks.setdefault(asked.rows.indicator_names[s.indicator_code], {})[s.school_name] = s.school_gap
    rows = re.findall(r"class=\"bill-row\".*?</small>", asked.district.html)
    assert len(rows) == len(lacks)
    for row in rows:
        words = re.sub(r"<[^>]*>", "", row.split(">", 1)[1])
        owed = next(own for name, own in lacks.items() if words.startswith(name))
        tied = list(owed.values()).count(max(owed.values()))
        assert words.endswith(f"等{tied}所最多" if tied > 1 else "最多"), words
        assert tied > 1 or "所最多" not in words, words


@pytest.mark.parametrize("unit", UNITS)
def test_sections_are_listed_by_what_they_meet_and_then_by_what_they_lack(deps: Dependencies, unit: str) -> None:
    """A section of 酉阳 that lacks one teacher stood among the ten worst, one that lacks four and rooms did not."""
    rows = Asked(deps, "2026", "as_was", unit).district.rows("所（部）未达标")
    order = [(int(row[-1].split("/")[0]), -row.count("未达标")) for row in rows]
    assert order == sorted(order)
    failing = {
        (s.school_code, s.stage): s.met_count
        for s in district.sections(deps.warehouse.current(), "2026", "as_was", unit)
        if s.is_in_scope and s.complies is False
    }
    assert sorted(met for met, _ in order) == sorted(failing.values())[: len(rows)]
