"""The handed cases through the page as served: uploaded, read, accepted and published, in an empty installation."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from data.access import LOCAL_VIEWER
from data.rows.examination import Examination
from data.store.engine import open_store
from data.store.submissions import find_submission
from tests.depth import IS_FULL
from tests.reception.running import LINEAGE
from tests.reception.test_cases import BLOCKED, CASES, CAUSES, EXPECTED, HEADERS, SAID, number
from tests.shipped.front_door import FIRST_PASSWORD, PASSWORD, FrontDoor, change_first_password, front_door, token_of

UNIT, PERIOD = "500156", "2026"
CITY_KINDS = ("60", "61", "87")
"""Cases of tables that the city hands in for all units: plans and visits."""
FAST = ("00", "01", "03", "10d", "12", "15", "22", "25", "40", "50b", "60n", "84a", "87a", "90")
OF_SCHOOLS = ("stg_school", "section_indicator", "section_verdict", "district_indicator")
"""What follows from the schools alone, whatever other cases brought in."""


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """An empty installation with an office of the unit of the cases."""
    with front_door(tmp_path_factory.mktemp("cases")) as door:
        fields = {
            "action": "create",
            "account_name": "wulong",
            "person": "武报送",
            "role_code": "district_supervisor",
            "district_code": UNIT,
            "password": FIRST_PASSWORD,
        }
        assert door.post("administrator", "/accounts", fields).status_code == 302
        change_first_password(door, "wulong")
        yield door


@pytest.fixture(scope="module")
def clean(bare: FrontDoor) -> tuple[Examination, dict[str, list[str]]]:
    """What the page says of the clean return, and what is published of it."""
    path = uploaded(bare, "00_clean.xlsx")
    return seen(bare, path), published(bare, path)


def person(bare: FrontDoor, name: str) -> tuple[Any, str]:
    """Who hands a case in, and for which unit."""
    if number(name).rstrip("abcdefghijklmnopqrstuvwxyz") in CITY_KINDS:
        return bare.client("city"), "city"
    return bare.sign_in("wulong", PASSWORD), UNIT


def uploaded(bare: FrontDoor, name: str) -> str:
    """The path of the page that the upload of a case's files leads to."""
    client, unit = person(bare, name)
    files = [("file", (part, (CASES / part).read_bytes())) for part in name.split("+")]
    fields = {"csrf_token": token_of(client), "period": PERIOD, "district_code": unit}
    answer = client.post(bare.address + "/data/upload", data=fields, files=files, allow_redirects=False)
    assert answer.status_code == 302, answer.text
    return str(answer.headers["Location"])


def seen(bare: FrontDoor, path: str) -> Examination:
    one = find_submission(open_store(bare.settings), LOCAL_VIEWER, int(path.rpartition("/")[2]))
    assert one is not None
    return one.result


def published(bare: FrontDoor, path: str) -> dict[str, list[str]]:
    """Explained, handed in, taken over and published; the published rows without where they came from."""
    one = find_submission(open_store(bare.settings), LOCAL_VIEWER, int(path.rpartition("/")[2]))
    assert one is not None
    client, _ = person(bare, "00" if one.district_code == UNIT else "60")
    said = {f"explain.{group}": "已核实" for group in one.to_explain}
    gone = {f"gone.{school['school_code']}": "closed" for school in one.result.get("gone", [])}
    fields = {**said, **gone, "agreed": "1", "words": "核对", "version": str(one.version)}
    sent = client.post(
        f"{bare.address}{path}/submit", data={**fields, "csrf_token": token_of(client)}, allow_redirects=False
    )
    assert sent.status_code == 302, sent.text
    taken = bare.post("second", f"{path}/decide", {"status": "approved", "version": str(one.version + 1)})
    assert taken.status_code == 302, taken.text
    made = bare.post("second", "/data/publish", {})
    assert made.status_code == 302, made.text
    name = (bare.settings.snapshots_folder / "current").read_text(encoding="utf-8").strip()
    with duckdb.connect(str(bare.settings.snapshots_folder / name), read_only=True) as connection:
        return {table: rows(connection, table) for table in (*OF_SCHOOLS, "stg_visit", "stg_district_item")}


def rows(connection: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    found = connection.execute(f"select * from {table}").df()
    kept = found[[c for c in sorted(found.columns) if c not in LINEAGE]]
    return sorted(map(str, kept.astype(object).where(kept.notna(), None).itertuples(index=False, name=None)))


def kept(bare: FrontDoor, field: str) -> float:
    """A value of the first school as the newest batch holds it."""
    newest = max(p for p in bare.settings.batches_folder.iterdir() if p.is_dir() and p.name[:6].isdigit())
    with duckdb.connect() as connection:
        asked = f"select {field} from read_parquet($p) where school_code = '3150156001'"
        return float((connection.execute(asked, {"p": str(newest / "table_0.parquet")}).fetchone() or (0,))[0])


def without_items(told: Examination) -> list[dict[str, Any]]:
    """The findings without what is said of every return of schools alone, and of what is in force already."""
    own = ("kind_not_sent", "replaces", "replaces_losing")
    return [dict(f) for f in told["findings"] if f["finding_code"] not in own]


CHOSEN = [(name, expect) for name, expect in EXPECTED if IS_FULL or number(name) in FAST]


@pytest.mark.parametrize(("name", "expect"), CHOSEN)
def test_a_handed_case_through_the_page(
    name: str, expect: str, bare: FrontDoor, clean: tuple[Examination, dict[str, list[str]]]
) -> None:
    path = uploaded(bare, name)
    told, client = seen(bare, path), person(bare, name)[0]
    page = client.get(bare.address + path).text
    found = without_items(told)
    codes = [f["finding_code"] for f in found]
    if expect == "blocked":
        code, cells, value = BLOCKED[number(name)]
        first = next(f for f in found if f["severity"] == "error" and f["finding_code"] == code)
        assert first["cells"] == cells
        assert value in first["message"]
        assert first["message"] in page
        assert "去报送" not in page
        return
    assert not [f for f in found if f["severity"] == "error"], found
    if expect in {"clean", "same", "same_said", "together:same"}:
        assert told.get("preview", {}).get("districts") == clean[0].get("preview", {}).get("districts")
        made = published(bare, path)
        assert {table: made[table] for table in OF_SCHOOLS} == {table: clean[1][table] for table in OF_SCHOOLS}
    if expect == "same_said":
        assert SAID[number(name)] in "".join(f["message"] for f in found)
    if expect == "query":
        assert codes.count(CAUSES[number(name)]) == 1
        assert next(f for f in found if f["finding_code"] == CAUSES[number(name)])["message"] in page
    if expect == "same_or_map":
        assert "请您指认" in page or "columns_to_map" in codes
    if expect == "missing_said":
        assert [f["cells"] for f in found if f["finding_code"] == "dash_as_missing"] == [["AF2"]]
    if expect.startswith("read:"):
        header, _, value = expect.removeprefix("read:").partition("=")
        published(bare, path)
        assert kept(bare, HEADERS[header]) == float(value)
    if expect.startswith("form22"):
        preview = told.get("preview", {})
        decided = preview.get("section_count", 0) - preview.get("undecidable_count", 0)  # type: ignore[union-attr]
        assert decided == int(expect.partition(":")[2])
    if expect.startswith("items:"):
        assert any("Q1" in row and "98.5" in row for row in published(bare, path)["stg_district_item"])
    if expect == "together:2":
        assert len(published(bare, path)["stg_visit"]) == 2
    if expect == "not_personal":
        assert "personal_column" not in codes
