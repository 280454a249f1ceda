"""A round of visits is planned of the schools that a unit of today has."""

from callbacks.dependencies import Dependencies
from queries import common_dimensions
from queries.visits import schools

SILENT, REPORTING, FORMER = "500238", "500242", "500105"


def test_a_round_is_planned_of_the_schools_that_the_duties_count(deps: Dependencies) -> None:
    """`没有可以安排的学校` of 巫溪 stood behind the 安排走访 of `52所学校中49所走访不足`; what they miss is not known."""
    snapshot = deps.warehouse.current()
    places = common_dimensions.school_places(snapshot)
    for unit, is_silent in ((SILENT, True), (REPORTING, False)):
        planned = schools(snapshot, unit)
        assert {s.school_code for s in planned} == {p.school_code for p in places if p.district_code == unit}
        assert {s.missed_count is None for s in planned} == {is_silent}
    assert schools(snapshot, FORMER) == ()
