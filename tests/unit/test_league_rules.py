"""The league table rules: ties, who is not ranked, one basis, no score."""

import re
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from layouts.markup import to_html
from layouts.pages.league.ranking import rank_units
from layouts.pages.league.side import _groups


@dataclass(frozen=True)
class Unit:
    district_code: str
    verdict: str = "unmet"
    met_count: int = 30
    worst_cv: float | None = 0.5
    worst_cv_limit: float | None = 0.5
    school_count: int = 40

    @property
    def worst_ratio(self) -> float | None:
        if self.worst_cv is None or self.worst_cv_limit is None:
            return None
        return self.worst_cv / self.worst_cv_limit


def ranks(units: list[Unit]) -> dict[str, tuple[int | None, bool, bool]]:
    _, places = rank_units(units, minimum_schools=10, step=0.001)
    return {code: (p.rank, p.is_tied, p.is_small) for code, p in places.items()}


def test_closer_than_the_printed_step_is_tied_and_the_next_rank_is_skipped() -> None:
    units = [Unit("1", worst_cv=0.51), Unit("3", worst_cv=0.5204), Unit("2", worst_cv=0.5209),
             Unit("4", worst_cv=0.55)]  # fmt: skip
    ordered, places = rank_units(units, minimum_schools=10, step=0.001)
    assert [places[u.district_code].rank for u in ordered] == [1, 2, 2, 4]
    assert [u.district_code for u in ordered] == ["1", "2", "3", "4"]  # inside a tie by code


def test_small_steps_do_not_chain_into_one_tie() -> None:
    units = [Unit(str(n), worst_cv=0.5 + n * 0.0008) for n in range(4)]
    assert [ranks(units)[str(n)][0] for n in range(4)] == [1, 1, 3, 3]


def test_vetoed_undecidable_and_small_are_listed_not_ranked() -> None:
    units = [Unit("a", verdict="veto"), Unit("b", verdict="undecidable", worst_cv=None),
             Unit("c", school_count=9), Unit("d")]  # fmt: skip
    result = ranks(units)
    assert result["a"] == (None, False, False)
    assert result["b"] == (None, False, False)
    assert result["c"] == (None, False, True)
    assert result["d"] == (1, False, False)


def test_order_is_items_met_then_largest_share_of_the_limit() -> None:
    units = [Unit("a", met_count=29, worst_cv=0.4), Unit("b", met_count=30, worst_cv=0.6),
             Unit("c", met_count=30, worst_cv=0.5, worst_cv_limit=0.45)]  # fmt: skip
    ordered, _ = rank_units(units, minimum_schools=10, step=0.001)
    assert [u.district_code for u in ordered] == ["c", "b", "a"]


def test_a_unit_with_more_items_never_stands_under_one_with_fewer() -> None:
    units = [Unit("a", verdict="near", met_count=28, worst_cv=0.4),
             Unit("b", verdict="unmet", met_count=31, worst_cv=0.6),
             Unit("c", verdict="veto", met_count=32)]  # fmt: skip
    ordered, places = rank_units(units, minimum_schools=10, step=0.001)
    assert [u.district_code for u in ordered] == ["b", "a", "c"]
    assert [places[c].rank for c in "bac"] == [1, 2, None]


def test_a_small_part_of_a_large_group_is_a_bar_and_not_one_below_zero() -> None:
    verdicts = ["met"] + ["unmet"] * 999  # one of a thousand units on 150 pixels
    units = [SimpleNamespace(group_name="全省", verdict=v) for v in verdicts]
    view: Any = SimpleNamespace(rows=SimpleNamespace(units=units))
    widths = re.findall(r'<rect[^>]*width="([^"]+)"', to_html([_groups(view)]))
    assert [float(w) for w in widths] == [1, pytest.approx(148.9, abs=0.1)]
