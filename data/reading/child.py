"""Read a file in a process of its own, with limits: whatever it does to its reader, the caller goes on.

`python -m data.reading.child FILE RESULT`.
"""

import json
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from data.reading.limits import TooLargeError, UnreadableFileError
from data.reading.model import CellValue, ErrorValue, Merged, NoResult, Sheet, Styled
from data.reading.namespaces import ONE_THREAD, SECONDS, limit_process
from data.reading.read import read_sheets
from data.settings import ROOT
from data.text import text

TOO_LARGE, UNREADABLE = "too_large", "unreadable"


def read_in_child(path: Path) -> list[Sheet]:
    """Every sheet of a file that holds something.

    Raises:
        TooLargeError: beyond a limit, or the child died of it.
        UnreadableFileError: missing, empty, encrypted, damaged or not a table.
    """
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        command = [sys.executable, "-m", "data.reading.child", str(path.absolute()), str(result)]
        try:
            subprocess.run(  # noqa: S603  our own
                command, cwd=ROOT, env=ONE_THREAD, capture_output=True, timeout=SECONDS, check=True
            )
            outcome = json.loads(result.read_text(encoding="utf-8"))
        except (subprocess.SubprocessError, OSError, ValueError) as error:
            raise TooLargeError(text("reading.died")) from error
    if TOO_LARGE in outcome:
        raise TooLargeError(outcome[TOO_LARGE])
    if UNREADABLE in outcome:
        raise UnreadableFileError(outcome[UNREADABLE])
    return [_sheet(sheet) for sheet in outcome["sheets"]]


def main() -> None:
    """The child's work."""
    limit_process()
    path, result = (Path(word) for word in sys.argv[1:3])
    said: dict[str, Any]
    try:
        said = {"sheets": [_packed(sheet) for sheet in read_sheets(path)]}
    except TooLargeError as error:
        said = {TOO_LARGE: str(error)}
    except UnreadableFileError as error:
        said = {UNREADABLE: str(error)}
    with result.open("w", encoding="utf-8") as stream:
        json.dump(said, stream, ensure_ascii=False)


def _packed(sheet: Sheet) -> dict[str, Any]:
    return {
        "name": sheet.name.encode("utf-8", "replace").decode(),
        "rows": [[_plain(value) for value in row] for row in sheet.rows],
        "is_hidden": sheet.is_hidden,
        "hidden_rows": sorted(sheet.hidden_rows),
        "hidden_columns": sorted(sheet.hidden_columns),
        "merged": [[m.top, m.left, m.bottom, m.right] for m in sheet.merged],
        "knows_formats": sheet.knows_formats,
        "are_formulas_zero": sheet.are_formulas_zero,
    }


def _sheet(packed: dict[str, Any]) -> Sheet:
    given = {**packed}
    given["rows"] = [[_typed(value) for value in row] for row in packed["rows"]]
    given["hidden_rows"] = frozenset(packed["hidden_rows"])
    given["hidden_columns"] = frozenset(packed["hidden_columns"])
    given["merged"] = [Merged(*edges) for edges in packed["merged"]]
    return Sheet(**given)


def _plain(value: CellValue) -> Any:
    if isinstance(value, Styled):
        return {"number": value.value, "format": value.format}
    if isinstance(value, ErrorValue):
        return {"error": value.code}
    if isinstance(value, NoResult):
        return {"formula": ""}
    return {"date": value.isoformat()} if isinstance(value, date) else value


def _typed(value: Any) -> CellValue:
    if not isinstance(value, dict):
        return value
    known: dict[str, Any] = {**value}  # type: ignore[arg-type]
    if "number" in known:
        return Styled(float(known["number"]), str(known["format"]))
    if "error" in known:
        return ErrorValue(str(known["error"]))
    return date.fromisoformat(str(known["date"])) if "date" in known else NoResult()


if __name__ == "__main__":
    main()
