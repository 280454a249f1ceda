"""Kept answers under many users at once (200 in `make faults`): each gets those of their own scope.

Users ask in random order, again and again, and about half the answers come from what was kept; there
is less room than they need, so that some are thrown away and made anew meanwhile.
"""

import random
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.access import EVERYTHING, LOCAL_VIEWER, Scope, Viewer
from data.settings import Settings
from queries import district, overview, reader, school, search, shell
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.depth import record, times

USERS, UNITS, ASKS, PAGES_EVERY = times(90, 200), 25, 20, times(20, 5)
ROOM = 24 * 1024 * 1024
LATEST, BASIS = "2026", "as_was"
SCHOOL = re.compile(r"/school/(S\w{6}-\d{3})")
Rows = Sequence[Any]


@dataclass(frozen=True)
class Ask:
    """A question, and whether a row of the whole city's answer is one for this scope."""

    name: str
    rows: Callable[[Snapshot], Rows]
    belongs: Callable[[Scope, Any], bool]


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns fifty times as often as usual."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 50)
    yield
    sys.setswitchinterval(usual)


def belongs(scope: Scope, row: Any) -> bool:
    """The rule of scopes, said here a second time."""
    if scope.districts is None or row.district_code is None:
        return True
    code = getattr(row, "school_code", None)
    return row.district_code in scope.districts and (scope.schools is None or not code or code in scope.schools)


def belongs_to(unit: str) -> Callable[[Scope, Any], bool]:
    """Questions about one unit, whose rows do not name it."""

    def found(scope: Scope, row: Any) -> bool:
        is_own = scope.districts is None or unit in scope.districts
        return is_own and (scope.schools is None or row.school_code in scope.schools)

    return found


def is_of(code: str) -> Callable[[Scope, Any], bool]:
    """Questions about one school."""

    def found(scope: Scope, _: Any) -> bool:
        is_own = scope.districts is None or code[1:7] in scope.districts
        return is_own and (scope.schools is None or code in scope.schools)

    return found


def asks(units: Sequence[str], unit: str) -> list[Ask]:
    """What somebody of a unit asks for, their own and that of the next unit."""
    found = [
        Ask("units", lambda s: shell.units(s, LATEST, BASIS), belongs),
        Ask("units before", lambda s: shell.units(s, "2024", BASIS), belongs),
        Ask("status", lambda s: overview.unit_status(s, LATEST, BASIS), belongs),
        Ask("cv", lambda s: overview.unit_cv(s, LATEST, BASIS), belongs),
        Ask("gaps", lambda s: overview.gaps(s, LATEST, BASIS), belongs),
        Ask("names", search.entries, belongs),
        Ask("kept", lambda s: s.cached("kept", lambda: shell.units(s, LATEST, BASIS)), belongs),
    ]
    for one in (unit, units[(units.index(unit) + 1) % len(units)]):
        code = f"S{one}-001"
        found += [
            Ask(f"sections of {one}", lambda s, u=one: district.sections(s, LATEST, BASIS, u), belongs_to(one)),
            Ask(f"periods of {code}", lambda s, c=code: school.periods(s, c), is_of(code)),
        ]
    return found


def viewers(units: Sequence[str]) -> list[tuple[Viewer, str]]:
    """A district's, an inspector's and a school's viewer of each unit in turn, and now and then the city's."""
    found: list[tuple[Viewer, str]] = []
    for number in range(USERS):
        unit = units[number % len(units)]
        schools = (None, {f"S{unit}-001", f"S{unit}-002"}, {f"S{unit}-001"})[number % 3]
        scope = Scope(frozenset({unit}), None if schools is None else frozenset(schools))
        found.append((replace(LOCAL_VIEWER, name=str(number), scope=EVERYTHING if number % 20 == 19 else scope), unit))
    return found


def test_nobody_is_given_the_kept_answer_of_another_scope(
    demo_settings: Settings, deps: Dependencies, hasty: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, made, lock = Counter[str](), reader.filter_rows, threading.Lock()

    def counting(*given: Any) -> tuple[Any, ...]:
        with lock:
            counted["made"] += 1
        return made(*given)

    monkeypatch.setattr(reader, "filter_rows", counting)
    warehouse = Warehouse(demo_settings.snapshots_folder, demo_settings.reader_memory, ROOM)
    whole = warehouse.current()
    units = sorted({u.district_code for u in shell.units(whole, LATEST, BASIS)})[:UNITS]
    homes = {e.code: e.district_code for e in search.entries(whole) if e.kind == "school" and e.district_code}
    users = viewers(units)
    expected = {(unit, ask.name): ask.rows(whole) for unit in units for ask in asks(units, unit)}

    def use(number: int) -> tuple[Counter[str], list[str]]:
        viewer, unit = users[number]
        own = replace(deps, warehouse=warehouse, current_viewer=lambda: viewer).for_viewer()
        chance, done, wrong = random.Random(number), Counter[str](), list[str]()
        for step in range(ASKS):
            ask = chance.choice(asks(units, unit))
            right = tuple(r for r in expected[unit, ask.name] if ask.belongs(viewer.scope, r))
            given = ask.rows(own.warehouse.current())
            done["asks"] += viewer.scope != EVERYTHING
            done["empty"] += not right
            if tuple(given) != right:
                wrong.append(f"{viewer.name} {unit} {ask.name}: {len(given)} for {len(right)} rows")
            if step == 0 and number % PAGES_EVERY == 0:
                done["pages"] += 1
                wrong += foreign_schools(own, viewer, unit, homes)
        return done, wrong

    order = random.Random(20261124).sample(range(USERS), USERS)
    with ThreadPoolExecutor(USERS) as pool:
        outcomes = list(pool.map(use, order))
    total = sum((done for done, _ in outcomes), Counter[str]())
    hits = 1 - counted["made"] / total["asks"]
    wrong = [one for _, found in outcomes for one in found]
    record("shared_answers", users=USERS, **total, share_kept=round(hits, 3), wrong=len(wrong))
    assert wrong == []
    assert 0.3 < hits < 0.7
    assert 0.8 * ROOM < warehouse.answers.size <= ROOM
    assert 0 < total["empty"] < total["asks"] / 2


def foreign_schools(deps: Dependencies, viewer: Viewer, unit: str, homes: dict[str, str]) -> list[str]:
    """Schools that a kept page links to and the viewer may not see."""
    _, _, panels = page_of(deps, f"/district/{unit}", "")
    named = set(SCHOOL.findall("".join(panel.to_html() for panel in panels)))
    return [code for code in named if not viewer.scope.allows(homes[code], code)]
