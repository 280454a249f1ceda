"""What DuckDB can do to a host, asked of the connection that answers pages: refused by policy, each by its words."""

import re
import socket
from pathlib import Path

import duckdb
import pytest

from queries.reader import Snapshot
from tests.depth import record

FILES = (duckdb.PermissionException, "disabled (by|through) configuration")
LOCKED = (duckdb.InvalidInputException, "the configuration has been locked")
READ_ONLY = (duckdb.InvalidInputException, "attached in read-only mode")
ATTACKS = {
    FILES: (
        "from read_csv('{file}')",
        "from read_csv_auto('/proc/self/environ')",
        "from sniff_csv('{file}')",
        "from read_text('{file}')",
        "from read_blob('{file}')",
        "from glob('{folder}/*')",
        "from '{file}'",
        "from read_json('{file}')",
        "from read_ndjson('{file}')",
        "from read_parquet('{file}')",
        "from parquet_metadata('{file}')",
        "from read_duckdb('{folder}/other.duckdb')",
        "from query('select * from read_text(''{file}'')')",
        "import database '{folder}'",
        "from read_csv('{site}/x')",
        "from read_parquet('{site}/x')",
        "from '{site}/x.csv'",
        "from read_text('http://169.254.169.254/latest/meta-data')",
        "from read_csv('s3://bucket/x.csv')",
        "copy (select 1) to '{folder}/out.csv'",
        "copy (select 1) to '/dev/stdout'",
        "copy unit from '{file}'",
        "export database '{folder}/out'",
        "attach '{folder}/other.duckdb'",
        "attach '{file}' (type sqlite)",
        "install httpfs",
        "install httpfs from community",
        "install '{site}/evil'",
        "load httpfs",
        "load '{folder}/evil.duckdb_extension'",
        "update extensions",
        "create secret (type s3)",
    ),
    LOCKED: (
        "set enable_external_access = true",
        "reset enable_external_access",
        "set lock_configuration = false",
        "reset lock_configuration",
        "set memory_limit = '100GB'",
        "set threads = 64",
        "set temp_directory = '{folder}'",
        "set home_directory = '/'",
        "set secret_directory = '{folder}'",
        "set allowed_directories = ['/']",
        "set allowed_paths = ['{file}']",
        "set file_search_path = '/etc'",
        "set allow_unsigned_extensions = true",
        "set allow_community_extensions = true",
        "set autoinstall_known_extensions = true",
        "set extension_directory = '{folder}'",
        "set custom_extension_repository = '{site}'",
        "set python_enable_replacements = true",
        "set log_query_path = '{folder}/log'",
        "pragma enable_profiling",
        "pragma profiling_output = '{folder}/out'",
        "call enable_logging()",
    ),
    READ_ONLY: (
        "create table t (a int)",
        "create view v as select 1",
        "create macro m() as 1",
        "insert into unit select * from unit",
        "update unit set district_code = 'x'",
        "delete from unit",
        "truncate unit",
        "drop table unit",
        "alter table unit rename to v",
        "select 1; drop table unit",
    ),
    (duckdb.CatalogException, "Cannot launch in-memory database in read-only mode"): ("attach ':memory:' as other",),
}
NEEDS_NETWORK = re.compile("site|http|s3|sqlite|install|update extensions|stdout")


def test_the_engine_is_closed_to_files_network_and_settings(snapshot: Snapshot, tmp_path: Path) -> None:
    file = tmp_path / "private.csv"
    file.write_text("private")
    before = snapshot._file.connection.cursor().execute("select count(*) from unit").fetchall()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        words = {"file": file, "folder": tmp_path, "site": f"http://127.0.0.1:{listener.getsockname()[1]}"}
        done: list[str] = []
        for (kind, message), attacks in ATTACKS.items():
            for attack in attacks:
                with pytest.raises(kind, match=message) as refused:
                    snapshot._file.connection.cursor().execute(attack.format(**words)).fetchall()
                assert type(refused.value) is kind, attack
                done.append(attack)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert [p.name for p in tmp_path.iterdir()] == [file.name]
    assert snapshot._file.connection.cursor().execute("select count(*) from unit").fetchall() == before
    record("engine_attacks", attacks=len(done), carried_out=0)


def test_an_open_engine_does_what_it_is_asked(tmp_path: Path) -> None:
    """So that the test above does not pass because the attacks are spelt wrong."""
    file = tmp_path / "private.csv"
    file.write_text("private")
    words = {"file": file, "folder": tmp_path}
    done: list[str] = []
    refused: list[str] = []
    for attack in (a for attacks in ATTACKS.values() for a in attacks):
        if NEEDS_NETWORK.search(attack):
            continue
        with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
            connection.execute("create table unit (district_code text)")
            try:
                connection.execute(attack.format(**words))
                done.append(attack)
            except duckdb.Error as error:
                refused += [attack for kind, m in ATTACKS if isinstance(error, kind) and re.search(m, str(error))]
    assert refused == []
    assert len(done) > 35
