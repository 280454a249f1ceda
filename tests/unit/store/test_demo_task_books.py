"""The task books of the demonstration: marked as invented, every other one behind, one still a draft."""

from collections import Counter
from datetime import date

from data.access import Scope
from data.demo.task_books import fill_task_books
from data.settings import Settings
from data.store import audit
from data.store.engine import Store
from data.store.matters import list_matters
from data.store.task_lists import MeasureAsk, measures_behind
from data.warehouse.snapshots import in_force, path_of
from tests.people import CATALOGUE


def test_some_are_on_plan_some_behind_and_one_a_draft(store: Store, small_settings: Settings) -> None:
    folder = small_settings.snapshots_folder
    snapshot = path_of(folder, in_force(folder))
    count = fill_task_books(store, CATALOGUE, snapshot)
    books = list_matters(store, "task_book")
    assert count == len(books) > 1
    assert Counter(b.state for b in books)["draft"] == 1
    assert all(b.is_demonstration and b.subject.startswith("演示") for b in books)
    late = {s.measure.matter_code for s in measures_behind(store, MeasureAsk(Scope(), date(2026, 11, 20)), 1000)}
    released = [b.matter_code for b in books if b.state == "released"]
    assert late <= set(released)
    assert len(late) == len(released) // 2, "every other one"
    assert fill_task_books(store, CATALOGUE, snapshot) == 0, "once"
    assert audit.check_chain(store).first_broken is None
