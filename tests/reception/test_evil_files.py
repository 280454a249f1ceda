"""A small evil file of each kind is refused by the child that reads it, within seconds and 512 MB."""

import subprocess
import sys
from pathlib import Path

import pytest

from data.settings import ROOT
from tests.depth import IS_FULL
from tests.reception.writers import OFFICE, SPREADSHEET, _record, archive, xlsb, xlsx

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
READ = (
    "import resource,sys;from pathlib import Path;from data.reading.child import read_in_child;"
    "from data.reading.limits import TooLargeError,UnreadableFileError\n"
    "try: read_in_child(Path(sys.argv[1])); said='read'\n"
    "except (TooLargeError,UnreadableFileError) as error: said=str(error)\n"
    "used=resource.getrusage(resource.RUSAGE_CHILDREN);"
    "print(said,used.ru_maxrss//1024,used.ru_utime+used.ru_stime,sep='\\t')"
)


def workbook(sheet: str = f"{SHEET}<sheetData/></worksheet>", **parts: bytes | str) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsx([("表", [["数据期"]])]))) as book:
        found: dict[str, bytes | str] = {n: book.read(n) for n in book.namelist()}
    found["xl/worksheets/sheet1.xml"] = sheet
    return archive({**found, **{n.replace("__", "/").replace("_xml", ".xml"): v for n, v in parts.items()}})


def far_xlsb() -> bytes:
    import io
    import struct
    import zipfile

    with zipfile.ZipFile(io.BytesIO(xlsb([("表", [["数据期"]])]))) as book:
        parts: dict[str, bytes | str] = {n: book.read(n) for n in book.namelist()}
    cell = _record(5, struct.pack("<IId", 16383, 0, 1.0))
    row = _record(0, struct.pack("<IIHBBBI", 1048575, 0, 300, 0, 0, 0, 0))
    size = _record(148, struct.pack("<IIII", 0, 1048575, 0, 16383))
    parts["xl/worksheets/sheet1.bin"] = _record(129) + size + _record(145) + row + cell + _record(146) + _record(130)
    return archive(parts)


def ods(body: str, head: str = "") -> bytes:
    names = "".join(f' xmlns:{n}="{OFFICE}{n}:1.0"' for n in ("office", "table", "text"))
    content = f"{head}<office:document-content{names}><office:body><office:spreadsheet>{body}"
    return archive({"content.xml": f"{content}</office:spreadsheet></office:body></office:document-content>"})


def xml(body: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<Workbook xmlns="{SPREADSHEET}">{body}</Workbook>'.encode()


MERGED = '<mergeCell ref="A1:XFD1048576"/>' * 1_000_000
FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
REPEATED = (
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048000"><table:table-cell'
    ' office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>'
)
EVIL = {
    "merged.xlsx": lambda: workbook(f"{SHEET}<sheetData/><mergeCells>{MERGED}</mergeCells></worksheet>"),
    "far.xlsx": lambda: workbook(f"{SHEET}<sheetData>{FAR}</sheetData></worksheet>"),
    "deep.xlsx": lambda: workbook(f"{SHEET}{'<a>' * 500_000}{'</a>' * 500_000}<sheetData/></worksheet>"),
    "entities.xlsx": lambda: workbook(f"{ENTITY}{SHEET}<sheetData/></worksheet>"),
    "rows.xlsx": lambda: workbook(
        f"{SHEET}<sheetData>{'<row><c><v>1</v></c></row>' * 3_000_000}</sheetData></worksheet>"
    ),
    "strings.xlsx": lambda: workbook(xl__sharedStrings_xml=f"<sst>{'<si><t>a</t></si>' * 2_000_000}</sst>"),
    "far.xlsb": far_xlsb,
    "repeated.ods": lambda: ods(REPEATED),
    "entities.ods": lambda: ods("", ENTITY),
    "deep.ods": lambda: ods("<table:a>" * 300_000 + "</table:a>" * 300_000),
    "entities.xml": lambda: xml("", ENTITY),
    "outside.xml": lambda: xml("&x;", '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "deep.xml": lambda: xml("<a>" * 1_000_000),
    "deep.html": lambda: b"<table><tr><td>" * 300_000,
    "covered.html": lambda: b"<table>" + b"<tr><td colspan=1000000 rowspan=1000000>1</td></tr>" * 5_000 + b"</table>",
    "quotes.csv": lambda: '数据期,区县代码,"'.encode() + b"x,\n" * 4_000_000,
    "commas.csv": lambda: b"," * 15_000_000,
    "cut.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 4_000_000,
}
FAST = ("merged.xlsx", "far.xlsb", "repeated.ods", "deep.xml", "deep.html", "cut.xls")


@pytest.mark.parametrize("name", EVIL if IS_FULL else FAST)
def test_an_evil_file_is_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(EVIL[name]())
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    said, memory, seconds = done.stdout.strip().split("\t")
    assert said != "read", name
    assert said.isascii() is False
    assert int(memory) < 512
    assert float(seconds) < 5
