"""Pages stay readable when the store is down or a snapshot is damaged, and say so."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import read_state
from data.atomic_files import DamagedFileError
from data.store.engine import StoreDownError, empty_store
from data.text import text
from layouts import formatting
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import bad_link, warning_bar
from layouts.routes import Address

PageRenderer = Callable[[Dependencies, Address], tuple[str, list[AnyPanel]]]


def render_with_fallback(
    deps: Dependencies, address: Address, show: PageRenderer, *, needs_store: bool = False
) -> tuple[str, list[AnyPanel]]:
    """Title and panels; with a bar above them where something is missing or was asked in vain.

    Raises:
        StoreDownError: the page is about what the store holds, or `needs_store`.
    """
    said: list[str] = []
    try:
        title, panels = show(deps, address)
    except DamagedFileError:
        title, panels = show(deps, address)  # from the last whole snapshot
    except StoreDownError:
        if address.route.requires_store or needs_store:
            raise
        title, panels = show(replace(deps, store=empty_store()), address)
        said.append(text("state.store_down_bar"))
    info = deps.warehouse.current().record
    if info.is_fallback:
        published = formatting.moment(datetime.fromisoformat(info.created_at))
        said.append(text("state.fallback", time=published, snapshot=info.snapshot_id))
    bars = [warning_bar(message) for message in said]
    if problems := read_state(deps.warehouse.current(), address).problems:
        bars.append(bad_link(problems))
    return title, _barred(panels, bars)


def _barred(panels: list[AnyPanel], bars: list[Node]) -> list[AnyPanel]:
    """The bars stand at the end of the head, under the navigation."""
    if not bars:
        return panels
    place = next(n for n, p in enumerate(panels) if isinstance(p, Panel))
    head = panels[place]
    assert isinstance(head, Panel)  # noqa: S101  of the search above
    return [*panels[:place], replace(head, tree=[*head.tree, *bars]), *panels[place + 1 :]]
