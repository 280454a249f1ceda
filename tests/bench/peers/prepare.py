"""What every peer reads: section values of the published snapshot and the map that we draw."""

import json
from pathlib import Path

import duckdb

from data.settings import ROOT, Settings
from data.warehouse.snapshots import POINTER

MAP = ROOT / "data" / "geography" / "chongqing_2025.geojson"
STAGE = "primary"


def prepare(settings: Settings, folder: Path) -> dict[str, int]:
    """Write `peers.duckdb` and `map.geojson`; their sizes in rows, units and periods."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "peers.duckdb").unlink(missing_ok=True)
    name = (settings.snapshots_folder / POINTER).read_text(encoding="utf-8").strip()
    with duckdb.connect(str(folder / "peers.duckdb")) as connection:
        connection.execute(f"attach '{settings.snapshots_folder / name}' as snapshot (read_only)")
        connection.execute("use snapshot")
        connection.execute(
            """
            create table peers.main.observation as
            select
                unit_section.period,
                unit_section.snapshot_date,
                cat_districts.name as district,
                cat_districts.short_name,
                section_indicator.stage,
                unit_section.school_code as school,
                cat_indicators.indicator_code || ' ' || cat_indicators.short_name as indicator,
                cast(section_indicator.pupils as double) as pupils,
                section_indicator.section_value as amount
            from unit_section
            inner join section_indicator
                on unit_section.return_id = section_indicator.return_id
                and unit_section.stage = section_indicator.stage
            inner join cat_indicators
                on section_indicator.indicator_code = cat_indicators.indicator_code
            inner join cat_districts on unit_section.district_code = cat_districts.district_code
            where unit_section.basis = 'current' and section_indicator.regime = 'quality_balanced'
              and section_indicator.is_in_scope and section_indicator.section_value is not null
            order by snapshot_date, district, stage, indicator
            """
        )
        rows, units, periods = connection.execute(
            "select count(*), count(distinct district), count(distinct period) from peers.main.observation"
        ).fetchall()[0]
    shapes = json.loads(MAP.read_text(encoding="utf-8"))
    for feature in shapes["features"]:
        feature["id"] = feature["properties"]["name"]
        _turn_clockwise(feature["geometry"])
    (folder / "map.geojson").write_text(json.dumps(shapes, ensure_ascii=False), encoding="utf-8")
    return {"section_values": rows, "units": units, "periods": periods}


def _turn_clockwise(geometry: dict) -> None:
    """Plotly fills the rest of the world where an outer ring runs the other way."""
    rings = geometry["coordinates"]
    for polygon in [rings] if geometry["type"] == "Polygon" else rings:
        outer = polygon[0]
        pairs = zip(outer, outer[1:] + outer[:1], strict=True)
        if sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairs) < 0:
            outer.reverse()
