"""Header, navigation, filter bar, source line: the frame around every page."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.access import Permission
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts.markup import Node, h
from layouts.parts.demonstration import is_invented
from layouts.parts.navigation import skip_link, top_bar
from layouts.parts.version import version_name
from layouts.routes import CHANGES, LEAGUE, Route, link

FILES = (("export", "xlsx"), ("export", "csv"), ("picture", "png"), ("picture", "svg"))
PAPERS = ("docx", "pptx", "pdf")


@dataclass(frozen=True)
class Choice:
    """One option of a filter: its words, the address it leads to, and a heading above it."""

    label: str
    href: str
    heading: str = ""


@dataclass(frozen=True)
class Filter:
    """One slot of the filter bar."""

    name: str
    chosen: str
    choices: Sequence[Choice]


OF_ONE_PAGE = dict.fromkeys(("why", "sort", "only", "about", "measure", "since", "until", "view", "subject"), "")
"""What of an address another page would not know."""


def header(current: Route, state: ViewState) -> list[Node]:
    """Skip link, product name and navigation."""
    pinned = pinned_bar(state)
    return [
        skip_link(),
        top_bar(current, lambda route: link(route, state, **OF_ONE_PAGE), _tools(current)),
        h(
            "div",
            {
                "id": "update-error",
                "className": "update-error",
                "data-part": "failure",
                "hidden": True,
                "role": "alert",
            },
            h("b", {}, text("state.error_title")),
            h("span", {}, text("state.error_body")),
            h("a", {"className": "button filled", "href": "/login", "hidden": True}, ""),
            h("button", {"className": "button", "data-action": "retry", "type": "button"}, text("state.retry")),
            h("a", {"className": "button", "href": link(LEAGUE, state)}, text("state.see_table")),
        ),
        *([pinned] if pinned is not None else []),
    ]


def _tools(current: Route) -> Node:
    """Search, the keys, and the projector."""
    return h(
        "div",
        {"className": "tools"},
        h(
            "button",
            {"className": "button", "data-action": "search", "data-chrome": "1", "type": "button"},
            text("search.label"),
            h("kbd", {}, "/"),
        ),
        h(
            "button",
            {"className": "button", "data-action": "help", "data-chrome": "1", "type": "button"},
            text("app.help"),
            h("kbd", {}, "?"),
        ),
        h(
            "a",
            {"className": "button filled", "href": current.path, "data-meeting": "1"},
            text("meeting.mode"),
            h("kbd", {}, "F"),
        ),
    )


def pinned_bar(state: ViewState) -> Node:
    """Says that the figures are those of an earlier publication, and leads to the present ones."""
    if not state.snapshot:
        return None
    here = state.search_with({"snapshot": "", "meeting": ""}) or "?"
    changes = link(CHANGES, ViewState(since=state.snapshot, group=state.group, district=state.district))
    return h(
        "div",
        {"className": "pinned", "role": "status"},
        text("meeting.pinned", version=version_name(state.snapshot)),
        h("a", {"href": here, "data-nav": "1"}, text("meeting.unpin")),
        h("a", {"href": changes, "data-nav": "1"}, text("meeting.see_changes")),
    )


def warning_bar(message: str) -> Node:
    """Says above the page what is missing from it."""
    return h("div", {"className": "pinned", "role": "alert"}, message)


def bad_link(names: Sequence[str]) -> Node:
    """Says which values of the address were passed over."""
    listing = "、".join(text(f"link_key.{name}") for name in names)
    return h("p", {"className": "problem", "role": "status"}, text("state.bad_link", names=listing))


def filter_bar(
    filters: Sequence[Filter], snapshot: SnapshotInfo, kinds: Sequence[str], *, has_exports: bool = True
) -> Node:
    """Label, chosen value and a native list for each slot; then link, print and the demo mark.

    The mark stands where the publication has invented rows of the `kinds` that the page draws.
    """
    exports = _exports() if has_exports else []
    demo = h("span", {"className": "demo"}, text("app.demo"))
    mark = demo if is_invented(snapshot, kinds) else None
    return h(
        "div",
        {"className": "filter-bar", "role": "group", "aria-label": text("filter.label")},
        h(
            "div",
            {"className": "filters", "data-part": "filters"},
            h("button", {"className": "button filters-button", "type": "button"}, text("app.filters")),
            *[_slot(item) for item in filters],
        ),
        h(
            "div",
            {"className": "filter-end"},
            *exports,
            h("button", {"className": "plain", "data-action": "copy-link", "type": "button"}, text("app.copy")),
            h("button", {"className": "plain", "data-action": "print", "type": "button"}, text("app.print")),
            mark,
        ),
    )


def _exports() -> list[Node]:
    files = [_file_item(action, kind, text(f"app.{action}_hint")) for action, kind in FILES]
    papers = [_file_item("export", kind, text("app.material_hint")) for kind in PAPERS]
    return [menu(text("app.export"), [*files, *papers]), to_meeting_button("plain")]


def _file_item(action: str, kind: str, hint: str) -> Node:
    does = {"data-action": action, "data-kind": kind, "key": kind, "type": "button", "title": hint}
    return h("button", {"className": "dropdown-item", **does}, kind.upper(), h("small", {}, text(f"app.file_{kind}")))


def menu(label: str, items: Sequence[Node]) -> Node:
    """Buttons in a list that opens at its label; later a `DropdownMenu` (`assets/modules/menu.js`)."""
    return h(
        "details",
        {"className": "menu", "data-part": "menu", "key": label},
        h("summary", {}, label),
        h("div", {"className": "dropdown-menu"}, *items),
    )


def to_meeting_button(class_name: str = "button") -> Node:
    """Takes the view in the address to the meeting's running order or decisions."""
    return h(
        "button",
        {
            "className": class_name,
            "data-action": "to-meeting",
            "type": "button",
            "data-needs": str(Permission.MEETINGS_EDIT),
            "title": text("app.to_meeting_hint"),
        },
        text("app.to_meeting"),
    )


def _slot(item: Filter) -> Node:
    return h("label", {"className": "slot"}, h("span", {}, text(f"filter.{item.name}")), filter_select(item))


def filter_select(item: Filter) -> Node:
    """The native list of a filter; choosing goes to the option's address."""
    options: list[Node] = []
    headed: dict[str, list[Node]] = {}
    for choice in item.choices:
        option = h("option", {"value": choice.href, "key": choice.href}, choice.label)
        if choice.heading and choice.heading not in headed:
            headed[choice.heading] = []
            options.append(["optgroup", {"label": choice.heading}, headed[choice.heading]])
        (headed[choice.heading] if choice.heading else options).append(option)
    return h(
        "select",
        {"name": item.name, "value": item.chosen, "data-nav": "1", "aria-label": text(f"filter.{item.name}")},
        *options,
    )


def section(title: str, *children: Node, identity: str = "", lead: Node = None) -> Node:
    """A section: thick rule, title, content."""
    return h(
        "section",
        {"className": "p", "id": identity or None},
        h("div", {"className": "section-head"}, h("h2", {}, title), lead),
        *children,
    )


def notice(title: str, body: str, *actions: Node, level: int = 0) -> Node:
    """The empty, error and stale states: what happened, what still holds, what to do.

    `level` 1 makes the title the page's heading.
    """
    return h(
        "div",
        {"className": "notice", "role": "status"},
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, title) if level else h("b", {}, title),
        h("p", {}, body),
        h("div", {"className": "notice-actions"}, *actions),
    )


def action_link(label: str, href: str) -> Node:
    """A button-like link that stays on the page."""
    return h("a", {"className": "button", "href": href, "data-nav": "1"}, label)
