"""What the desk's tests share: the rows that they propose, how they wait for a look ahead, and what was published."""

import csv
import threading
from pathlib import Path

import duckdb
import requests

from data.catalogue.loader import FOLDER
from data.text import text
from data.warehouse.snapshots import in_force, path_of
from tests.shipped.front_door import FrontDoor

SOURCE, REASON = "办公会纪要〔2026〕12号", "逐步收紧"


def published(shipped: FrontDoor) -> Path:
    """The file of the publication in force."""
    return path_of(shipped.settings.snapshots_folder, in_force(shipped.settings.snapshots_folder))


def asked(shipped: FrontDoor, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(published(shipped)), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def publish(shipped: FrontDoor) -> None:
    before = in_force(shipped.settings.snapshots_folder)
    answer = shipped.post("second", "/data/publish", {"after": before})
    assert answer.status_code == 302, answer.text
    assert in_force(shipped.settings.snapshots_folder) != before


def cells_of(table: str, **wanted: str) -> dict[str, str]:
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        row = next(r for r in csv.DictReader(stream) if all(r[k] == v for k, v in wanted.items()))
    return {f"cell.{name}": value for name, value in row.items()}


TYPED_MARKUP = "<script>alert(1)</script>&\"'"
"""What a test types where a name belongs; the audit keeps it."""
DEADLINE = cells_of("parameters", parameter_code="return_due_days") | {"source": SOURCE, "reason": REASON}
DEADLINE |= {"cell.valid_from": "2026-06-01", "cell.value": "50"}
DEADLINE |= {"row": "return_due_days|2012-01-01"}


def proposed(shipped: FrontDoor, **other: str) -> tuple[requests.Response, int]:
    answer = shipped.post("administrator", "/catalogue/deadlines", DEADLINE | other)
    place = answer.headers.get("Location", "")
    return answer, int(place.rpartition("/")[2]) if place else 0


LOWER = cells_of("cv_limits", indicator_code="L3", stage="primary") | {"source": SOURCE, "reason": REASON}
LOWER |= {"cell.cv_limit": "0.41", "cell.valid_from": "2026-02-01", "row": "quality_balanced|L3|primary|2017-04-19"}


def waits_for_trial(shipped: FrontDoor, number: int) -> None:
    for _ in range(600):
        shown = shipped.get("second", f"/catalogue/changes/{number}")
        if "Refresh" not in shown.headers:
            assert text("catalogue.effect.band") in shown.text or text("catalogue.effect.no_rule") in shown.text
            return
        threading.Event().wait(0.2)
    raise AssertionError("the look ahead does not end")


def act(shipped: FrontDoor, who: str, number: int, action: str, version: int = 1, **other: str) -> requests.Response:
    return shipped.post(who, f"/catalogue/changes/{number}", {"action": action, "version": str(version), **other})


def taken_back(shipped: FrontDoor, number: int) -> None:
    back = act(shipped, "administrator", number, "take_back", reason="撤销")
    back_number = int(back.headers["Location"].rpartition("/")[2])
    waits_for_trial(shipped, back_number)
    assert act(shipped, "second", back_number, "release").status_code == 302
