"""The URL is the view state: readable, total, and the same after a round trip."""

from hypothesis import given
from hypothesis import strategies as st

from data.view_state import BASES, GROUPINGS, MAP_VIEWS, RANKS, STAGES, VERDICT, Choices, ViewState, parse
from layouts.routes import LEAGUE, OVERVIEW, SCHOOL, Address, address_of, link

CHOICES = Choices(
    periods=("2024", "2025-03", "2026"),
    indicators=("L1", "L2"),
    districts=("500103", "P50LJ2"),
    groups=("central_city",),
    levels=("met", "late"),
)

states = st.builds(
    ViewState,
    period=st.sampled_from(("", "2024", "2025-03")),
    stage=st.sampled_from(STAGES),
    indicator=st.sampled_from((VERDICT, "L1", "L2")),
    district=st.sampled_from(("", "500103", "P50LJ2")),
    basis=st.sampled_from(BASES),
    map=st.sampled_from(("auto", *MAP_VIEWS)),
    level=st.sampled_from(("", "met", "late")),
    grouping=st.sampled_from(GROUPINGS),
    rank=st.sampled_from(RANKS),
)


@given(states)
def test_round_trip(state: ViewState) -> None:
    assert parse(state.to_search(), CHOICES) == state


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    parse("?" + text, CHOICES)


def test_bad_values_fall_back_and_are_reported() -> None:
    state = parse("?period=1999&stage=primary&unknown=1", CHOICES)
    assert state == ViewState(stage="primary")
    assert state.problems == ("period",)


def test_links_keep_the_state_and_a_district_drops_the_group() -> None:
    state = ViewState(group="central_city", indicator="L2")
    assert link(LEAGUE, state, district="500103") == "/league?indicator=L2&district=500103"
    assert link(OVERVIEW, ViewState()) == "/"
    assert address_of("/league/", "") == Address(LEAGUE, {}, "")
    assert address_of("/nowhere", "") is None
    assert address_of("/school", "") is None
    assert address_of("/school/31%2B5/", "?a=1") == Address(SCHOOL, {"school": "31+5"}, "?a=1")
