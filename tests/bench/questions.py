"""How long each question takes that drawing the pages asks, without what is kept of earlier answers."""

import dataclasses
import gc
import time
from datetime import datetime
from typing import Any

from callbacks.dependencies import Dependencies
from callbacks.pages import page_of
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import open_store
from queries import district, shell
from queries.reader import Snapshot, Warehouse
from tests.bench.browser import SAMPLES, spread

PAGES = (("/", ""), ("/", "?district={other}&indicator=L2"), ("/league", ""), ("/matrix", ""), ("/plan", ""),
         ("/trend", ""), ("/district/{unit}", ""), ("/matrix", "?district={unit}&why=section.{school}.primary.L1"),
         ("/matrix", "?why=item.{unit}.G1"), ("/matrix", "?why=cv.{unit}.primary.L1"), ("/cv/{unit}/primary/L1", ""),
         ("/school/{school}", ""), ("/warn", ""), ("/ledger", ""), ("/rounds", ""), ("/funds", ""), ("/library", ""),
         ("/method", ""), ("/changes", ""), ("/leads", ""))  # fmt: skip
"""An address of each page, and the proofs of a section, an item and a CV."""


CITY = {"unit": "500242", "other": "500103", "school": "S500242-001"}
"""Units and a school of the demonstration of the city."""


def pages_of(settings: Settings) -> dict[str, str]:
    """A unit, another, and a primary school that the snapshot in force knows."""
    current = Warehouse(settings.snapshots_folder, settings.reader_memory).current()
    period = shell.periods(current)[-1].period
    known = shell.units(current, period, "as_was")
    if CITY["unit"] in {unit.district_code for unit in known}:
        return CITY
    unit, other = known[0].district_code, known[1].district_code
    sections = district.sections(current, period, "as_was", unit)
    school = next(s.school_code for s in sections if s.stage == "primary")
    return {"unit": unit, "other": other, "school": school}


def bench_questions(settings: Settings) -> dict[str, Any]:
    """The slowest parameters of each question, by its name; every page answers in time."""
    found, refused = times_of_questions(settings, CITY)
    assert not refused
    return found


def times_of_questions(
    settings: Settings, known: dict[str, str]
) -> tuple[dict[str, Any], list[str]]:
    """The slowest parameters of each question, by its name; and the pages that took too long."""
    warehouse = Warehouse(settings.snapshots_folder, settings.reader_memory)
    asked, refused = _asked(warehouse.current(), settings, warehouse, known)
    gc.collect()
    gc.freeze()  # as `app.py` does
    found: dict[str, Any] = {}
    for question in asked:
        times: list[float] = []
        for _ in range(SAMPLES):
            started = time.perf_counter()
            warehouse.current()._run(*question)
            times.append((time.perf_counter() - started) * 1000)
        slowest = max(found.get(question[0], {"median_ms": 0.0}), spread(times), key=_median)
        found[question[0]] = slowest
    gc.unfreeze()
    return dict(sorted(found.items(), key=lambda item: -_median(item[1]))), refused


def _median(figures: dict[str, float]) -> float:
    return figures["median_ms"]


def _asked(
    snapshot: Snapshot, settings: Settings, warehouse: Warehouse, known: dict[str, str]
) -> tuple[list[Any], list[str]]:
    """Name, row type and parameters of every question, once each; and the pages that took too long."""
    refused: list[str] = []
    seen: dict[Any, None] = {}
    answer = snapshot._kept

    def note(*question: Any) -> Any:
        nonlocal seen
        seen = {**seen, question: None}
        return answer(*question)

    snapshot._kept = note  # type: ignore[assignment]
    deps = Dependencies(
        warehouse, open_store(settings), load_catalogue(), lambda: LOCAL_VIEWER, datetime.now
    )
    for path, search in PAGES:
        before = dict(seen)
        name, _, panels = page_of(deps, path.format(**known), search.format(**known))
        if name == "message":
            refused.append(path)
            seen = before
            continue
        for panel in panels:
            panel.value()
    snapshot._kept = answer
    assert all(dataclasses.is_dataclass(row_type) for _, row_type, _ in seen)
    return list(seen), refused
