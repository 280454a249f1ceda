"""A page is a list of panels; from it come the first paint (HTML) and the live page (Dash)."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts.markup import Markup, Node, to_html, to_json

GRAPH_CONFIG = {"displayModeBar": False, "responsive": True}


@dataclass(frozen=True)
class Panel:
    """A piece of the page drawn from a tree."""

    identity: str
    class_name: str
    tree: list[Node]
    updated_property: str = "tree"

    def live(self) -> Component:
        """The Dash component."""
        return Markup(self.tree, id=str(self.identity), className=self.class_name)

    def value(self) -> str:
        """What a callback sends to update it."""
        return to_json(self.tree)

    def static(self) -> str:
        """HTML of the first paint."""
        return f'<div class="{self.class_name}">{to_html(self.tree)}</div>'


@dataclass(frozen=True)
class Figure:
    """A Plotly chart; its first paint keeps its place."""

    identity: str
    class_name: str
    figure: dict[str, Any]
    title: str
    updated_property: str = "figure"

    def live(self) -> Component:
        """The Dash component."""
        return html.Div(
            dcc.Graph(id=str(self.identity), figure=self.figure,
                      config=GRAPH_CONFIG,  # pyright: ignore[reportArgumentType]
                      className="graph"),
            className=self.class_name, role="img",
            **{"aria-label": self.title},  # pyright: ignore[reportArgumentType]
        )  # fmt: skip

    def value(self) -> dict[str, Any]:
        """What a callback sends to update it."""
        return self.figure

    def static(self) -> str:
        """HTML of the first paint: grey bars in the shape of the chart."""
        label = escape(self.title)
        return f'<div class="{self.class_name} waiting" role="img" aria-label="{label}"></div>'


@dataclass(frozen=True)
class Custom:
    """Any other Dash component, with the tree that stands for it in the first paint."""

    identity: str
    class_name: str
    component: Component
    updated: Any
    first_paint: list[Node]
    updated_property: str = "rowData"

    def live(self) -> Component:
        """The Dash component."""
        return html.Div(self.component, className=self.class_name)

    def value(self) -> Any:
        """What a callback sends to update it."""
        return self.updated

    def static(self) -> str:
        """HTML of the first paint."""
        return f'<div class="{self.class_name}">{to_html(self.first_paint)}</div>'


AnyPanel = Panel | Figure | Custom


def live_page(name: str, panels: Sequence[AnyPanel]) -> Component:
    """The page as Dash components."""
    return html.Div([p.live() for p in panels], className=f"page-content page-{name}")


def static_page(name: str, panels: Sequence[AnyPanel]) -> str:
    """The page as HTML for the first paint."""
    inner = "".join(p.static() for p in panels)
    return f'<div class="page-static page-{name}">{inner}</div>'
