"""A page is a list of panels; from it come the first paint (HTML) and the live page (Dash)."""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dash import html
from dash.development.base_component import Component

from data.access import Permission
from layouts.markup import Markup, Node, to_html, to_json
from layouts.parts.navigation import strip_forbidden

HTML_PER_TREE = 1.4
"""No panel's HTML takes so many times the bytes of its tree as JSON."""


@dataclass(frozen=True)
class Panel:
    """A piece of the page drawn from a tree."""

    identity: str
    class_name: str
    tree: list[Node]
    """Its nodes; None among them stands for nothing."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", [node for node in self.tree if node is not None])

    def allowed(self, permissions: frozenset[Permission]) -> "Panel":
        """The panel without links and buttons that need a permission of others."""
        return replace(self, tree=strip_forbidden(self.tree, permissions))

    def to_component(self) -> Component:
        """The Dash component."""
        return Markup(self.update_value(), id=str(self.identity), className=self.class_name)

    def update_value(self) -> str:
        """What a callback sends to update it."""
        return to_json(self.tree)

    def to_html(self) -> str:
        """HTML of the first paint."""
        return f'<div class="{self.class_name}">{to_html(self.tree)}</div>'


@dataclass(frozen=True)
class SerializedPanel:
    """A panel with its tree as JSON: what the cache of drawn pages holds.

    `written` is UTF-8, half the size of a text with Chinese in it.
    """

    identity: str
    class_name: str
    written: bytes

    def __sizeof__(self) -> int:
        """With the HTML that a first paint will add: a kept page is measured before."""
        return object.__sizeof__(self) + round(HTML_PER_TREE * sys.getsizeof(self.written))

    @property
    def tree(self) -> list[Node]:
        """The tree as JSON."""
        return json.loads(self.written)

    def to_component(self) -> Component:
        """The Dash component."""
        return Markup(self.update_value(), id=str(self.identity), className=self.class_name)

    def update_value(self) -> str:
        """What a callback sends to update it."""
        return self.written.decode()

    def to_html(self) -> str:
        """HTML of the first paint."""
        return self._html.decode()

    @cached_property
    def _html(self) -> bytes:
        return Panel(self.identity, self.class_name, self.tree).to_html().encode()


@dataclass(frozen=True)
class ComponentPanel:
    """Any other Dash component, with the tree that stands for it in the first paint."""

    identity: str
    class_name: str
    component: Component
    updated: object
    first_paint: list[Node]
    updated_property: str = "rowData"

    def to_component(self) -> Component:
        """The Dash component."""
        return html.Div(self.component, className=self.class_name)

    def update_value(self) -> object:
        """What a callback sends to update it."""
        return self.updated

    def to_html(self) -> str:
        """HTML of the first paint."""
        return f'<div class="{self.class_name}">{to_html(self.first_paint)}</div>'


@dataclass(frozen=True)
class PermissionedPanel:
    """A panel that is kept for all viewers, before links that others may not use are left out."""

    identity: str
    class_name: str
    written: bytes

    def allowed(self, permissions: frozenset[Permission]) -> SerializedPanel:
        """What these permissions may see of it."""
        panel = Panel(self.identity, self.class_name, json.loads(self.written))
        return serialize(panel.allowed(permissions))


AnyPanel = Panel | SerializedPanel | ComponentPanel


def serialize_for_permissions(panel: Panel) -> PermissionedPanel:
    """The panel with its whole tree as JSON, from which each viewer gets what he may see."""
    return PermissionedPanel(panel.identity, panel.class_name, panel.update_value().encode())


def serialize(panel: AnyPanel) -> SerializedPanel:
    """The panel with its tree as JSON.

    Raises:
        TypeError: it has no tree alone: a page with other components is not kept.
    """
    if isinstance(panel, ComponentPanel):
        raise TypeError(panel.identity)
    return SerializedPanel(panel.identity, panel.class_name, panel.update_value().encode())


def live_page(name: str, panels: Sequence[AnyPanel]) -> Component:
    """The page as Dash components."""
    return html.Div([p.to_component() for p in panels], className=f"page-content page-{name}")


def static_page(name: str, panels: Sequence[AnyPanel]) -> str:
    """The page as HTML for the first paint."""
    inner = "".join(p.to_html() for p in panels)
    return f'<div class="page-static page-{name}">{inner}</div>'
