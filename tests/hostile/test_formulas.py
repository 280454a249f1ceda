"""Formula injection: 200 payloads in every text, read back from every kind of file that leaves the system."""

import base64
import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.importing.annotated_workbook import marked_workbook
from data.importing.prepare import prepare_file
from data.importing.previous_return import returned_rows
from data.importing.template import return_template
from data.settings import Settings
from layouts.export.files import Caption, to_csv, to_xlsx
from layouts.export.tables import ExportTable
from layouts.routes import ROUTES
from tests.depth import IS_FULL, record
from tests.hostile import arrangement
from tests.hostile.arranged_rows import ODD, PLAIN
from tests.hostile.arrangement import SCHOOL
from tests.hostile.payloads import FORMULAS, SIGNS
from tests.visitors import body

NUMBER = re.compile(r"-?\d+(\.\d+)?")
UNSEEN = r"[\s\u200b-\u200d\u2060\ufeff]*"  # what a spreadsheet strips, or a reader does not see
FORMULA = re.compile(rf"{UNSEEN}[{re.escape(''.join(SIGNS))}]|[\t\r\n]")
LISTED = [r.path for r in ROUTES if not r.keys]
PAGES = [(path, "") for path in LISTED] + [
    ("/ledger", "?only=all"),
    ("/matrix", f"?district={PLAIN}"),
    (f"/district/{PLAIN}", ""),
    (f"/district/{ODD}", ""),
    (f"/school/{SCHOOL}", ""),
    (f"/cv/{PLAIN}/primary/L4", ""),
    ("/plan", f"?district={PLAIN}"),
]
TEXTS = FORMULAS if IS_FULL else FORMULAS[::5]
FAST = [("/funds", ""), ("/library", ""), ("/rounds", ""), (f"/cv/{PLAIN}/primary/L4", ""), (f"/district/{PLAIN}", "")]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    folder = tmp_path_factory.mktemp("formulas")
    settings = Settings(var_folder=folder / "var", login="off")
    arrangement.build(settings, TEXTS, folder / "sources")
    yield create_app(settings)


def export(app: ServerRenderedDash, kind: str, path: str, search: str) -> bytes:
    shapes = app.server.config["CALLBACK_SHAPES"]
    output = next(o for o in shapes if o.endswith("download.data") or "download.data" in o)
    rate_limits.reset_rate_limits()
    answer = app.server.test_client().post(
        "/_dash-update-component",
        content_type="application/json",
        base_url="https://localhost",
        data=json.dumps(body(shapes, output, [{"kind": kind, "at": 1}, path, search])),
    )
    assert answer.status_code == 200, (kind, path, answer.status_code)
    return base64.b64decode(answer.get_json()["response"]["download"]["data"]["content"])


def check_workbook(content: bytes, uploaded: str = "") -> int:
    """Formula-like texts; none is a formula, each of ours says that it is text (not those `uploaded`)."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    found = 0
    for sheet in book:
        for cell in (c for row in sheet.iter_rows() for c in row if c.value is not None):
            assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
            if isinstance(cell.value, str) and FORMULA.match(cell.value):
                assert cell.quotePrefix or sheet.title == uploaded, (sheet.title, cell.coordinate, cell.value)
                found += 1
            found += isinstance(cell.value, str) and cell.value.startswith("'") and bool(FORMULA.match(cell.value[1:]))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [n for n in parts.namelist() if "externalLink" in n or "vba" in n.lower()]
    return found


def check_csv(content: bytes) -> int:
    found = 0
    for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
        for cell in row:
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), cell
            found += cell.startswith("'") and bool(FORMULA.match(cell[1:]))
    return found


def test_no_page_no_form_and_no_ledger_leaves_as_a_formula(app: ServerRenderedDash) -> None:
    texts = files = 0
    for path, search in PAGES if IS_FULL else FAST:
        texts += check_workbook(export(app, "xlsx", path, search))
        texts += check_csv(export(app, "csv", path, search))
        files += 2
    for kind in ("forms", "2-2", "4") if IS_FULL else ("forms",):
        texts += check_workbook(export(app, kind, f"/district/{PLAIN}", ""))
        files += 1
    ledger = check_workbook(export(app, "issues", "/ledger", "?only=all"))
    assert ledger >= len(TEXTS)
    record("formulas", payloads=len(TEXTS), files=files + 1, texts=texts + ledger, formulas=0)
    assert texts > 2 * len(TEXTS)


def test_every_payload_is_text_in_every_place_of_a_table() -> None:
    rows = [["学校", "值"], *[[p, "1"] for p in (*FORMULAS, "垂直\x0b制表", "\x00\x1f", "半个\ud800")]]
    caption = Caption(FORMULAS[0], [(p, p) for p in FORMULAS], FORMULAS)
    tables = [ExportTable(p, rows, 1) for p in FORMULAS[:3]]
    assert check_workbook(to_xlsx(caption, tables)) >= 3 * len(FORMULAS)
    assert check_csv(to_csv(caption, tables)) >= 3 * len(FORMULAS)


def test_templates_hold_the_register_as_text(app: ServerRenderedDash) -> None:
    register = returned_rows(app.settings.batches_folder, "2026", PLAIN)
    assert check_workbook(return_template("2026", PLAIN, register)) >= len(TEXTS) // 2  # the import trims the others


def test_a_marked_upload_holds_no_formula_of_its_sender(tmp_path: Path) -> None:
    from tests.returns import HEADERS, school

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEADERS)
    for number, payload in enumerate(FORMULAS):
        row = school(学校代码=f"S{number}", 学校名称=payload, 小学在校生数="约三千")
        for column, header in enumerate(HEADERS, start=1):
            cell = sheet.cell(number + 2, column, row.get(header))
            if number % 2 and isinstance(cell.value, str):
                cell.data_type = "s"
    path = tmp_path / "报表.xlsx"
    book.save(path)
    assert any(c.data_type == "f" for c in openpyxl.load_workbook(path).worksheets[0]["D"])
    prepared = prepare_file(path)
    assert check_workbook(marked_workbook(path, prepared.findings), "Sheet") >= len(FORMULAS) // 2
    text = tmp_path / "报表.csv"
    with text.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.writer(stream, quoting=csv.QUOTE_ALL)
        writer.writerow(HEADERS)
        writer.writerows(
            [school(学校代码=f"S{n}", 学校名称=p).get(h, "") for h in HEADERS] for n, p in enumerate(FORMULAS)
        )
    plain = [f for f in FORMULAS if FORMULA.match(f.removeprefix("'"))]  # the others begin with a quotation mark
    assert check_workbook(marked_workbook(text, prepare_file(text).findings)) >= len(plain) > len(FORMULAS) * 0.9
