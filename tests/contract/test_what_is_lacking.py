"""What a unit lacks is said in one order and in the same words on pages, slides and papers."""

import re

import pytest

from callbacks.dependencies import Dependencies
from data.text import text
from queries import overview
from tests.one_fact.surfaces import Asked, found

UNITS = ("500109", "500242", "500110", "500115", "500118", "500119", "500103", "500116")
"""北碚, where three items tie, and seven more."""


def needed(deps: Dependencies, unit: str) -> list[str]:
    """Items by the sections that must be supplied, most first, then in the official order."""
    sections: dict[tuple[int, str], int] = {}
    for gap in overview.gaps(deps.warehouse.current(), "2026", "as_was", "both"):
        if gap.district_code == unit and gap.section_count:
            key = (gap.display_order, gap.indicator_name)
            sections[key] = sections.get(key, 0) + gap.section_count
    return [name for _, name in sorted(sections, key=lambda key: (-sections[key], key[0]))]


@pytest.mark.parametrize("unit", UNITS)
def test_what_a_unit_lacks_most_has_one_order(deps: Dependencies, unit: str) -> None:
    asked = Asked(deps, "2026", "as_was", unit)
    most = "、".join(needed(deps, unit)[:2])
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
        lacks = bar.words.removeprefix(text("meeting.behind_words", count=int(bar.value), gap=""))
        assert lacks, bar.name
        assert re.sub(r"\s", "", own) in asked.paper("pdf"), bar.name


@pytest.mark.parametrize("unit", ["500103", "500102", "500242", "500116"])
def test_progress_of_which_none_is_passive_is_not_mentioned(deps: Dependencies, unit: str) -> None:
    assert "有0处" not in Asked(deps, "2026", "as_was", unit).page("/plan").plain
