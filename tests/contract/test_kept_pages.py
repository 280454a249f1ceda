"""What is kept of a drawn page depends on the snapshot, the scope and the address, and on nothing else."""

from dataclasses import replace
from pathlib import Path
from typing import Any, NoReturn

import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import RENDERERS, page_of
from callbacks.rendering.prewarm import prewarm_addresses
from data.access import LOCAL_VIEWER, Permission, Scope
from data.settings import Settings
from data.store.engine import open_store
from data.store.ledger import Move, move
from data.store.matters import MatterStep, NewMatter, Writing, add_matter
from data.store.task_books import step_book
from data.store.task_promises import promises_version
from layouts.page import HTML_PER_TREE, SerializedPanel
from layouts.routes import DISTRICT, LONGEST, MATRIX, MEETING, OVERVIEW, ROUTES, CachePolicy, address_of
from queries.memo import LruCache
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.stores import NOW, RECTIFIER, an_issue, put

PATHS = {"/district": "/district/500103", "/cv": "/cv/500103/primary/L2"}


class Untouchable:
    """A store, clock or viewer that a page of a snapshot alone must not ask."""

    def __getattr__(self, name: str) -> NoReturn:
        raise AssertionError(name)

    def __call__(self) -> NoReturn:
        raise AssertionError("clock")


def pages_kept(deps: Dependencies) -> LruCache:
    """What the warehouse keeps of drawn pages."""
    assert isinstance(deps.warehouse, Warehouse)
    return deps.warehouse.pages


@pytest.mark.parametrize("route", [r for r in ROUTES if r.cache is CachePolicy.SNAPSHOT], ids=lambda r: r.page)
def test_a_kept_page_asks_neither_store_nor_viewer_and_of_the_clock_the_day_alone(
    deps: Dependencies, route: Any
) -> None:
    """It is kept for a day: what runs out counts from it."""
    nothing: Any = Untouchable()
    bare = replace(deps, store=nothing, now=nothing, meeting_day=NOW.date(), current_viewer=nothing)
    address = address_of(PATHS.get(route.path, route.path), "")
    assert address is not None
    title, panels = RENDERERS[route.page](bare, address)
    assert title
    assert panels


class Reserved:
    """A viewer of whom a kept page may know the permissions, and whether somebody is signed in."""

    permissions, account = LOCAL_VIEWER.permissions, LOCAL_VIEWER.account

    def __getattr__(self, name: str) -> NoReturn:
        raise AssertionError(name)


@pytest.mark.parametrize("route", [r for r in ROUTES if r.cache is CachePolicy.RECORD], ids=lambda r: r.page)
def test_a_page_of_record_knows_the_record_the_day_and_permissions(deps: Dependencies, route: Any) -> None:
    viewer: Any = Reserved()
    bare = replace(deps, current_viewer=lambda: viewer)
    address = address_of(route.path, "")
    assert address is not None
    assert RENDERERS[route.page](bare, address)[1]


def test_a_unit_s_page_is_kept_until_a_task_book_changes(deps: Dependencies, tmp_path: Path) -> None:
    """Any entry of the audit, a sign-in too, threw the kept pages of all units away."""
    store = open_store(Settings(var_folder=tmp_path))
    before = promises_version(store)
    put(store, an_issue())
    move(store, deps.catalogue, RECTIFIER, Move("T2026-0001", 1, "start", measure="调配1人"), NOW)
    assert promises_version(store) == before
    with store.write() as connection:
        writing = Writing(store, connection, deps.catalogue, LOCAL_VIEWER, NOW)
        book = add_matter(writing, NewMatter("task_book", "500242", "任务书"), is_demonstration=True)
    made = promises_version(store)
    with store.write() as connection:
        writing = Writing(store, connection, deps.catalogue, LOCAL_VIEWER, NOW)
        step_book(writing, book, MatterStep(book.matter_code, book.version, "withdraw_book", "重编"))
    assert len({before, made, promises_version(store)}) == 3


def test_a_write_is_seen_by_the_next_reader(deps: Dependencies, tmp_path: Path) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    put(store, an_issue())
    own = replace(deps, store=store)

    def shown() -> list[Any]:
        return [p.update_value() for p in page_of(own, "/ledger", "")[2]]

    before = shown()
    assert shown() == before
    move(store, own.catalogue, RECTIFIER, Move("T2026-0001", 1, "start", measure="调配1人"), NOW)
    assert shown() != before
    assert [p.update_value() for p in page_of(deps, "/ledger", "")[2]] != before


def test_a_page_shown_again_is_the_page_drawn_at_first(deps: Dependencies) -> None:
    for path, search in (("/", "?district=500103"), ("/matrix", ""), ("/district/500103", "")):
        first = [(p.identity, p.update_value()) for p in page_of(deps, path, search)[2]]
        assert [(p.identity, p.update_value()) for p in page_of(deps, path, search)[2]] == first


def test_parameters_that_a_page_does_not_read_make_no_new_page(
    deps: Dependencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Unknown ones, another order, defaults and repetitions: one page, drawn once, and kept once."""
    drawings: list[str] = []
    show = RENDERERS["overview"]

    def counted(*given: Any) -> Any:
        drawings.append("")
        return show(*given)

    monkeypatch.setitem(RENDERERS, "overview", counted)
    first = [p.update_value() for p in page_of(deps, "/", "?district=500103&stage=primary")[2]]
    kept = len(pages_kept(deps))
    for search in (
        "?stage=primary&district=500103",
        "?district=500103&stage=primary&x=" + "a" * 900,
        "?utm=1&stage=junior&stage=primary&district=500103&basis=as_was",
    ):
        assert [p.update_value() for p in page_of(deps, "/", search)[2]] == first
    assert len(drawings) == 1
    assert len(deps.warehouse.pages) == kept  # type: ignore[union-attr]


def test_a_page_that_says_what_was_asked_in_vain_is_drawn_and_not_kept(deps: Dependencies) -> None:
    kept = pages_kept(deps)
    page_of(deps, "/", "?stage=primary")
    before = len(kept)
    for number in range(3):
        panels = page_of(deps, "/", f"?stage=primary&district=made-up-{number}")[2]
        assert "district" in str(panels[0].update_value())
    assert len(kept) == before


@pytest.mark.parametrize("length", [LONGEST + 1, 1_000_000])
def test_an_address_longer_than_any_of_ours_is_no_page(length: int) -> None:
    assert address_of("/", "?x=" + "a" * (LONGEST - 4)) is not None
    assert address_of("/", "?x=" + "a" * (length - 4)) is None
    assert address_of("/" + "a" * (length - 1), "") is None


def test_the_html_of_a_kept_page_was_counted_before_it_was_made(deps: Dependencies) -> None:
    for path, search in prewarm_addresses(deps.warehouse.current()):
        for panel in page_of(deps, path, search)[2]:
            if isinstance(panel, SerializedPanel):
                html = panel.to_html().encode()
                assert len(html) <= HTML_PER_TREE * len(panel.written), (path, search)


def test_nothing_kept_for_the_city_is_shown_within_a_scope(deps: Dependencies) -> None:
    whole = page_of(deps, "/", "")[2]
    viewer = replace(LOCAL_VIEWER, scope=Scope(districts=frozenset({"500103"})))
    own = page_of(replace(deps, current_viewer=lambda: viewer).for_viewer(), "/", "")[2]
    assert any("酉阳" in str(p.update_value()) for p in whole)
    assert not any("酉阳" in str(p.update_value()) for p in own)


def test_a_kept_head_shows_each_viewer_the_links_that_are_theirs(deps: Dependencies) -> None:
    reader = replace(LOCAL_VIEWER, permissions=frozenset({Permission.READ_FIGURES}))
    needed = str(Permission.LEADS_READ)
    for _ in range(2):  # the second time from what was written down
        for viewer, is_shown in ((LOCAL_VIEWER, True), (reader, False)):
            own = replace(deps, current_viewer=lambda v=viewer: v)
            head = page_of(own, "/", "")[2][0]
            assert (f'"data-needs":"{needed}"' in str(head.update_value())) is is_shown


def test_drawn_ahead_is_what_stands_one_click_away(snapshot: Snapshot) -> None:
    asked = list(prewarm_addresses(snapshot))
    assert len(set(asked)) == len(asked)
    assert {path.split("/")[1] for path, _ in asked} == {"", "matrix", "trend", "meeting", "district"}
    pages = [a for a in asked if a[0] != MEETING.path]  # of a meeting its slides are kept
    lasting = (CachePolicy.SNAPSHOT, CachePolicy.TASKS)
    assert all((found := address_of(*a)) and found.route.cache in lasting for a in pages)
    assert {OVERVIEW.path, MATRIX.path, DISTRICT.path + "/500103"} <= {path for path, _ in asked}
