"""Files that cost far more to read than they weigh, each in an otherwise plain workbook."""

import io
import random
import zipfile
from collections.abc import Callable

import openpyxl

from tests.depth import IS_FULL


def bombs() -> dict[str, bytes]:
    """Files that cost far more than they weigh."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"] = "数据期"
    plain = io.BytesIO()
    book.save(plain)
    sheet["XFD1048576"] = 1
    sparse = io.BytesIO()
    book.save(sparse)

    def archive(**parts: bytes) -> bytes:
        stream = io.BytesIO()
        with zipfile.ZipFile(plain) as kept, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for name in kept.namelist():
                made.writestr(name, parts.get(name.rpartition("/")[2].replace(".", "_"), kept.read(name)))
            for name, content in parts.items():
                if name.startswith("extra"):
                    made.writestr(f"xl/{name}.xml", content)
        return stream.getvalue()

    sheet = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    far = {
        f"far_{c}{r}": archive(
            sheet1_xml=sheet + f'<row r="{r}"><c r="{c}{r}"><v>1</v></c></row></sheetData></worksheet>'.encode()
        )
        for c, r in (("XFD", 1), ("A", 1048576), ("ZZ", 200000), ("KO", 2), ("A", 20001))
    }
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return {
        "sparse": sparse.getvalue(),
        **far,
        "entities": archive(sheet1_xml=entity + sheet + b"</sheetData></worksheet>"),
        "external": archive(workbook_xml=b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>'),
        "long_cell": archive(
            sheet1_xml=sheet
            + b'<row r="1"><c r="A1" t="inlineStr"><is><t>'
            + b"x" * 60_000_000
            + b"</t></is></c></row></sheetData></worksheet>"
        ),
        "many_parts": archive(**{f"extra{n}": b"<x/>" for n in range(400)}),
        "zeros": archive(extra=b"\0" * 250_000_000),
        "million_rows": ("数据期,区县代码,学校代码\n" + "2026,500242,x\n" * 1_000_000).encode(),
        "wide": (",".join(f"c{n}" for n in range(20_000)) + "\n").encode() * 30,
        "long_line": b"x" * 15_000_000,
        "nested_quotes": b'"' * 3_000_000,
        "nulls": b"\0" * 5_000_000,
        **(structural_bombs(archive, sheet) if IS_FULL else {}),
    }


def structural_bombs(archive: Callable[..., bytes], sheet: bytes) -> dict[str, bytes]:
    """Workbooks of a million somethings, and texts without an end."""
    main = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    closed = b"<sheetData/></worksheet>"
    start = sheet.removesuffix(b"<sheetData>")
    entity = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("zeros", b"\0" * 100_000_000)
    noise = random.Random(1).randbytes(600_000)
    dense = sheet + b"<row>" + b"<c/>" * 12_000_000 + b"</row></sheetData></worksheet>"
    late = b'<?xml version="1.0"?><!--' + b" " * 20_000 + b"-->" + entity.split(b"?>")[1]
    coded = (entity + sheet).decode().replace("?>", ' encoding="UTF-16"?>', 1) + "</sheetData></worksheet>"
    zeros = archive(extra=b"\0" * 250_000_000)
    lying = zeros.replace((250_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    return {
        "dense_and_padded": archive(sheet1_xml=dense, extra=noise),
        "late_definition": archive(sheet1_xml=late + sheet + b"</sheetData></worksheet>"),
        "definition_in_utf_16": archive(sheet1_xml=coded.encode("utf-16")),
        "entities_in_strings": archive(
            sharedStrings_xml=entity + b"<sst" + main + b"><si><t>&b;</t></si></sst>", extra2=entity
        ),
        "entities_in_styles": archive(styles_xml=entity + b"<styleSheet" + main + b"/>"),
        "many_sheets": archive(
            workbook_xml=b"<workbook"
            + main
            + b"><sheets>"
            + b"".join(b'<sheet name="s%d" sheetId="%d" r:id="rId%d"/>' % (n, n, n) for n in range(1, 50_000))
            + b"</sheets></workbook>"
        ),
        "many_merges": archive(
            sheet1_xml=sheet
            + b"</sheetData><mergeCells>"
            + b'<mergeCell ref="A1:XFD1048576"/>' * 1_000_000
            + b"</mergeCells></worksheet>"
        ),
        "many_rows": archive(sheet1_xml=sheet + b"<row/>" * 3_000_000 + b"</sheetData></worksheet>"),
        "many_cells": archive(
            sheet1_xml=sheet + b"<row>" + b"<c><v>1</v></c>" * 3_000_000 + b"</row></sheetData></worksheet>"
        ),
        "many_styles": archive(
            styles_xml=b"<styleSheet" + main + b"><cellXfs>" + b"<xf/>" * 3_000_000 + b"</cellXfs></styleSheet>"
        ),
        "many_names": archive(
            workbook_xml=b"<workbook"
            + main
            + b"><definedNames>"
            + b'<definedName name="x">A1</definedName>' * 1_000_000
            + b"</definedNames></workbook>"
        ),
        "deep": archive(sheet1_xml=start + b"<a>" * 1_000_000 + b"</a>" * 1_000_000 + closed),
        "long_attribute": archive(sheet1_xml=start + b'<a x="' + b"y" * 100_000_000 + b'"/>' + closed),
        "nested_archive": archive(extra3=inner.getvalue() * 200),
        "lying_sizes": lying,
        "cut_archive": zeros[: len(zeros) // 2],
        "utf16": ("数据期,区县代码,学校代码\n" + "2026,500242,x\n" * 600_000).encode("utf-16"),
        "open_quote": b'a,b,"' + b"x,\n" * 5_000_000,
        "commas": b"," * 15_000_000,
        "line_ends": b"\n" * 15_000_000,
    }
