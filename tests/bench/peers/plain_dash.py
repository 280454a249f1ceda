"""A plain Dash app: one frame in memory, whole figures from Plotly Express at each change."""

import json
import os
from pathlib import Path

import duckdb
import pandas as pd
import plotly.express as px
from dash import Dash, Input, Output, callback, dash_table, dcc, html

FOLDER = Path(os.environ["PEERS_FOLDER"])
with duckdb.connect(str(FOLDER / "peers.duckdb"), read_only=True) as connection:
    frame = connection.execute("select * from observation where stage = 'primary'").df()
shapes = json.loads((FOLDER / "map.geojson").read_text(encoding="utf-8"))
PERIODS = list(frame.sort_values("snapshot_date").period.unique())
DISTRICTS = [feature["id"] for feature in shapes["features"]]
INDICATORS = sorted(frame.indicator.unique())

app = Dash(__name__, assets_folder="none")
server = app.server
app.layout = html.Div(
    [
        html.H2("义务教育优质均衡监测"),
        html.Div(
            [
                dcc.Dropdown(DISTRICTS, DISTRICTS[0], id="district", clearable=False),
                dcc.Dropdown(INDICATORS, INDICATORS[0], id="indicator", clearable=False),
            ]
        ),
        dcc.Slider(0, len(PERIODS) - 1, 1, value=0, id="period", marks=dict(enumerate(PERIODS))),
        html.Div(
            [
                dcc.Graph(id="map", style={"width": 700, "height": 560}),
                dcc.Graph(id="trend", style={"width": 640, "height": 560}),
            ],
            style={"display": "flex"},
        ),
        html.Div(id="caption"),
        dash_table.DataTable(id="table", sort_action="native", page_size=40),
    ]
)


def weighted(rows: pd.DataFrame) -> pd.Series:
    share = rows.pupils / rows.pupils.sum()
    mean = (share * rows.amount).sum()
    deviation = (share * (rows.amount - mean) ** 2).sum() ** 0.5
    return pd.Series({"学校数": len(rows), "均值": mean, "差异系数": deviation / mean})


def league(indicator: str, period: str) -> pd.DataFrame:
    rows = frame[(frame.indicator == indicator) & (frame.period == period)]
    return rows.groupby("district")[["pupils", "amount"]].apply(weighted).reset_index()


@callback(Output("map", "figure"), Input("indicator", "value"), Input("period", "value"))
def draw_map(indicator, period):
    figure = px.choropleth(
        league(indicator, PERIODS[period]),
        geojson=shapes,
        locations="district",
        color="差异系数",
        color_continuous_scale="Blues",
        title=f"地图 {indicator} [{PERIODS[period]}]",
    )
    return figure.update_geos(fitbounds="locations", visible=False)


@callback(Output("trend", "figure"), Input("indicator", "value"), Input("district", "value"))
def draw_trend(indicator, district):
    rows = frame[(frame.indicator == indicator) & (frame.district == district)]
    points = rows.groupby("period")[["pupils", "amount"]].apply(weighted).reset_index()
    return px.line(points, x="period", y="差异系数", title=f"趋势 {indicator} {district}")


@callback(Output("table", "data"), Output("caption", "children"), Input("indicator", "value"), Input("period", "value"))
def fill_table(indicator, period):
    rows = league(indicator, PERIODS[period]).sort_values("差异系数").round(4)
    return rows.to_dict("records"), f"排名 {indicator} [{PERIODS[period]}]"
