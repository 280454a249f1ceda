"""The header of every page, of the dashboard and of the plain ones: product name, and the pages the viewer may open."""

from collections.abc import Callable, Collection, Sequence

from data.text import all_texts, text
from layouts.markup import TEXTS, Node, h
from layouts.routes import NAVIGATION, NavigationGroup, PlainPage, Route


def skip_link() -> Node:
    """Leads past the header to what the page says."""
    return h("a", {"href": "#content", "className": "skip"}, text("app.skip"))


def top_bar(current: Route | PlainPage | None, address: Callable[[Route], str], tools: Node = None) -> Node:
    """Product name, navigation in its groups with the current page marked, and the tools of the page.

    Links name the permissions that open them; `strip_forbidden` leaves out those of others. `address` is where the
    dashboard's pages lead.
    """
    groups = [
        h("span", {"className": "nav-group", "key": group.value}, *[_link(p, current, address) for p in pages])
        for group in NavigationGroup
        if (pages := [p for p in NAVIGATION if p.group is group])
    ]
    return h(
        "header",
        {"className": "top"},
        h("div", {"className": "brand"}, text("app.name")),
        h("nav", {"className": "nav" if tools is None else "nav with-all", "aria-label": text("app.name")}, *groups),
        None if tools is None else _all_pages(),
        tools,
    )


def _all_pages() -> Node:
    """On a phone the tab that shows the pages beyond the five tabs."""
    return h(
        "button",
        {"className": "all-pages", "data-action": "all-pages", "type": "button", "aria-expanded": "false"},
        text("navigation_short.all"),
    )


def plain_header(current: PlainPage | None, permissions: Collection[str]) -> Node:
    """The same header on a page without scripts: every link is followed by the browser alone."""
    bar = top_bar(current, lambda route: route.path)
    return h("div", {"className": "head"}, *strip_forbidden([skip_link(), bar], permissions))


def _link(page: Route | PlainPage, current: Route | PlainPage | None, address: Callable[[Route], str]) -> Node:
    """Two characters on screen, the page's whole name for readers and on pointing."""
    name = text(f"navigation.{page.page}")
    is_current = page is current
    is_drawn_in_place = isinstance(page, Route) and isinstance(current, Route)
    needs = (page.needs,) if isinstance(page, Route) else page.needs
    return h(
        "a",
        {
            "href": address(page) if isinstance(page, Route) else page.path,
            "key": page.page,
            "data-nav": "1" if is_drawn_in_place else None,
            "data-needs": " ".join(needs),
            "className": "on" if is_current else None,
            "aria-current": "page" if is_current else None,
            "aria-label": name,
            "title": name,
        },
        all_texts().get(f"navigation_short.{page.page}", name),
    )


def strip_forbidden(nodes: Sequence[Node], permissions: Collection[str]) -> list[Node]:
    """The trees without what names permissions (`data-needs`) of which the viewer has none."""
    kept: list[Node] = []
    for node in nodes:
        if isinstance(node, TEXTS):
            kept.append(node)
            continue
        tag, attributes, children = node
        needs = str(attributes.get("data-needs", "")).split()
        if not needs or any(permission in permissions for permission in needs):
            kept.append([tag, attributes, strip_forbidden(children, permissions)])
    return kept
