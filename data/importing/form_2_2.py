"""官方表Ⅱ-2: turn published per-pupil values back into resource totals (由填报值反推)."""

from decimal import Decimal

import pandas as pd

from data.catalogue.loader import load_catalogue
from data.catalogue.tables import Indicator, IndicatorInput

SECTION_TYPE = {"primary": "primary_school", "junior": "junior_school"}


def to_school_return(rows: pd.DataFrame, period: str, district_code: str) -> pd.DataFrame:
    """School-return rows: one single-stage school per section, totals = value × pupils ÷ factor."""
    catalogue = load_catalogue()
    result = pd.DataFrame(index=rows.index)
    result["period"] = period
    result["district_code"] = district_code
    result["school_code"] = [
        f"{district_code}-{name}-{stage}" for name, stage in zip(rows["school_name"], rows["stage"], strict=True)
    ]
    result["school_name"] = rows["school_name"]
    result["school_type"] = rows["stage"].map(SECTION_TYPE)
    if "operator_type" in rows.columns:
        result["operator_type"] = rows["operator_type"]
    for stage in SECTION_TYPE:
        is_of_stage = rows["stage"] == stage
        result[f"pupils__{stage}"] = rows["pupils"].where(is_of_stage, None)
        if "classes" in rows.columns:
            result[f"classes__{stage}"] = rows["classes"].where(is_of_stage, None)
    for indicator in catalogue.rows(Indicator):
        if indicator.indicator_code in rows.columns:
            totals = _totals(rows, indicator)
            for name, amounts in _inputs(indicator, rows, totals).items():
                result[name] = amounts
    result["is_back_derived"] = "true"
    return result


def _totals(rows: pd.DataFrame, indicator: Indicator) -> list[Decimal | None]:
    return [
        None
        if value is None or not str(value)[0].isdigit()
        else Decimal(str(value)) * Decimal(str(pupils)) / indicator.factor
        for value, pupils in zip(rows[indicator.indicator_code], rows["pupils"], strict=True)
    ]


def _inputs(indicator: Indicator, rows: pd.DataFrame, totals: list[Decimal | None]) -> dict[str, list[str | None]]:
    """The total on the indicator's first input; its other inputs are 0."""
    inputs = [i for i in load_catalogue().rows(IndicatorInput) if i.indicator_code == indicator.indicator_code]
    columns: dict[str, list[str | None]] = {}
    for position, item in enumerate(inputs):
        amounts = [None if t is None else format(t / item.coefficient if position == 0 else 0, "f") for t in totals]
        if indicator.is_split:
            columns[item.field_code] = amounts
            continue
        for stage in SECTION_TYPE:
            columns[f"{item.field_code}__{stage}"] = [
                amount if row_stage == stage else None for amount, row_stage in zip(amounts, rows["stage"], strict=True)
            ]
    return columns
