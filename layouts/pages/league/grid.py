"""The AG Grid: columns, Chinese words, heading rows; drawing is the shared tree renderer's."""

import dash_ag_grid  # pyright: ignore[reportMissingTypeStubs]  it comes without
from dash.development.base_component import Component

from data.text import all_texts, text
from layouts import formatting
from layouts.ids import LeagueId
from layouts.pages.league.rows import GridRow, LeagueView, head_of

# column, width, grow, filter
COLUMNS: tuple[tuple[str, int, int, str | bool], ...] = (
    ("rank", 50, 0, False),
    ("name", 60, 0, "agTextColumnFilter"),
    ("group_name", 66, 0, "agTextColumnFilter"),
    ("target_year", 70, 0, "agNumberColumnFilter"),
    ("progress", 74, 0, "agTextColumnFilter"),
    ("met_count", 110, 0, "agNumberColumnFilter"),
    ("compliant_share", 66, 0, "agNumberColumnFilter"),
    ("pupils", 62, 0, "agNumberColumnFilter"),
    ("worst_ratio", 222, 0, "agNumberColumnFilter"),
    ("trend", 80, 0, False),
    ("change", 98, 0, "agNumberColumnFilter"),
    ("gap", 140, 1, "agTextColumnFilter"),
)
ROW_HEIGHT, HEADER_HEIGHT = 27, 46
LOCALE = "grid."  # texts that AG Grid asks for by its own keys


def column_definitions(view: LeagueView) -> list[dict[str, object]]:
    """Columns with the unit in the head; rank can be hidden by the URL.

    The group stands in the filters and, where it orders the list, in the headings: what is lacking needs the room.
    """
    rows = view.rows
    units = {
        "met_count": text("league.items_unit", total=rows.most_items),
        "compliant_share": text("league.schools_unit"),
        "pupils": text("league.pupils_unit"),
        "target_year": text("league.phase_unit"),
        "worst_ratio": text(
            "league.worst_unit",
            primary=formatting.rounded(rows.cv_limits["primary"], 2),
            junior=formatting.rounded(rows.cv_limits["junior"], 2),
        ),
        "trend": text(
            "league.trend_unit", first=rows.periods[0].snapshot_date.year, last=rows.period.snapshot_date.year
        ),
    }
    return [
        {
            "field": field,
            "headerName": head_of(field),
            "headerComponentParams": {
                "innerHeaderComponent": "UnitHeader",
                "innerHeaderComponentParams": {"unit": units.get(field, "")},
            },
            "width": width,
            "flex": grow or None,
            "filter": kind,
            "sortable": field != "trend",
            "resizable": True,
            "hide": field == "group_name" or (field == "rank" and rows.state.rank == "hidden"),
            "comparator": {"function": "withinGroup(valueA, valueB, nodeA, nodeB, isDescending)"},
            **({"cellRenderer": "MarkupCell"} if field != "group_name" else {}),
        }
        for field, width, grow, kind in COLUMNS
    ]


def grid(rows: list[GridRow], view: LeagueView) -> Component:
    """The grid; a row opens by click or Enter."""
    return dash_ag_grid.AgGrid(
        id=str(LeagueId.GRID),
        rowData=[dict(row) for row in rows],
        columnDefs=column_definitions(view),
        getRowId="params.data.district_code",
        className="ag-theme-oversight",
        columnSize=None,
        style={"height": "100%", "width": "100%"},
        dashGridOptions={
            "theme": {"function": "themeQuartz"},
            "rowHeight": ROW_HEIGHT,
            "headerHeight": HEADER_HEIGHT,
            "isFullWidthRow": {"function": "params.rowNode.data.heading != null"},
            "fullWidthCellRenderer": "MarkupRow",
            "suppressCellFocus": False,
            "suppressRowVirtualisation": True,  # what is printed is what is drawn
            "suppressColumnVirtualisation": True,
            "animateRows": False,
            "enableCellTextSelection": True,
            "localeText": {
                key.removeprefix(LOCALE): translation
                for key, translation in all_texts().items()
                if key.startswith(LOCALE)
            },
            "rowSelection": {"mode": "singleRow", "checkboxes": False, "enableClickSelection": True},
        },
    )
