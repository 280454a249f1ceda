"""Returns of invented schools with only the named cells, and what the oracle says of one."""

from typing import Any

from tests.oracle_amounts import Row

L_KEYS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")


def school(code: str, kind: str, pupils: dict[str, int], **cells: object) -> Row:
    """A row with only the named cells filled."""
    row: Row = {"区县代码": "500103", "学校代码": code, "学校名称": code, "办学类型": kind}
    return row | {f"{zh}在校生数": number for zh, number in pupils.items()} | cells


def rich_primary(code: str, pupils: int = 1000, **cells: object) -> Row:
    """A primary school exactly at every threshold with 1,000 pupils."""
    return (
        school(code, "小学", {"小学": pupils})
        | {
            "小学高于规定学历教师数": 42,
            "小学骨干教师数": 10,
            "小学体育艺术教师数": 9,
            "教学及辅助用房面积": "5000.00",
            "室内体育用房面积": "500.00",
            "运动场地面积": "7000.00",
            "教学仪器设备值": "200.0000",
            "网络多媒体教室数": 23,
        }
        | cells
    )


def only(result: dict[str, Any], stage: str = "primary") -> dict[str, Any]:
    """The single section of a stage."""
    (found,) = [s for s in result["sections"] if s["stage"] == stage]
    return found


def spread_of(result: dict[str, Any], key: str, stage: str = "primary") -> dict[str, Any]:
    """The district row of one indicator."""
    (found,) = [d for d in result["districts"] if (d["indicator"], d["stage"]) == (key, stage)]
    return found
