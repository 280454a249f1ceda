"""Task books of units for the tests of who makes, reads and writes them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime

from data.access import LOCAL_VIEWER, Viewer
from data.store import audit
from data.store.engine import Store
from data.store.matters import Matter, MatterStep, Writing, list_matters
from data.store.task_books import LeftOut, NewTaskBook, left_out_of, make_book, step_book
from data.store.task_lists import Standing, standings_of
from data.store.task_measures import NewMeasure
from tests.people import CATALOGUE, UNIT
from tests.stores import NOW

MAKER, RELEASER = (replace(LOCAL_VIEWER, name=name) for name in ("编制甲", "下达乙"))
STARTS, DUE = date(2026, 1, 1), date(2027, 12, 31)


def measures(word: str = "") -> list[NewMeasure]:
    """Eight people for two schools from 2026 on, and a building later."""
    return [
        NewMeasure("L2", f"{word}培养骨干教师", 8, "人", "education", STARTS, DUE, schools=[("S-1", 5), ("S-2", 3)]),
        NewMeasure("L4", f"{word}新建用房", 1145, "㎡", "construction", date(2027, 1, 1), DUE, money=3_000_000),
    ]


def new_book(unit: str = UNIT, word: str = "") -> NewTaskBook:
    """A book with two measures and an item that no measure came of."""
    left_out = [LeftOut("G5", "item", 1)]
    return NewTaskBook(unit, "2026", "snapshot", f"{word}2026数据期任务书", DUE, measures(word), left_out)


@contextmanager
def writing(store: Store, viewer: Viewer, at: datetime = NOW) -> Iterator[Writing]:
    """A transaction of this person."""
    with store.write() as connection:
        audit.hold_head(connection)
        yield Writing(store, connection, CATALOGUE, viewer, at)


def made(store: Store, viewer: Viewer = MAKER, unit: str = UNIT, word: str = "", at: datetime = NOW) -> Matter:
    """A draft."""
    with writing(store, viewer, at) as hand:
        return make_book(hand, new_book(unit, word), is_demonstration=True)


def released(store: Store, units: Sequence[str], word: str, at: datetime = NOW) -> list[str]:
    """A released book of each unit; their numbers."""
    codes: list[str] = []
    for unit in units:
        book = made(store, MAKER, unit, word, at)
        with writing(store, RELEASER, at) as hand:
            step_book(hand, book, MatterStep(book.matter_code, book.version, "release_book"))
        codes.append(book.matter_code)
    return codes


def task_book_paths(unit: str, neighbour: str) -> list[str]:
    """Every page and file of the task books, asked about the own unit and another's."""
    return [
        *[f"/task-books{asked}" for asked in ("", f"?district={neighbour}", f"?new={neighbour}")],
        *[f"/task-books/RW{code}-2026-0001{page}" for code in (unit, neighbour) for page in ("", "/1", "/paper.docx")],
        f"/task-books/list.xlsx?district={neighbour}",
    ]


def asked(other: str) -> Iterator[tuple[tuple[str, dict[str, str] | None], tuple[str, dict[str, str] | None]]]:
    """The task book of another unit: each page, file and step; and one made for it."""
    path, nobody = f"/task-books/RW{other}-2026-0001", "/task-books/RW599999-2026-0001"
    for page in ("", "/1", "/paper.docx"):
        yield (path + page, None), (nobody + page, None)
    for action in ("edit_book", "release_book", "revise_book", "withdraw_book", "close_book", "add_measure"):
        fields = {"version": "3", "reason": "改", "action": action}
        yield (path, fields), (nobody, fields)
    typed = {"version": "3", "month": "2026-05-01", "done": "9", "evidence": "验收单", "reason": "改"}
    for action in ("report_progress", "change_measure", "drop_measure", "plan_quarters"):
        yield (f"{path}/1", {**typed, "action": action}), (f"{nobody}/1", {**typed, "action": action})
    for name in ("district", "new"):
        yield (f"/task-books?{name}={other}", None), (f"/task-books?{name}=599999", None)
    new = {"due_on": "2099-06-01"}
    yield ("/task-books", {**new, "district": other}), ("/task-books", {**new, "district": "599999"})


def state(store: Store) -> list[tuple[Matter, list[Standing], list[LeftOut]]]:
    """Every book with its measures and what was left out."""
    return [
        (b, standings_of(store, b.matter_code, b.opened_on), left_out_of(store, b.matter_code))
        for b in list_matters(store, "task_book")
    ]
