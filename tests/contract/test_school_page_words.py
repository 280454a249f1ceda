"""A school's page names what it is in words, once."""

from itertools import pairwise

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
