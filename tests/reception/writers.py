"""The same rows in every format that offices send, made by hand where no library writes it."""

import csv
import html
import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import openpyxl

Value = str | int | float | None
Grid = Sequence[Sequence[Value]]
Sheets = Sequence[tuple[str, Grid]]
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:"
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"


def archive(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return stream.getvalue()


def xlsx(sheets: Sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, grid in sheets:
        sheet = book.create_sheet(name)
        for row in grid:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def strict_xlsx(sheets: Sheets) -> bytes:
    """The same with the names of strict OOXML."""
    parts: dict[str, bytes | str] = {}
    with zipfile.ZipFile(io.BytesIO(xlsx(sheets))) as book:
        for name in book.namelist():
            part = book.read(name)
            part = part.replace(
                b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                b"http://purl.oclc.org/ooxml/spreadsheetml/main",
            )
            parts[name] = part.replace(
                b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
                b"http://purl.oclc.org/ooxml/officeDocument/relationships",
            )
    return archive(parts)


def ods(sheets: Sheets) -> bytes:
    def cell(value: Value) -> str:
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
        return (
            f'<table:table-cell office:value-type="float" office:value="{value}">'
            f"<text:p>{value}</text:p></table:table-cell>"
        )

    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in grid)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        ' table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, grid in sheets
    )
    content = (
        f'<?xml version="1.0"?><office:document-content xmlns:office="{OFFICE}office:1.0"'
        f' xmlns:table="{OFFICE}table:1.0" xmlns:text="{OFFICE}text:1.0" xmlns:style="{OFFICE}style:1.0">'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, length = b"", len(content)
    while True:
        size += bytes([length & 0x7F | (0x80 if length > 0x7F else 0)])
        length >>= 7
        if not length:
            return head + size + content


def _wide(words: str) -> bytes:
    coded = words.encode("utf-16-le")
    return struct.pack("<I", len(coded) // 2) + coded


def xlsb(sheets: Sheets) -> bytes:
    kinds, office = "http://schemas.openxmlformats.org", "application/vnd.ms-excel"
    book = _record(131) + _record(143)
    parts: dict[str, bytes | str] = {}
    relations = defaults = ""
    for number, (name, grid) in enumerate(sheets, start=1):
        book += _record(156, struct.pack("<II", 0, number) + _wide(f"rId{number}") + _wide(name))
        size = struct.pack("<IIII", 0, len(grid) - 1, 0, max(len(row) for row in grid) - 1)
        part = _record(129) + _record(148, size) + _record(145)
        for row, values in enumerate(grid):
            part += _record(0, struct.pack("<IIHBBBI", row, 0, 300, 0, 0, 0, 0))
            for column, value in enumerate(values):
                place = struct.pack("<II", column, 0)
                if isinstance(value, str):
                    part += _record(6, place + _wide(value))
                elif value is not None:
                    part += _record(5, place + struct.pack("<d", value))
        parts[f"xl/worksheets/sheet{number}.bin"] = part + _record(146) + _record(130)
        relations += (
            f'<Relationship Id="rId{number}" Type="{kinds}/officeDocument/2006/relationships/worksheet"'
            f' Target="worksheets/sheet{number}.bin"/>'
        )
        defaults += f'<Override PartName="/xl/worksheets/sheet{number}.bin" ContentType="{office}.worksheet"/>'
    parts["xl/workbook.bin"] = book + _record(144) + _record(132)
    package = f"{kinds}/package/2006"
    parts["xl/_rels/workbook.bin.rels"] = f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>'
    parts["_rels/.rels"] = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
        f' Type="{kinds}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.bin"/></Relationships>'
    )
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{package}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.bin" ContentType="{office}.sheet.binary.macroEnabled.main"/>{defaults}</Types>'
    )
    return archive(parts)


def biff_2(sheets: Sheets) -> bytes:
    """The oldest Excel: one sheet, texts of at most 255 bytes."""
    [(_, grid)] = sheets

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    made = record(0x0009, struct.pack("<HH", 2, 0x10)) + record(0x0042, struct.pack("<H", 936))
    for row, values in enumerate(grid):
        for column, value in enumerate(values):
            place = struct.pack("<HH", row, column) + b"\0\0\0"
            if isinstance(value, str):
                coded = value.replace("\xa0", " ").encode("gbk")
                made += record(0x0004, place + bytes([len(coded)]) + coded)
            elif value is not None:
                made += record(0x0003, place + struct.pack("<d", value))
    return made + record(0x000A, b"")


def xml_2003(sheets: Sheets) -> bytes:
    def cell(value: Value) -> str:
        if value is None:
            return "<Cell/>"
        kind = "String" if isinstance(value, str) else "Number"
        return f'<Cell><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'

    tables = "".join(
        f'<Worksheet ss:Name="{escape(name)}"><Table>'
        + "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in grid)
        + "</Table></Worksheet>"
        for name, grid in sheets
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{SPREADSHEET}" xmlns:ss="{SPREADSHEET}">{tables}</Workbook>'
    ).encode()


def html_table(sheets: Sheets) -> bytes:
    tables = "".join(
        f"<table><caption>{html.escape(name)}</caption>"
        + "".join(f"<tr>{''.join(f'<td>{html.escape(_shown(v))}</td>' for v in row)}</tr>" for row in grid)
        + "</table>"
        for name, grid in sheets
    )
    return f"<html><head><meta charset=gb2312></head><body>{tables}</body></html>".encode("gb18030")


def plain(coding: str, separator: str, *, says_separator: bool = False) -> Callable[[Sheets], bytes]:
    def write(sheets: Sheets) -> bytes:
        [(_, grid)] = sheets
        stream = io.StringIO()
        if says_separator:
            stream.write(f"sep={separator}\r\n")
        csv.writer(stream, delimiter=separator).writerows([[_shown(v) for v in row] for row in grid])
        return stream.getvalue().encode(coding)

    return write


def _shown(value: Value) -> str:
    return "" if value is None else str(value)


ONE_SHEET: dict[str, Callable[[Sheets], bytes]] = {
    "biff_2": biff_2,
    "csv": plain("utf-8", ","),
    "csv_mark": plain("utf-8-sig", ","),
    "csv_gb": plain("gb18030", ","),
    "semicolons": plain("gb18030", ";"),
    "tabs": plain("utf-8", "\t"),
    "unicode_text": plain("utf-16", "\t"),
    "big_end": plain("utf-16-be", ","),
    "sep": plain("utf-8-sig", ";", says_separator=True),
}
SEVERAL_SHEETS: dict[str, Callable[[Sheets], bytes]] = {
    "xlsx": xlsx,
    "strict": strict_xlsx,
    "ods": ods,
    "xlsb": xlsb,
    "xml_2003": xml_2003,
    "html": html_table,
}
