"""The ways between the pages of supervision in the field, above each of them."""

from data.text import text
from layouts.components.elements import block, link_to, strong
from layouts.markup import Node
from layouts.routes import (
    COMPLAINTS,
    DUTIES,
    INSPECTORS,
    LOOK_BACKS,
    OPINIONS,
    ROUNDS,
    SURVEYS,
    TASK_BOOKS,
    VISITS,
    PlainPage,
)

CALENDAR = f"{VISITS.path}/calendar"


def supervision_ways(current: str) -> Node:
    """One link for each, that of the current path in bold; `current` is a path."""
    pages: list[PlainPage] = [VISITS, DUTIES, OPINIONS, COMPLAINTS, SURVEYS, TASK_BOOKS, LOOK_BACKS, INSPECTORS]
    named = [(page.path, text(f"navigation.{page.page}")) for page in pages]
    shown = [(ROUNDS.path, text("navigation.rounds")), named[0], (CALENDAR, text("visit_calendar.title")), *named[1:]]
    return block(
        *[strong(name) if path == current else link_to(name, href=path, stays=False) for path, name in shown],
        look="supervision-ways",
    )
