"""Every table of a page with its section's title: what its cells show, and the values behind them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from data.text import text
from layouts.components.data_table import Kind, raw_words
from layouts.markup import FileNode, Node
from layouts.page import AnyPanel, ComponentPanel

HIDDEN = ("svg", "script")


@dataclass(frozen=True)
class RawCell:
    """The value behind a cell as `components.data_table.raw_words` wrote it, its unit, and what is said beside it."""

    words: str = ""
    unit: str = ""
    note: str = ""


@dataclass(frozen=True)
class ExportTable:
    """A table: its caption, or what opens it, or the title of its section; rows of cell texts, number of head rows.

    One whose columns are described also has its short name, head and kind of each column, and the values
    behind its cells. `rest` says how many rows the page leaves out.
    """

    title: str
    rows: list[list[str]]
    head_rows: int
    sheet: str = ""
    columns: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    values: list[list[RawCell]] = field(default_factory=list[list[RawCell]])
    rest: str = ""


def tables_of(panels: Sequence[AnyPanel], page: str) -> list[ExportTable]:
    """The tables of all panels in reading order; one in no section is called as the page."""
    return [table for panel in panels for table in _tables(tree_of(panel), page)]


def tables_in(tree: Sequence[Node], title: str) -> list[ExportTable]:
    """The tables of a tree in reading order; one in no section has this title."""
    return _tables(tree, title)


def texts_of(panels: Sequence[AnyPanel], class_name: str) -> list[str]:
    """The texts of all nodes with a class, for example the footnote."""
    return [
        _text(node)
        for panel in panels
        for node in nodes_of(tree_of(panel))
        if class_name in str(node[1].get("className", "")).split()
    ]


def heading_of(panels: Sequence[AnyPanel]) -> str:
    """The page's sentence."""
    titles = (_text(n) for panel in panels for n in nodes_of(tree_of(panel)) if n[0] == "h1")
    return next(titles, "")


def chosen_filters(panels: Sequence[AnyPanel]) -> list[tuple[str, str]]:
    """Label and chosen words of every slot of the filter bar."""
    slots = (
        n for panel in panels for n in nodes_of(tree_of(panel)) if "slot" in str(n[1].get("className", "")).split()
    )
    return [(_text(slot[2][0]), _chosen(slot[2][1])) for slot in slots]


def chosen_segments(panels: Sequence[AnyPanel]) -> list[str]:
    """What is chosen where a page offers choices side by side."""
    groups = (
        n for panel in panels for n in nodes_of(tree_of(panel)) if "segments" in str(n[1].get("className", "")).split()
    )
    return [_text(n) for group in groups for n in nodes_of(group[2]) if n[1].get("aria-current") == "true"]


def node_text(tree: Sequence[Node]) -> str:
    """All that nodes say."""
    return "".join(_text(node) for node in tree)


def _chosen(select: Node) -> str:
    value = select[1].get("value")
    options = (n for n in nodes_of([select]) if n[0] == "option")
    return next((_text(o) for o in options if o[1].get("value") == value), "")


def tree_of(panel: AnyPanel) -> list[Node]:
    """The nodes of a panel; of one that is no tree, those that stand for it."""
    return panel.first_paint if isinstance(panel, ComponentPanel) else panel.tree


def nodes_of(tree: Sequence[Node]) -> Iterator[Node]:
    """Every element of a tree, each before what it holds."""
    for node in tree:
        if is_element(node):
            yield node
            yield from nodes_of(node[2])


def is_element(node: Node) -> bool:
    """Whether a node is `[tag, attributes, children]`, not a text."""
    return isinstance(node, list)


def _tables(tree: Sequence[Node], title: str) -> list[ExportTable]:
    tables: list[ExportTable] = []
    for node in tree:
        if not is_element(node) or "inert" in node[1]:
            continue
        if isinstance(node, FileNode) and "rest" in node.file:
            tables[-1:] = [replace(table, rest=table.rest + node.file["rest"]) for table in tables[-1:]]
        elif node[0] == "section":
            table_title = next((_text(n) for n in nodes_of(node[2]) if n[0] in ("h2", "h3")), title)
            tables += _tables(node[2], table_title)
        elif node[0] == "table":
            tables.append(_table(node, _part(node, "caption") or title))
        elif node[0] == "details":
            opener = _part(node, "summary")
            tables += _tables(node[2], title if opener == text("state.see_table") else opener)
        else:
            tables += _tables(node[2], title)
    return tables


def _part(node: Node, tag: str) -> str:
    return next((_text(part) for part in node[2] if is_element(part) and part[0] == tag), "")


def _table(table: Node, title: str) -> ExportTable:
    columns: list[tuple[str, str]] = table.file["columns"] if isinstance(table, FileNode) else []
    rows: list[list[str]] = []
    values: list[list[RawCell]] = []
    head_rows = 0
    for part in table[2]:
        if not is_element(part) or part[0] not in ("thead", "tbody", "tfoot"):
            continue
        for row in part[2]:
            cells: list[str] = []
            behind: list[RawCell] = []
            for cell in row[2]:
                raw = _raw(cell)
                places = range(len(cells), len(cells) + int(cell[1].get("colSpan", 1)))
                said_at = _first_in_files(columns, places)
                cells += [_cell(cell) if place == said_at else "" for place in places]
                behind += [raw if place == said_at else RawCell() for place in places]
            rows.append(cells)
            values.append(behind)
            head_rows += part[0] == "thead"
    if not isinstance(table, FileNode):
        return ExportTable(title, rows, head_rows)
    return ExportTable(title, rows, head_rows, table.file["sheet"], columns, values)


def _raw(cell: Node) -> RawCell:
    if not isinstance(cell, FileNode):
        return RawCell()
    return RawCell(raw_words(cell.file["value"]), cell.file["unit"], cell.file["note"])


def _first_in_files(columns: Sequence[tuple[str, str]], places: range) -> int:
    """Where the words of a cell stand that fills several columns: at the first that files have."""
    return next((n for n in places if n >= len(columns) or columns[n][1] != Kind.PICTURE), places[0])


def _cell(cell: Node) -> str:
    """The text of a cell; a cell that says more to a reader than to the eye gives that."""
    return str(cell[1].get("aria-label") or "") or _text(cell)


def _text(node: Node) -> str:
    if not is_element(node):
        return str(node)
    if node[0] in HIDDEN:
        return ""
    parts = [_text(child) for child in node[2]]
    return (" " if node[0] == "small" else "").join(("", "".join(parts)))
