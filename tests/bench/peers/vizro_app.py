"""The page in Vizro: managed data, captured figures, parameters that drive them."""

import json
import os
from pathlib import Path

import duckdb
import plotly.express as px
import vizro.models as vm
from vizro import Vizro
from vizro.managers import data_manager
from vizro.models.types import capture
from vizro.tables import dash_ag_grid

FOLDER = Path(os.environ["PEERS_FOLDER"])
connection = duckdb.connect(str(FOLDER / "peers.duckdb"), read_only=True)
shapes = json.loads((FOLDER / "map.geojson").read_text(encoding="utf-8"))
DISTRICTS = [feature["id"] for feature in shapes["features"]]
INDICATORS, PERIODS = (
    [
        row[0]
        for row in connection.execute(
            f"select {column} from observation where stage = 'primary' group by 1 order by min({order})"
        ).fetchall()
    ]
    for column, order in (("indicator", "indicator"), ("period", "snapshot_date"))
)
MOMENTS = """count(*) as schools, sum(pupils * amount) / sum(pupils) as mean,
    sqrt(greatest(0, sum(pupils * amount * amount) / sum(pupils)
        - (sum(pupils * amount) / sum(pupils)) ** 2)) / (sum(pupils * amount) / sum(pupils)) as cv"""


def league(indicator=INDICATORS[0], period=0):
    return (
        connection.cursor()
        .execute(
            f"""select district, {MOMENTS}, indicator, period from observation
            where stage = 'primary' and indicator = ? and period = ?
            group by district, indicator, period order by cv""",
            [indicator, PERIODS[int(period)]],
        )
        .df()
    )


def trend(indicator=INDICATORS[0], district=DISTRICTS[0]):
    return (
        connection.cursor()
        .execute(
            f"""select period, {MOMENTS}, indicator, district from observation
            where stage = 'primary' and indicator = ? and district = ?
            group by period, indicator, district order by min(snapshot_date)""",
            [indicator, district],
        )
        .df()
    )


data_manager["league"] = league
data_manager["trend"] = trend


@capture("graph")
def draw_map(data_frame):
    first = data_frame.iloc[0]
    figure = px.choropleth(
        data_frame,
        geojson=shapes,
        locations="district",
        color="cv",
        color_continuous_scale="Blues",
        title=f"地图 {first.indicator} [{first.period}]",
        height=560,
    )
    return figure.update_geos(fitbounds="locations", visible=False)


@capture("graph")
def draw_trend(data_frame):
    first = data_frame.iloc[0]
    title = f"趋势 {first.indicator} {first.district}"
    return px.line(data_frame, x="period", y="cv", title=title, height=560)


page = vm.Page(
    title="义务教育优质均衡监测",
    layout=vm.Grid(grid=[[0, 1], [2, 2]], row_min_height="560px"),
    components=[
        vm.Graph(id="map", figure=draw_map("league")),
        vm.Graph(id="trend", figure=draw_trend("trend")),
        vm.Table(id="table", figure=dash_ag_grid("league")),
    ],
    controls=[
        vm.Parameter(
            targets=["trend.data_frame.district"],
            selector=vm.Dropdown(id="district", options=DISTRICTS, value=DISTRICTS[0], multi=False),
        ),
        vm.Parameter(
            targets=[f"{part}.data_frame.indicator" for part in ("map", "trend", "table")],
            selector=vm.Dropdown(id="indicator", options=INDICATORS, value=INDICATORS[0], multi=False),
        ),
        vm.Parameter(
            targets=["map.data_frame.period", "table.data_frame.period"],
            selector=vm.Slider(id="period", min=0, max=len(PERIODS) - 1, step=1, value=0),
        ),
    ],
)
app = Vizro().build(vm.Dashboard(pages=[page]))
server = app.dash.server
