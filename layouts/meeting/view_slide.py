"""The view of a page as one slide: its sentence, its first parts as they stand on the page, its tables for papers."""

import re
from collections.abc import Iterator, Sequence

from data.text import text
from layouts.charts.line_values import LineValues
from layouts.components.elements import block
from layouts.components.heads import BY_HAND
from layouts.export.tables import (
    chosen_filters,
    chosen_segments,
    heading_of,
    is_element,
    node_text,
    nodes_of,
    tables_in,
    tables_of,
    tree_of,
)
from layouts.markup import FileNode, Node
from layouts.meeting.slide import Slide
from layouts.page import AnyPanel
from layouts.routes import Route

LEFT_OUT = frozenset({"button", "form", "select", "details", "script", "input", "label"})
"""What asks for something, or is opened first."""
NOT_PARTS = ("head", "answer", "source-panel", "drawer")
ONLY_ON_SCREEN = ("id", "data-part", "data-figure")
TONE = "c-"
PROJECTED = "projected"
"""Where a node says what stands on a wall in its stead."""
DRAWN = ("table", "svg", "ol", "ul", "dl")
MOST_SIGNS, MOST_ROWS = 90, 40


def view_slide(route: Route, panels: Sequence[AnyPanel], version: str) -> Slide:
    """The slide of a page as it is drawn in a state; `version` says of which publication."""
    filters = [chosen for _, chosen in chosen_filters(panels)] + chosen_segments(panels)
    in_full, projected = _sentence(panels), _projected(route, panels)
    name = text(f"navigation.{route.page}")
    return Slide(
        route.page,
        _title(panels),
        first_sentences(in_full),
        in_full=in_full,
        parts=[_part(panel) for panel in projected],
        tables=[
            *tables_in(_in_their_stead(projected), name),
            *tables_of([*projected, *(p for p in panels if p not in projected)], name),
        ],
        lines=_lines(projected),
        footer=" · ".join((*filters, version)),
    )


def _sentence(panels: Sequence[AnyPanel]) -> str:
    """What stands below the page's sentence, without the choices that stand beside it."""
    for panel in panels:
        for node in nodes_of(tree_of(panel)):
            if "sub" in str(node[1].get("className", "")).split():
                return node_text([_shown(child) for child in node[2] if _is_shown(child)]).strip()
    return ""


def first_sentences(paragraph_text: str) -> str:
    """As many whole sentences as a slide has room for below its title; one at least."""
    sentences = re.findall(r"[^。]*。|[^。]+$", paragraph_text)
    kept = sentences[:1]
    for sentence in sentences[1:]:
        longer = "".join((*kept, sentence))
        if len(longer) > MOST_SIGNS:
            break
        kept.append(sentence)
    return "".join(kept)


def _in_their_stead(panels: Sequence[AnyPanel]) -> list[Node]:
    """What is projected instead of what the page shows."""
    nodes = (node for panel in panels for node in nodes_of(tree_of(panel)) if isinstance(node, FileNode))
    return [node.file[PROJECTED]() for node in nodes if PROJECTED in node.file]


def _lines(panels: Sequence[AnyPanel]) -> LineValues | None:
    """The numbers of the first chart that has them."""
    nodes = (node for panel in panels for node in nodes_of(tree_of(panel)) if isinstance(node, FileNode))
    return next((node.file["lines"] for node in nodes if "lines" in node.file), None)


def _title(panels: Sequence[AnyPanel]) -> list[tuple[str, str]]:
    """The page's sentence in pieces, each with its tone."""
    for panel in panels:
        for node in tree_of(panel):
            if is_element(node) and node[0] == "h1":
                return list(_toned(node, ""))
    return [("", heading_of(panels))]


def _toned(node: Node, tone: str) -> Iterator[tuple[str, str]]:
    if not is_element(node):
        yield tone, str(node)
    elif node[0] != "svg":
        looks = str(node[1].get("className", "")).split()
        node_tone = next((look.removeprefix(TONE) for look in looks if look.startswith(TONE)), tone)
        for child in node[2]:
            yield from _toned(child, node_tone)


def _projected(route: Route, panels: Sequence[AnyPanel]) -> list[AnyPanel]:
    """The panels that the page names for it; the first below its sentence where it names none."""
    parts = [panel for panel in panels if panel.class_name.split()[0] not in NOT_PARTS and node_text(tree_of(panel))]
    named = [panel for panel in parts if panel.class_name.split()[0] in route.projects]
    return [panel for panel in named if draws(panel)] or parts[:1]


def draws(panel: AnyPanel) -> bool:
    """Whether a panel has more than words."""
    return any(node[0] in DRAWN for node in nodes_of(tree_of(panel)))


def _part(panel: AnyPanel) -> Node:
    """What a panel shows to those who only look."""
    return block(*[_shown(node) for node in tree_of(panel) if _is_shown(node)], look=panel.class_name)


def _is_shown(node: Node) -> bool:
    """Whether it is for those who only look: not what is pressed, filled in or said to a reader alone."""
    if not is_element(node):
        return True
    look = str(node[1].get("className", ""))
    is_choice = node[1].get("role") == "group" and "segments" in look
    return node[0] not in LEFT_OUT and not is_choice and BY_HAND not in look.split() and not node[1].get("hidden")


def _shown(node: Node) -> Node:
    """A node without what asks for something; of a long table the first rows, and how many there are beyond."""
    if not is_element(node):
        return node
    if isinstance(node, FileNode) and PROJECTED in node.file:
        return _shown(node.file[PROJECTED]())
    tag, attributes = node[0], node[1]
    kept = {k: v for k, v in attributes.items() if k not in ONLY_ON_SCREEN or tag not in ("div", "section", "table")}
    children = [_shown(child) for child in node[2] if _is_shown(child)]
    if tag == "tbody" and len(children) > MOST_ROWS:
        kept["data-left"] = str(len(children) - MOST_ROWS)
        children = children[:MOST_ROWS]
    return [tag, kept, children]
