"""How long each question takes that drawing the pages asks, without what is kept of earlier answers."""

import dataclasses
import gc
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import open_store
from queries import common_dimensions, district
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.bench.browser import SAMPLES, spread

PAGES = (
    ("/", "{group}"),
    ("/", "?district={other}&indicator=L2"),
    ("/league", "{group}"),
    ("/matrix", "{group}"),
    ("/plan", "{group}"),
    ("/trend", "{group}"),
    ("/", ""),
    ("/district/{unit}", ""),
    ("/matrix", "?district={unit}&why=section.{school}.primary.L1"),
    ("/matrix", "?district={unit}&why=item.{unit}.G1"),
    ("/matrix", "?district={unit}&why=cv.{unit}.primary.L1"),
    ("/cv/{unit}/primary/L1", ""),
    ("/school/{school}", ""),
    ("/warn", "{group}"),
    ("/ledger", "{group}"),
    ("/rounds", "{group}"),
    ("/funds", "{group}"),
    ("/library", ""),
    ("/method", ""),
    ("/changes", "{group}"),
    ("/leads", "{group}"),
)
"""An address of each page, and the proofs of a section, an item and a CV."""


CITY = {"unit": "500242", "other": "500103", "school": "S500242-001", "group": ""}
"""Units and a school of the demonstration of the city; nobody need choose a parent there."""


def pages_of(settings: Settings) -> dict[str, str]:
    """A unit, another, and a primary school that the snapshot in force knows."""
    current = Warehouse(settings.snapshots_folder, settings.reader_memory).current()
    period = common_dimensions.periods(current)[-1].period
    known = common_dimensions.units(current, period, "as_was")
    if CITY["unit"] in {unit.district_code for unit in known}:
        return CITY
    unit, other = [u.district_code for u in known if u.group_code == known[0].group_code][:2]
    sections = district.sections(current, period, "as_was", unit)
    school = next(s.school_code for s in sections if s.stage == "primary")
    return {"unit": unit, "other": other, "school": school, "group": f"?group={known[0].group_code}"}


def bench_questions(settings: Settings) -> dict[str, Any]:
    """The slowest parameters of each question, by its name; every page answers in time."""
    found, refused = times_of_questions(settings, CITY)
    assert not refused
    return found


def times_of_questions(settings: Settings, known: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The slowest parameters of each question, by its name; and the pages that took too long."""
    warehouse = Warehouse(settings.snapshots_folder, settings.reader_memory)
    asked, refused = _asked(settings, warehouse, known)
    gc.collect()
    gc.freeze()  # as `app.py` does
    found: dict[str, Any] = {}
    for run, question in asked:
        times: list[float] = []
        for _ in range(SAMPLES):
            started = time.perf_counter()
            run(*question)
            times.append((time.perf_counter() - started) * 1000)
        slowest = max(found.get(question[0], {"median_ms": 0.0}), spread(times), key=_median)
        found[question[0]] = slowest
    gc.unfreeze()
    return dict(sorted(found.items(), key=lambda item: -_median(item[1]))), refused


def _median(figures: dict[str, float]) -> float:
    return figures["median_ms"]


def _asked(settings: Settings, warehouse: Warehouse, known: dict[str, str]) -> tuple[list[Any], list[str]]:
    """What runs a question, and its name, row type and parameters, once each; pages too slow."""
    refused: list[str] = []
    asked: dict[tuple[Any, ...], tuple[Callable[..., Any], tuple[Any, ...]]] = {}
    answer = Snapshot.answer

    def noting(snapshot: Snapshot, *question: Any) -> Any:
        asked[snapshot.narrowed_to, question] = partial(answer, snapshot), question
        return answer(snapshot, *question)

    Snapshot.answer = noting  # type: ignore[assignment, method-assign]
    deps = Dependencies(warehouse, open_store(settings), load_catalogue, lambda: LOCAL_VIEWER, datetime.now)
    for path, search in PAGES:
        before = dict(asked)
        name, _, panels = page_of(deps, path.format(**known), search.format(**known))
        if name == "message":
            refused.append(path)
            asked.clear()
            asked.update(before)
            continue
        for panel in panels:
            panel.update_value()
    Snapshot.answer = answer
    assert all(dataclasses.is_dataclass(row_type) for _, (_, row_type, _) in asked.values())
    return list(asked.values()), refused
