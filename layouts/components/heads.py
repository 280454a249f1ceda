"""What stands at the head of a page: its frame, its sentence, its title in the browser."""

from collections.abc import Sequence

from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts.components.elements import paragraph
from layouts.markup import Node, h
from layouts.parts.frame import Filter, filter_bar, header
from layouts.routes import Route


def page_head(*, route: Route, state: ViewState, snapshot: SnapshotInfo, filters: Sequence[Filter]) -> list[Node]:
    """Navigation and filter bar of a page."""
    return [*header(route, state), filter_bar(filters, snapshot, route.draws)]


BY_HAND = "by-hand"
"""The look of words about what can be pressed: neither projected nor printed."""


def headline(*content: Node, sub: Sequence[Node] = (), look: str = "small") -> list[Node]:
    """The page's sentence, and below it what else must be known at once."""
    title = h("h1", {"id": "content", "tabIndex": -1, "className": look or None}, *content)
    return [title, paragraph(*sub, look="sub")] if sub else [title]


def separated(parts: Sequence[Node], separator: str) -> list[Node]:
    """The parts of a sentence with a separator between each two."""
    return [node for number, part in enumerate(parts) for node in ([separator, part] if number else [part])]


def page_title(*names: str) -> str:
    """Browser tab and history entry: the most special first, then the product's name."""
    return " · ".join(name for name in (*names, text("app.name")) if name)
