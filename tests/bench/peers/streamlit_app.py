"""The page in Streamlit: cached queries, the script run again at each change."""

import json
import os
from pathlib import Path

import duckdb
import plotly.express as px
import streamlit as st

FOLDER = Path(os.environ["PEERS_FOLDER"])
MOMENTS = """count(*) as schools, sum(pupils * amount) / sum(pupils) as mean,
    sqrt(greatest(0, sum(pupils * amount * amount) / sum(pupils)
        - (sum(pupils * amount) / sum(pupils)) ** 2)) / (sum(pupils * amount) / sum(pupils)) as cv"""
st.set_page_config(layout="wide")


@st.cache_resource
def connection():
    return duckdb.connect(str(FOLDER / "peers.duckdb"), read_only=True)


@st.cache_resource
def shapes():
    return json.loads((FOLDER / "map.geojson").read_text(encoding="utf-8"))


@st.cache_data
def choices(column, order):
    rows = (
        connection()
        .cursor()
        .execute(f"select {column} from observation where stage = 'primary' group by 1 order by min({order})")
        .fetchall()
    )
    return [row[0] for row in rows]


@st.cache_data
def league(indicator, period):
    return (
        connection()
        .cursor()
        .execute(
            f"""select district, {MOMENTS} from observation
            where stage = 'primary' and indicator = ? and period = ?
            group by district order by cv""",
            [indicator, period],
        )
        .df()
    )


@st.cache_data
def trend(indicator, district):
    return (
        connection()
        .cursor()
        .execute(
            f"""select period, {MOMENTS} from observation
            where stage = 'primary' and indicator = ? and district = ?
            group by period order by min(snapshot_date)""",
            [indicator, district],
        )
        .df()
    )


st.header("义务教育优质均衡监测")
first, second, third = st.columns(3)
district = first.selectbox("区县", [feature["id"] for feature in shapes()["features"]])
indicator = second.selectbox("指标", choices("indicator", "indicator"))
period = third.select_slider("期次", choices("period", "snapshot_date"))
left, right = st.columns(2)
rows = league(indicator, period)
figure = px.choropleth(
    rows,
    geojson=shapes(),
    locations="district",
    color="cv",
    color_continuous_scale="Blues",
    title=f"地图 {indicator} [{period}]",
    height=560,
)
left.plotly_chart(figure.update_geos(fitbounds="locations", visible=False), key="map")
title = f"趋势 {indicator} {district}"
right.plotly_chart(px.line(trend(indicator, district), x="period", y="cv", title=title, height=560), key="trend")
st.markdown(f'<div id="caption">排名 {indicator} [{period}]</div>', unsafe_allow_html=True)
st.dataframe(rows)
