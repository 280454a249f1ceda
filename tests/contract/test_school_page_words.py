"""A school's page names what it is in words, once."""

import math
from fractions import Fraction
from itertools import pairwise

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from queries import proof, school
from tests.one_fact.surfaces import Asked
from tests.present import present

SCHOOL = "S500103-003"


def test_a_school_s_return_shows_names_where_the_file_has_codes(deps: Dependencies) -> None:
    """`举办者类型 7` stood beside 县级教育 in the line below the heading."""
    snapshot = deps.warehouse.current()
    (now,) = [row for row in school.periods(snapshot, SCHOOL) if row.period == "2026"]
    assert now.operator_name
    words = Asked(deps, "2026", "as_was").page(f"/school/{SCHOOL}").words
    assert f"|举办者类型|{now.operator_name}|" in words
    assert f"|办学类型|{now.school_type_name}|" in words


def test_the_name_of_a_school_stands_once_in_its_history_and_again_where_it_changed(deps: Dependencies) -> None:
    history = school.periods(deps.warehouse.current(), SCHOOL)
    names = [row.school_name for row in history]
    changed = sum(before != now for before, now in pairwise(names))
    rows = Asked(deps, "2026", "as_was").page(f"/school/{SCHOOL}").html.split("<h2>11次报送")[1].split("</table>")[0]
    assert len(history) == 11
    assert rows.count(f">{names[0]}<") == 1 + changed


def test_a_period_in_which_a_school_takes_no_part_has_no_verdict(deps: Dependencies) -> None:
    """`酉阳示例第一教学点不参评` above `2025年9月 … 无法判定`: fewer than 50 pupils are not judged, not undecidable."""
    small = "S500242-097"
    table = Asked(deps, "2025", "as_was").page(f"/school/{small}").table("变动")
    assert table is not None
    head, *rows = table.rows
    said = [(row[head.index("在校生")], row[head.index("判定")]) for row in rows]
    assert [verdict for _, verdict in said] == ["达标" if pupils == "50" else "不参评" for pupils, _ in said]
    assert len({verdict for _, verdict in said}) == 2


@pytest.mark.parametrize("code", ["S500103-032", "S500242-097"])
def test_an_item_of_a_section_that_takes_no_part_is_neither_met_nor_may_it_stay(deps: Dependencies, code: str) -> None:
    """`可留的1项` and `达标` on the school's page, `不参评` and `再少3人即不达标` in the proof of the same cell."""
    asked = Asked(deps, "2025", "as_was")
    tables = [t.rows for t in asked.page(f"/school/{code}").tables if "判定" in t.rows[0] and "85%底线" in t.rows[0]]
    assert tables
    for head, *rows in tables:
        assert {row[head.index("判定")] for row in rows} == {"不参评"}
    for item in ("L1", "L5"):
        proof = asked.page(f"/school/{code}", f"&why=section.primary.{item}.{code}").words
        assert "：不参评|" in proof
        assert "即不达标" not in proof


def test_each_value_has_its_course_beside_its_standard(deps: Dependencies) -> None:
    snapshot = deps.warehouse.current()
    values = school.values_over_time(snapshot, SCHOOL)
    known = {(v.stage, v.indicator_code) for v in values if v.section_value is not None}
    assert known
    assert [v.section_value for v in values if v.period == "2026"] == [
        cell.section_value
        for returned in [present(proof.school_return(snapshot, "2026", SCHOOL))]
        for cell in school.sections(snapshot, returned.return_id)
    ]
    html = Asked(deps, "2026", "as_was").page(f"/school/{SCHOOL}").html
    assert html.count("虚线为标准") >= len(known)


EXEMPT = """
    select school_return.school_code, section_indicator.stage, section_indicator.total, section_indicator.stage_weight,
        section_indicator.weighted_pupils, section_indicator.threshold, section_indicator.floor_share,
        section_exemption.indicator_code
    from section_exemption
    inner join section_indicator using (return_id, stage, indicator_code)
    inner join school_return using (return_id)
    where school_return.period = '2026' and section_indicator.regime = 'quality_balanced'
        and section_indicator.is_in_scope and section_indicator.indicator_code in ('L4', 'L5')
    order by school_return.school_code
"""
"""Items that may stay, in ㎡ for a pupil: what is asked is square metres, whole ones."""


def test_an_item_that_may_stay_says_what_the_whole_standard_would_take(
    deps: Dependencies, facts: duckdb.DuckDBPyConnection
) -> None:
    """`须补42㎡` stood beside a standard that takes 1,304㎡, and nothing said what the 42 are for."""
    rows = facts.execute(EXEMPT).fetchall()
    one_of_each: dict[bool, tuple[object, ...]] = {}
    for school_code, _, total, weight, pupils, threshold, floor_share, _ in rows:
        total, weight, pupils, threshold, floor_share = map(Fraction, (total, weight, pupils, threshold, floor_share))
        whole = math.ceil(threshold * pupils / weight - total)
        to_floor = max(0, math.ceil(floor_share * threshold * pupils / weight - total))
        assert whole > 0
        one_of_each.setdefault(to_floor > 0, (school_code, whole, to_floor))
    assert set(one_of_each) == {True, False}
    for has_to_supply, (school_code, whole, to_floor) in one_of_each.items():
        page = Asked(deps, "2026", "as_was").page(f"/school/{school_code}").plain
        if has_to_supply:
            assert f"（留1项，补到85%；补到标准{whole:,}㎡）" in page
            assert f"{to_floor:,}㎡" in page
        else:
            assert f"可留的1项，可不补（补到标准{whole:,}㎡）" in page
