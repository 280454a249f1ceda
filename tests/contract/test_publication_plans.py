"""How the rules are run does not change what they say: whole or period by period, at once or again."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from data.settings import Settings
from data.warehouse import publish as publishing
from data.warehouse.publish import PublicationError, content_hash, publish
from data.warehouse.rules import Rule, load_rules, run_rules
from tests.depth import IS_FULL

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def own_place(published: Settings, folder: Path) -> Settings:
    """The batches of a demonstration, and a place of one's own to publish to."""
    own = Settings(var_folder=folder)
    own.batches_folder.symlink_to(published.batches_folder, target_is_directory=True)
    return own


def hash_of(settings: Settings, compute: publishing.Compute) -> str:
    made = publish(settings, NOW, compute=compute)
    return content_hash(settings.snapshots_folder / f"snapshot_{made.snapshot_id}.duckdb")


def test_period_by_period_says_the_same_as_all_at_once(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    published: Settings = request.getfixturevalue("demo_settings" if IS_FULL else "small_settings")
    settings = own_place(published, tmp_path)
    rules = load_rules(settings.rules_folder)
    assert {r.relation for r in rules if r.by_period} >= {"section_indicator", "district_indicator"}
    whole = hash_of(settings, partial(run_rules, whole_below=10**9))
    assert hash_of(settings, partial(run_rules, whole_below=0)) == whole


def test_an_engine_that_fails_within_itself_is_asked_again(small_settings: Settings, tmp_path: Path) -> None:
    settings = own_place(small_settings, tmp_path)
    left_off: list[str] = []

    def compute(connection: duckdb.DuckDBPyConnection, rules: Sequence[Rule], failures: int) -> None:
        (value,) = connection.execute("select current_setting('disabled_optimizers')").fetchall()[0]
        left_off.append(str(value))
        if len(left_off) <= failures:
            raise duckdb.InternalException("INTERNAL Error: an assertion of the engine")
        run_rules(connection, list(rules))

    whole = hash_of(settings, run_rules)
    assert hash_of(settings, partial(compute, failures=1)) == whole
    assert set(left_off[0].split(",")) < set(left_off[1].split(","))
    left_off.clear()
    with pytest.raises(PublicationError):
        publish(settings, NOW, compute=partial(compute, failures=2))
