"""Task books of the demonstration: some on plan, some behind, one a draft, made from a published bill; all invented."""

import datetime
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import duckdb
from sqlalchemy import Connection

from data.access import LOCAL_VIEWER
from data.catalogue.loader import Catalogue
from data.demo.story import generator, story
from data.quarters import ended_before, quarters_between, spread
from data.store import audit
from data.store.engine import Store
from data.store.matters import MatterStep, Writing, list_matters
from data.store.task_books import RELEASE, TASK_BOOK, NewTaskBook, make_book, step_book
from data.store.task_measures import measures_in, report_progress
from data.store.task_proposals import OwedBySchool, proposed_measures

MAKER, RELEASER, REPORTER = "示例区县督导", "示例区县复核", "示例部门经办"
BEGUN_AGO, RELEASED_AFTER = datetime.timedelta(days=300), datetime.timedelta(days=5)
SHARES = (0.6, 1.0)
OWED = """
select unit_section.district_code, section_gap.indicator_code, cat_indicators.gap_unit, unit_section.school_code,
    cast(sum(section_gap.binding_gap) as bigint)
from unit_section
inner join section_gap
    on unit_section.return_id = section_gap.return_id and unit_section.stage = section_gap.stage
inner join cat_indicators on section_gap.indicator_code = cat_indicators.indicator_code
where unit_section.period = $period and unit_section.basis = 'as_was' and unit_section.is_in_scope
group by all
having sum(section_gap.binding_gap) > 0
order by all
"""


def fill_task_books(store: Store, catalogue: Catalogue, snapshot: Path) -> int:
    """A book of some units from the bill of a publication; returns how many there are then."""
    if list_matters(store, TASK_BOOK):
        return 0
    plot = story()["task_books"]
    day = story()["as_of"] - BEGUN_AGO
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        rows = connection.execute(OWED, {"period": plot["period"]}).fetchall()
    owed: dict[str, list[OwedBySchool]] = {}
    for unit, code, gap_unit, school, amount in rows:
        owed.setdefault(unit, []).append(OwedBySchool(code, gap_unit, school, amount))
    units = sorted(owed)
    chosen = list(dict.fromkeys(units[int(number) % len(units)] for number in plot["units"]))
    with store.write() as connection:
        audit.hold_head(connection)
        hands = _hands(store, connection, catalogue, day)
        for place, unit in enumerate(chosen):
            is_draft = place == len(chosen) - 1
            _book(next(hands), unit, owed[unit], snapshot.stem, place, is_draft=is_draft)
    return len(chosen)


def _hands(store: Store, connection: Connection, catalogue: Catalogue, day: datetime.date) -> Iterator[Writing]:
    """Who writes on that day, a minute after the one before."""
    at = datetime.datetime.combine(day, datetime.time(4))
    while True:
        yield Writing(store, connection, catalogue, replace(LOCAL_VIEWER, name=MAKER), at)
        at += datetime.timedelta(minutes=1)


def _book(
    writing: Writing, unit: str, owed: list[OwedBySchool], snapshot_id: str, place: int, *, is_draft: bool
) -> None:
    """A book of a unit; every other one that is released falls behind."""
    plot = story()["task_books"]
    due_on = plot["due_on"]
    measures = proposed_measures(writing.catalogue, owed, writing.today, due_on)
    new = NewTaskBook(unit, plot["period"], snapshot_id, plot["subject"], due_on, measures)
    book = make_book(writing, new, is_demonstration=True)
    if is_draft:
        return
    release = replace(writing, viewer=replace(writing.viewer, name=RELEASER), at=writing.at + RELEASED_AFTER)
    released = step_book(release, book, MatterStep(book.matter_code, book.version, RELEASE))
    at = datetime.datetime.combine(story()["as_of"], datetime.time(4))
    report = replace(writing, viewer=replace(writing.viewer, name=REPORTER), at=at)
    for measure in measures_in(writing.connection, book.matter_code):
        planned = spread(measure.amount, quarters_between(measure.starts_on, measure.due_on))
        by_now = planned[ended_before(story()["as_of"])]
        share = generator(31, int(unit[-4:], 36), measure.position).uniform(*SHARES) if place % 2 else 1.0
        report_progress(report, released, measure, plot["month"], math.ceil(by_now * share), plot["evidence"])
