"""Figures that Plotly takes, a host that only the machine itself reaches, and the same bytes at any number of threads."""

from datetime import UTC, datetime
from pathlib import Path

import plotly.graph_objects as go
import pytest

from callbacks.dependencies import Dependencies
from data.settings import Settings
from data.warehouse.publish import content_hash, publish
from layouts.charts.figure_types import Figure
from layouts.charts.specification import Chart
from tests.depth import IS_FULL


def test_trend_figures_are_valid_plotly(deps: Dependencies) -> None:
    from callbacks.rendering.dispatch import page_of
    from layouts.charts import plotly

    searches = ("?district=500103", "?district=P50LJ2", "?indicator=L5&stage=junior")
    built: list[Figure] = []

    def figure(chart: Chart) -> Figure:
        built.append(plotly.figure(chart))
        return built[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("layouts.charts.figure.figure", figure)
        for address in (
            *(f"/{page}{search}" for page in ("", "trend") for search in ("", *searches)),
            "/district/500103",
        ):
            path, _, search = address.partition("?")
            page_of(deps, path, "?" + search if search else "")
    assert len(built) == 9
    for description in built:
        go.Figure(description)


def test_address_other_than_loopback_is_refused() -> None:
    from app import create_app

    with pytest.raises(ValueError, match="loopback"):
        create_app(Settings(host="0.0.0.0"))


def test_publication_is_identical_at_any_number_of_threads(demo_settings: Settings, tmp_path: Path) -> None:
    hashes: set[str] = set()
    (tmp_path / "batches").symlink_to(demo_settings.batches_folder)
    for number, threads in enumerate((1, 2, 8) if IS_FULL else (1, 8)):
        settings = Settings(var_folder=tmp_path, publish_threads=threads)
        made = publish(settings, datetime(2026, 11, 23, 0, number, tzinfo=UTC))
        path = settings.snapshots_folder / f"snapshot_{made.snapshot_id}.duckdb"
        hashes.add(content_hash(path))
        assert not path.stat().st_mode & 0o222
    assert len(hashes) == 1
