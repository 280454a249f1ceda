"""School returns in the template's own format, for tests."""

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from data.catalogue.input_tables import InputColumn, InputKind
from data.catalogue.loader import load_catalogue
from data.importing.cell_checks import check_cells
from data.importing.findings import Place
from data.importing.recognise import RecognisedTable, columns_of, field_name

HEADERS = (
    "数据期",
    "区县代码",
    "学校代码",
    "学校名称",
    "办学类型",
    "举办者类型",
    "小学在校生数",
    "初中在校生数",
    "高中在校生数",
    "小学专任教师数",
    "初中专任教师数",
    "小学高于规定学历教师数",
    "初中高于规定学历教师数",
    "小学骨干教师数",
    "初中骨干教师数",
    "小学体育艺术教师数",
    "初中体育艺术教师数",
    "教学及辅助用房面积",
    "室内体育用房面积",
    "运动场地面积",
    "教学仪器设备值",
    "网络多媒体教室数",
)


def school(**changes: Any) -> dict[str, Any]:
    """A primary school of 1,000 pupils well above every threshold."""
    row: dict[str, Any] = {
        "数据期": "2026",
        "区县代码": "500103",
        "学校代码": "S1",
        "学校名称": "示例小学",
        "办学类型": "小学",
        "举办者类型": 7,
        "小学在校生数": 1000,
        "小学专任教师数": 80,
        "小学高于规定学历教师数": 60,
        "小学骨干教师数": 12,
        "小学体育艺术教师数": 10,
        "教学及辅助用房面积": 6000,
        "室内体育用房面积": 500,
        "运动场地面积": 9000,
        "教学仪器设备值": 250,
        "网络多媒体教室数": 30,
    }
    row.update(changes)
    return row


def write_csv(path: Path, rows: list[dict[str, Any]], encoding: str = "utf-8-sig") -> Path:
    """Rows under the union of their headers."""
    headers = list(dict.fromkeys(h for row in rows for h in row))
    with path.open("w", encoding=encoding, newline="") as stream:
        writer = csv.DictWriter(stream, headers)
        writer.writeheader()
        writer.writerows(rows)
    return path


def canonical_rows(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows keyed by Chinese header, passed through the import's own cell checks."""
    kind = next(k for k in load_catalogue().rows(InputKind) if k.input_kind == "school_return")
    columns: dict[str, InputColumn] = {field_name(c): c for c in columns_of("school_return")}
    cells = pd.DataFrame(
        {name: ["" if r.get(c.header) is None else str(r[c.header]) for r in rows] for name, c in columns.items()},
        dtype="object",
    )
    table = RecognisedTable(kind, columns, cells)
    canonical, findings = check_cells(table, Place("generated", ""))
    assert not [f for f in findings if f.is_blocking], findings[:3]
    return canonical
