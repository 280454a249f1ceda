"""The causes of every change of the demonstration: between the published values, adding up."""

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.rows.causes import SectionStateRow
from data.rows.trend import MeasureRow
from queries import causes, trend
from queries.reader import Snapshot

PERIODS = ("2025", "2026")
INDICATORS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")


def test_causes_stand_between_the_published_values(snapshot: Snapshot) -> None:
    decomposed = 0
    for stage in ("primary", "junior"):
        for indicator in INDICATORS:
            rows = trend.measures(snapshot, "as_was", stage, indicator)
            published = {(r.district_code, r.period): r for r in rows if r.period in PERIODS}
            for code in sorted({code for code, _ in published}):
                states = causes.section_states(snapshot, "as_was", code, (stage, indicator), PERIODS)
                decomposed += _agrees(published, code, states)
    assert decomposed > 400, "most cells of the city have a value in both periods"


def _agrees(published: dict[tuple[str, str], MeasureRow], code: str, states: tuple[SectionStateRow, ...]) -> int:
    ends = [published.get((code, period)) for period in PERIODS]
    found = {m: causes.shares_of_change(states, m, PERIODS) for m in causes.MEASURES}
    for measure, value in found.items():
        field = "cv" if measure == "cv" else "district_mean"
        known = [None if end is None else getattr(end, field) for end in ends]
        assert (value is None) == (None in known), (code, measure)
        if value is None:
            continue
        assert value[:2] == pytest.approx(known, rel=1e-9), (code, measure)
        printed = causes.decompose(states, measure, PERIODS)
        assert printed is not None
        assert sum(c.change for c in printed.causes) == printed.after - printed.before
    return found["cv"] is not None


def test_the_page_draws_one_row_for_each_cause(deps: Dependencies) -> None:
    drawn = str([p.update_value() for p in page_of(deps, "/trend", "?district=500242&period=2026")[2]])
    for words in ("区划与归属", "混合学校资源在学段间的分摊", "在校生变化", "资源变化", "按各因素的所有先后次序取平均"):
        assert words in drawn
