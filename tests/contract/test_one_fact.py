"""One fact, one answer: what is said of a unit or the city in several places is said alike.

`tests/one_fact/register_*.py` name the facts and the places where each is said. Every place of every
fact is read for two bases and four periods, and must be said at least once: none is dead. Without
`OVERSIGHT_TEST_DEPTH=full` a dozen units are read, and files, proofs and further views of five.
"""

from collections import Counter
from dataclasses import dataclass, field

import pytest

from callbacks.dependencies import Dependencies
from tests.depth import IS_FULL
from tests.one_fact import (
    register_amounts,
    register_city,
    register_plan,
    register_proposals,
    register_spread,
    register_standing,
    register_supervision,
    register_unknown,
)
from tests.one_fact.fact import Fact
from tests.one_fact.surfaces import Asked

FACTS: dict[str, Fact] = {
    **register_standing.FACTS,
    **register_city.FACTS,
    **register_plan.FACTS,
    **register_spread.FACTS,
    **register_proposals.FACTS,
    **register_amounts.FACTS,
    **register_supervision.FACTS,
    **register_unknown.FACTS,
}
PERIODS = ("2019", "2025", "2026-03", "2026")
BASES = ("as_was", "current")
IN_DEPTH = ("500103", "500109", "500238", "500242", "P50LJ2")
"""渝中, 北碚, 巫溪, 酉阳, 两江: overdue, re-cut, not reported, far off, new."""
DOZEN = (*IN_DEPTH, "500110", "500115", "500153", "500118", "500119", "500107", "500156")
"""And 綦江, 长寿, 荣昌, 永川, 南川, 九龙坡, 武隆."""
DEEP_STATES = (("2026", "as_was"), ("2026", "current"), ("2025", "as_was"))
GROUPS = ("central_city", "northeast")
FEWEST_FACTS = 40


State = tuple[str, str, str]
"""Period, basis, and what is spoken of."""


@dataclass
class Answers:
    """What was said: by fact and state the answer of each place; and how often each place spoke."""

    by_fact: dict[str, dict[State, dict[str, str]]] = field(default_factory=dict)
    spoken: Counter[tuple[str, str]] = field(default_factory=Counter[tuple[str, str]])

    def add(self, fact: str, state: State, place: str, answer: str) -> None:
        """Keep an answer."""
        self.by_fact.setdefault(fact, {}).setdefault(state, {})[place] = answer
        self.spoken[fact, place] += 1


@pytest.fixture(scope="module")
def answers(deps: Dependencies) -> Answers:
    """Every place of every fact, read in every state."""
    heard = Answers()
    for period in PERIODS:
        for basis in BASES:
            city = Asked(deps, period, basis, in_depth=in_depth(period, basis, ""))
            hear_city(heard, city)
            names = {u.district_code: u.short_name for u in city.rows.units}
            for code in names if IS_FULL else (c for c in DOZEN if c in names):
                unit = Asked(deps, period, basis, code, in_depth=in_depth(period, basis, code))
                hear_unit(heard, unit, names[code])
    for group in GROUPS:
        hear_city(heard, Asked(deps, "2026", "as_was", group=group, in_depth=IS_FULL))
    return heard


def hear_city(heard: Answers, city: Asked) -> None:
    """What is said of the city or a group, and of their units."""
    for fact, places in FACTS.items():
        for place, read in places.city.items():
            for about, answer in read(city).items():
                state = (city.period, city.basis, f"{city.group} {about}".strip())
                heard.add(fact, state, place, answer)


def in_depth(period: str, basis: str, unit: str) -> bool:
    return (period, basis) in DEEP_STATES and (IS_FULL or unit in ("", *IN_DEPTH))


def hear_unit(heard: Answers, unit: Asked, name: str) -> None:
    """What is said of one unit."""
    for fact, places in FACTS.items():
        for place, read in places.unit.items():
            said = read(unit)
            if said is None:
                continue
            for about, answer in ({name: said} if isinstance(said, str) else said).items():
                heard.add(fact, (unit.period, unit.basis, about), f"{place}, for the unit", answer)


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_one_answer(answers: Answers, fact: str) -> None:
    differing = [(state, said) for state, said in answers.by_fact[fact].items() if len(set(said.values())) > 1]
    assert not differing, differing[:3]


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_said_in_each_of_its_places(answers: Answers, fact: str) -> None:
    """A place that says nothing any more would let a second answer pass."""
    places = [*FACTS[fact].city, *(f"{place}, for the unit" for place in FACTS[fact].unit)]
    silent = [place for place in places if not answers.spoken[fact, place]]
    assert not silent, silent


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_said_in_two_places_at_once(answers: Answers, fact: str) -> None:
    assert max(len(said) for said in answers.by_fact[fact].values()) > 1


def test_the_register_covers_what_is_derived() -> None:
    assert len(FACTS) >= FEWEST_FACTS
