"""The same rule files on a Spark cluster: identical verdicts and counts, also when a worker dies."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pytest

from data.catalogue import loader
from data.demo.scale import steps, write_catalogue, write_step
from data.settings import Settings
from data.warehouse.publish import publish
from data.warehouse.rules import load_rules
from data.warehouse.spark_engine import run_rules_on_spark
from tests.cluster.cluster import Cluster, cluster

pytestmark = pytest.mark.skipif(os.environ.get("OVERSIGHT_TEST_SPARK") != "1", reason="make test-spark")
CLOSE = 1e-12


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A small invented country, published by DuckDB."""
    settings = Settings(var_folder=tmp_path_factory.mktemp("country"))
    write_catalogue("trial", settings.own_catalogue_folder)
    before = loader.catalogue_folder
    loader.catalogue_folder.cache_clear()
    os.environ["OVERSIGHT_VAR_FOLDER"] = str(settings.var_folder)
    for step in steps("trial"):
        write_step(settings, step)
    yield settings
    del os.environ["OVERSIGHT_VAR_FOLDER"]
    before.cache_clear()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as found:
        yield found


def published(settings: Settings, name: str, running: Cluster | None, folder: Path) -> Path:
    compute = {} if running is None else {"compute": partial(run_rules_on_spark, master=running.master, folder=folder)}
    found = publish(settings, datetime(2026, 11, 1, 8, int(name), tzinfo=UTC), **compute)
    return settings.snapshots_folder / f"snapshot_{found.snapshot_id}.duckdb"


def compare(one: Path, other: Path, rules_folder: Path) -> dict[str, float]:
    """Asserts equal rows but for doubles; returns the largest relative difference per relation."""
    largest: dict[str, float] = {}
    with duckdb.connect() as connection:
        connection.execute(f"attach '{one}' as a (read_only)")
        connection.execute(f"attach '{other}' as b (read_only)")
        for rule in load_rules(rules_folder):
            name = rule.relation
            columns = [(r[0], r[1]) for r in connection.execute(f"describe a.{name}").fetchall()]
            assert columns == [(r[0], r[1]) for r in connection.execute(f"describe b.{name}").fetchall()]
            exact = ", ".join(f'"{n}"' for n, t in columns if t != "DOUBLE")
            doubles = [n for n, t in columns if t == "DOUBLE"]
            different = connection.execute(
                f"select count(*) from ((select {exact} from a.{name} except all select {exact} from b.{name})"
                f" union all (select {exact} from b.{name} except all select {exact} from a.{name}))"
            ).fetchone()
            assert different == (0,), name
            for column in doubles:
                pairs = connection.execute(
                    f'select x, y from (select "{column}" as x, row_number() over (order by {exact}, "{column}") as n from a.{name})'
                    f' inner join (select "{column}" as y, row_number() over (order by {exact}, "{column}") as n from b.{name}) using (n)'
                    " where x is distinct from y"
                ).fetchall()
                assert all(x is not None and y is not None for x, y in pairs), (name, column)
                worst = max((abs(x - y) / max(abs(x), abs(y), 1e-3) for x, y in pairs), default=0.0)
                largest[f"{name}.{column}"] = worst
    return largest


def test_spark_and_duckdb_publish_the_same(country: Settings, running: Cluster, tmp_path: Path) -> None:
    own = published(country, "1", None, tmp_path)
    theirs = published(country, "2", running, tmp_path)
    largest = compare(own, theirs, country.rules_folder)
    assert max(largest.values()) <= CLOSE, max(largest, key=lambda k: largest[k])


def test_the_job_ends_well_although_a_worker_is_killed(country: Settings, running: Cluster, tmp_path: Path) -> None:
    own = published(country, "3", None, tmp_path)
    made = tmp_path / "made"

    def kill() -> None:
        started = time.monotonic()
        while not (made.is_dir() and len(list(made.iterdir())) > 4) and time.monotonic() - started < 120:
            time.sleep(0.05)
        running.kill_a_worker()

    killer = threading.Thread(target=kill)
    killer.start()
    theirs = published(country, "4", running, tmp_path)
    killer.join()
    assert running.workers[0].wait(timeout=10) != 0
    assert max(compare(own, theirs, country.rules_folder).values()) <= CLOSE
