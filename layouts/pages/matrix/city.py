"""The table of the city: units by items."""

from collections import Counter

from data.rows.matrix import MatrixItemRow
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.matrix.cells import cell_mark, level_words, matrix_cell
from layouts.pages.matrix.rows import CELL_LEVELS, DOUBLE_RED, ELSEWHERE, RESOURCE, UNKNOWN, MatrixView
from layouts.parts.glyph import glyph
from layouts.proof.key import unit_key
from layouts.routes import DISTRICT, MATRIX, link


def answer(view: MatrixView) -> list[Node]:
    """Which items fail most, and how many cells got worse."""
    counted = [i for i in view.items if i.is_counted]
    if view.rows.has_stage:
        counted = [i for i in counted if _is_wide(i)]
    totals = sorted(((view.item_total(i)[0], i) for i in counted), key=lambda t: -t[0])
    worst = [(n, i) for n, i in totals[:2] if n]
    kind = "_stage" if view.rows.has_stage else ""
    stage = text(f"stage.{view.rows.state.stage}")
    names = "、".join(text("matrix.worst", code=i.item_code, name=i.short_name, count=n) for n, i in worst)
    as_often = sum(n == worst[-1][0] for n, _ in totals[len(worst) :]) if worst else 0
    names += text("matrix.worst_more", count=len(worst) + as_often) if as_often else ""
    unknown = sum(view.level(u, i) in UNKNOWN for u in view.units for i in counted)
    heading = text(
        f"matrix.title{'' if worst else '_unknown' if unknown else '_none'}{kind}",
        count=len(view.units),
        total=len(counted),
        names=names,
        stage=stage,
        unknown=unknown,
    )
    if view.rows.is_silent:
        heading = text("matrix.title_silent", count=len(view.units))
    sub = text(
        f"matrix.sub{kind}",
        failing=sum(n for n, _ in totals),
        elsewhere=sum(view.level(u, i) == ELSEWHERE for u in view.units for i in counted),
        stage=stage,
        other=cell_mark(view, ELSEWHERE),
        units=len({code for code, _ in view.double_red}),
        cvs=len(view.double_red_cvs),
        cells=len(view.double_red),
        before=view.rows.previous_word,
    )
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, view.rows.scope_name, heading),
        h("p", {"className": "sub"}, sub),
        _legend(view),
    ]


def _legend(view: MatrixView) -> Node:
    state = view.rows.state
    counts = Counter(view.level(u, i) for u in view.units for i in view.items)
    entries = [
        (lv, level_words(view, lv), counts[lv])
        for lv in (*CELL_LEVELS, ELSEWHERE)
        if counts[lv] or lv not in ("veto", ELSEWHERE)
    ]
    entries.append((DOUBLE_RED, text("matrix.double_red"), len(view.double_red)))
    nodes = [
        h(
            "a",
            {
                "key": name,
                "data-nav": "1",
                "className": f"key key-{name}",
                "href": link(MATRIX, state, only="" if state.only == name else name),
                "aria-current": "true" if state.only == name else None,
            },
            h("span", {"className": f"key-swatch m-{name}"}, "◆↑" if name == DOUBLE_RED else cell_mark(view, name)),
            word,
            h("b", {}, f" {formatting.count(count)}"),
        )
        for name, word, count in entries
    ]
    orders = [
        h(
            "a",
            {
                "key": sort or "official",
                "data-nav": "1",
                "className": "key",
                "href": link(MATRIX, state, sort=sort),
                "aria-current": "true" if state.sort == sort else None,
            },
            text(f"matrix.sort_{sort or 'official'}"),
        )
        for sort in ("", "distance")
    ]
    return h(
        "div",
        {"className": "keys", "role": "group", "aria-label": text("map.legend")},
        *nodes,
        h("span", {"className": "mut keys-sort"}, text("matrix.sort")),
        *orders,
        h("span", {"className": "mut"}, text("matrix.arrows")),
    )


def table(view: MatrixView) -> list[Node]:
    """Head with items, a row per unit, totals in the last columns and the last row."""
    only = view.rows.state.only
    columns = view.shown_items
    return [
        h(
            "div",
            {"className": "matrix-scroll", "tabIndex": 0, "role": "region", "aria-label": text("navigation.matrix")},
            h(
                "table",
                {"className": "matrix" + (" filtered" if only else ""), "data-grid": "1"},
                _widths(view, columns),
                h("thead", {}, _dimensions(view, columns), _head(view, columns)),
                h("tbody", {}, *[_row(view, u, columns) for u in view.units]),
                h("tfoot", {}, _foot(view, columns)),
            ),
        )
    ]


def _widths(view: MatrixView, columns: list[MatrixItemRow]) -> Node:
    names = ["unit", "met", *["wide" if _is_wide(i) else "item" for i in columns], *["total"] * len(view.gap_units)]
    return h("colgroup", {}, *[h("col", {"key": str(n), "className": f"w-{name}"}) for n, name in enumerate(names)])


def _is_wide(item: MatrixItemRow) -> bool:
    """Whether the cells of an item hold an amount; others hold a sign."""
    return item.dimension == RESOURCE


def _dimensions(view: MatrixView, columns: list[MatrixItemRow]) -> Node:
    runs: list[tuple[str, int]] = []
    for item in columns:
        if runs and runs[-1][0] == item.dimension_name:
            runs[-1] = (item.dimension_name, runs[-1][1] + 1)
        else:
            runs.append((item.dimension_name, 1))
    return h(
        "tr",
        {"className": "dims"},
        h("th", {"colSpan": 2}, ""),
        *[
            h("th", {"key": str(n), "colSpan": width, "scope": "colgroup"}, name if width > 1 else "")
            for n, (name, width) in enumerate(runs)
        ],
        h("th", {"colSpan": len(view.gap_units), "scope": "colgroup"}, text("matrix.totals")),
    )


def _head(view: MatrixView, columns: list[MatrixItemRow]) -> Node:
    state = view.rows.state
    cells: list[Node] = []
    for item in columns:
        sort = f"item.{item.item_code}"
        cells.append(
            h(
                "th",
                {
                    "key": item.item_code,
                    "scope": "col",
                    "className": None if _is_wide(item) else "narrow",
                    "aria-sort": "descending" if state.sort == sort else None,
                },
                h(
                    "a",
                    {
                        "href": link(MATRIX, state, sort="" if state.sort == sort else sort),
                        "data-nav": "1",
                        "data-tip": f"{item.item_code} {item.short_name}",
                    },
                    h("span", {}, item.item_code[:1]),
                    h("span", {}, item.item_code[1:]),
                ),
            )
        )
    units = [
        h("th", {"key": u, "scope": "col", "className": "total"}, formatting.short_unit(u)) for u in view.gap_units
    ]
    return h(
        "tr",
        {},
        h("th", {"scope": "col"}, text("league.district")),
        h("th", {"scope": "col"}, text("league.items")),
        *cells,
        *units,
    )


def _row(view: MatrixView, unit: UnitStatusRow, columns: list[MatrixItemRow]) -> Node:
    state = view.rows.state
    sort = f"row.{unit.district_code}"
    total = view.unit_total(unit)
    return h(
        "tr",
        {"key": unit.district_code},
        h(
            "th",
            {"scope": "row"},
            h(
                "a",
                {
                    "href": link(DISTRICT, state, district=unit.district_code, sort="", only=""),
                    "data-nav": "1",
                    "className": f"t-{unit.standing}",
                },
                glyph(unit.standing, 10),
                unit.short_name,
            ),
        ),
        h(
            "td",
            {"className": "num", "data-why": unit_key(unit.district_code)},
            h(
                "a",
                {
                    "href": link(MATRIX, state, sort="" if state.sort == sort else sort),
                    "data-nav": "1",
                    "data-tip": text("matrix.sort_row", name=unit.short_name),
                },
                f"{unit.met_count}/{unit.item_count}" if unit.is_reported else formatting.NONE,
            ),
        ),
        *[matrix_cell(view, unit, item) for item in columns],
        *[h("td", {"key": u, "className": "num total"}, _amount(total.get(u, 0.0), u, unit)) for u in view.gap_units],
    )


def _amount(amount: float, unit_word: str, unit: UnitStatusRow) -> str:
    if not unit.is_reported:
        return formatting.NONE
    return formatting.short_amount(amount, unit_word) if amount else "0"


def _foot(view: MatrixView, columns: list[MatrixItemRow]) -> Node:
    cells: list[Node] = []
    for item in columns:
        failing, gap = view.item_total(item)
        inner: list[Node] = [h("b", {}, str(failing) if failing else "0")]
        if _is_wide(item) and gap:
            inner.append(h("small", {}, formatting.gap(gap, item.unit)))
        cells.append(h("td", {"key": item.item_code}, *inner))
    sums: dict[str, float] = {}
    for unit in view.units:
        for name, amount in view.unit_total(unit).items():
            sums[name] = sums.get(name, 0.0) + amount
    return h(
        "tr",
        {},
        h(
            "th",
            {"scope": "row", "colSpan": 2},
            text(
                "matrix.failing_units_stage" if view.rows.has_stage else "matrix.failing_units",
                stage=text(f"stage.{view.rows.state.stage}"),
            ),
        ),
        *cells,
        *[
            h("td", {"key": u, "className": "num total b"}, formatting.short_amount(sums.get(u, 0.0), u))
            for u in view.gap_units
        ],
    )
