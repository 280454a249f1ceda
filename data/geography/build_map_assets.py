"""Turn the boundary files into the two static maps of assets/geo and the label table.

Run once after a boundary file changed: `python -m data.geography.build_map_assets`.
Projection: equirectangular at the middle latitude, scaled to a width of 1,000 map units.
"""

import csv
import json
import math
from itertools import pairwise
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ROOT = FOLDER.parent.parent
VINTAGES = ("2016", "2025")
WIDTH = 1000.0
BOUNDS = (105.28, 28.15, 110.21, 32.21)  # west, south, east, north of the city, degrees
SCALE = WIDTH / ((BOUNDS[2] - BOUNDS[0]) * math.cos(math.radians((BOUNDS[1] + BOUNDS[3]) / 2)))
COSINE = math.cos(math.radians((BOUNDS[1] + BOUNDS[3]) / 2))

LABELS = ROOT / "data" / "catalogue" / "map_labels.csv"
COLUMNS = ("geometry_code", "vintage", "x", "y", "nudge_x", "nudge_y", "is_in_inset", "inset_nudge_x", "inset_nudge_y")

Ring = list[tuple[float, float]]


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to map units; y grows downwards."""
    return (longitude - BOUNDS[0]) * COSINE * SCALE, (BOUNDS[3] - latitude) * SCALE


def rings_of(geometry: dict[str, Any]) -> list[Ring]:
    """All rings of a Polygon or MultiPolygon, projected."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    return [[project(*point) for point in ring] for polygon in polygons for ring in polygon]


def path_of(rings: list[Ring], decimals: int) -> str:
    """SVG path data with relative moves, which is a third shorter than absolute ones."""
    parts: list[str] = []
    for ring in rings:
        points = [(round(x, decimals), round(y, decimals)) for x, y in ring]
        text, (px, py) = f"M{points[0][0]:g} {points[0][1]:g}", points[0]
        for x, y in points[1:-1]:
            dx, dy = round(x - px, decimals), round(y - py, decimals)
            if dx or dy:
                text += f"l{dx:g} {dy:g}"
                px, py = x, y
        parts.append(text + "z")
    return "".join(parts)


def is_inside(x: float, y: float, ring: Ring) -> bool:
    """Even-odd rule."""
    inside = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def distance_to_edge(x: float, y: float, ring: Ring) -> float:
    """Shortest distance from a point to a ring."""
    best = math.inf
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2
        share = 0.0 if length == 0 else ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length
        share = min(1.0, max(0.0, share))
        best = min(best, math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1)))
    return best


def label_point(rings: list[Ring]) -> tuple[float, float]:
    """A point far from every edge of the largest ring (grid search for the inaccessible pole)."""
    ring = max(rings, key=lambda r: abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(r))))
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    best, point = -1.0, (sum(xs) / len(xs), sum(ys) / len(ys))
    for i in range(1, 40):
        for j in range(1, 40):
            x = min(xs) + (max(xs) - min(xs)) * i / 40
            y = min(ys) + (max(ys) - min(ys)) * j / 40
            if is_inside(x, y, ring):
                distance = distance_to_edge(x, y, ring)
                if distance > best:
                    best, point = distance, (x, y)
    return point


def read_boundaries(name: str) -> dict[str, list[Ring]]:
    """Unit code to rings."""
    document = json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))
    return {f["properties"]["code"]: rings_of(f["geometry"]) for f in document["features"]}


def main() -> None:
    """Write assets/geo/map_*.svg and the label points; the nudges set by hand are kept."""
    with LABELS.open(encoding="utf-8", newline="") as stream:
        nudges = {
            (r["vintage"], r["geometry_code"]): [r[c] for c in ("nudge_x", "nudge_y", "inset_nudge_x", "inset_nudge_y")]
            for r in csv.DictReader(stream)
        }
    labels: list[list[Any]] = []
    for vintage in VINTAGES:
        units = read_boundaries(f"chongqing_{vintage}")
        central = read_boundaries(f"chongqing_central_{vintage}")
        shapes = [f'<path id="u{c}" d="{path_of(r, 1)}"/>' for c, r in sorted(units.items())]
        shapes += [f'<path id="c{c}" d="{path_of(r, 2)}"/>' for c, r in sorted(central.items())]
        (ROOT / "assets" / "geo" / f"map_{vintage}.svg").write_text(
            '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(shapes) + "</svg>", encoding="utf-8"
        )
        for code, rings in sorted(units.items()):
            x, y = label_point(central.get(code, rings))
            by_hand = nudges.get((vintage, code), ["0", "0", "0", "0"])
            is_central = str(code in central).lower()
            labels.append([code, vintage, f"{x:.1f}", f"{y:.1f}", *by_hand[:2], is_central, *by_hand[2:]])
    with LABELS.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(labels)


if __name__ == "__main__":
    main()
