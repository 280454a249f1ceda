"""Is a school return believable: declared checks within rows, among peers, with last period."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data import printing
from data.catalogue.input_tables import InputColumn, ReturnCheck
from data.catalogue.loader import load_catalogue
from data.importing.column_units import CODE, ROW_CODES, column_units
from data.importing.findings import Finding, Told
from data.importing.recognise import amount_columns, columns_of, field_name
from data.text import text

FACTORS = {1.0: "10倍", 2.0: "100倍", 3.0: "1,000倍", 4.0: "10,000倍", 2.824: "667倍（㎡与亩）"}
NEAR_FACTOR = 0.15
SMALLEST_FACTOR = 1.0
FEWEST_PEERS = 8
FIRST_YEAR_DIGITS = 4
RATIO_DIGITS = 4
STAGES = ("primary", "junior")
Found = Iterator[tuple[int | None, str, str, str]]
"""Source row, header, value and detail of a finding."""


@dataclass(frozen=True)
class _Return:
    """One unit's rows of one period as numbers, with last period's where there are any.

    `earlier` is last period's register of the unit; `last` holds last period's numbers of the same
    schools, whichever unit they belonged to, under this period's source rows; `copied` those of every return
    that this one may have been copied from, by what it is called.
    """

    rows: pd.DataFrame
    numbers: pd.DataFrame
    earlier: pd.DataFrame | None
    last: pd.DataFrame | None
    copied: dict[str, pd.DataFrame]
    headers: dict[str, str]
    place: Told

    def column(self, name: str) -> pd.Series:
        """Numbers by source row; all missing where the column is."""
        if name in self.numbers:
            return self.numbers[name]
        return pd.Series(np.nan, index=self.numbers.index)


def check_plausibility(
    rows: pd.DataFrame, place: Told, earlier: pd.DataFrame | None = None, year_before: pd.DataFrame | None = None
) -> list[Finding]:
    """Findings of the checks in `return_checks.csv`, in their order; `earlier` is last period's."""
    amounts = amount_columns("school_return")
    headers = {field_name(c): c.header for c in columns_of("school_return")}
    findings: list[Finding] = []
    numbers = _numbers(rows, amounts)
    before = None if earlier is None else _numbers(earlier, amounts)
    for _, group in rows.groupby(["period", "district_code"], sort=False):
        district = str(group["district_code"].iloc[0])
        last = None if earlier is None else earlier[earlier["district_code"] == district]
        same = None if before is None or earlier is None else _same_schools(group, earlier, before)
        copied = {} if same is None else {text("reception.last_return"): same}
        if year_before is not None:
            there = _same_schools(group, year_before, _numbers(year_before, amounts))
            copied[str(year_before["period"].iloc[0])] = there
        unit = _Return(group, numbers.loc[group.index], last, same, copied, headers, place)
        units = list(column_units(unit.numbers, same if same is None else same.loc[group.index]))
        findings += [place.finding(CODE, column=header, value=word, detail=why) for header, word, why in units]
        explained = {header for header, _, _ in units}
        for check in load_catalogue().rows(ReturnCheck):
            findings += [
                place.finding(check.finding_code, row=row, column=header, value=value, detail=detail)
                for row, header, value, detail in KINDS[check.kind](unit, check)
                if not (header in explained and check.finding_code in ROW_CODES)
            ]
    return findings


def _numbers(rows: pd.DataFrame, amounts: list[InputColumn]) -> pd.DataFrame:
    """Every amount as a number, and the totals that schools of several stages need."""
    names = [field_name(c) for c in amounts if field_name(c) in rows.columns]
    names += [n for n in ("founded_year",) if n in rows.columns]
    numbers = rows[names].apply(pd.to_numeric, errors="coerce").astype(float)
    for total, part in (("all_pupils", "pupils"), ("all_classes", "classes")):
        parts = [n for n in numbers.columns if n.startswith(f"{part}__")]
        numbers[total] = numbers[parts].sum(axis=1, min_count=1)
    return numbers


def _same_schools(rows: pd.DataFrame, earlier: pd.DataFrame, numbers: pd.DataFrame) -> pd.DataFrame:
    by_code = numbers.loc[earlier.index].set_axis(earlier["school_code"])
    by_code = by_code[~by_code.index.duplicated()]
    return by_code.reindex(rows["school_code"]).set_axis(rows.index)


def _pairs(unit: _Return, check: ReturnCheck) -> Iterator[tuple[str, list[str]]]:
    """The columns of a check: one pair for the school, or one for each stage."""
    against = [a for a in check.against.split("|") if a]
    if check.field_code in unit.numbers:
        yield check.field_code, against
        return
    for stage in STAGES:
        yield f"{check.field_code}__{stage}", [f"{a}__{stage}" for a in against]


def _plain(number: float) -> str:
    """A reported number as it was given."""
    return printing.plain(float(number))


def _quotient(number: float, *lines: float) -> str:
    """Four digits of a ratio, more where they would hide on which side of a line it is."""
    number = float(number)
    whole = math.floor(math.log10(abs(number))) if number else 0
    printed = printing.beside(number, max(0, RATIO_DIGITS - 1 - whole), *lines)
    return printed.rstrip("0").rstrip(".") if "." in printed else printed


def _ratio(unit: _Return, check: ReturnCheck) -> Found:
    low, high = float(check.low or 0), float(check.high or np.inf)
    for name, (against,) in _pairs(unit, check):
        part, whole = unit.column(name), unit.column(against)
        ratio = part / whole.where(whole > 0)
        for row in ratio.index[(ratio < low) | (ratio > high)]:
            base_header = unit.headers.get(against, "在校生数" if "pupils" in against else "班级数")
            detail = (
                f"与{base_header}（{_plain(whole[row])}）之比为{_quotient(ratio[row], low, high)}，"
                f"通常在{_plain(low)}至{_plain(high)}之间"
            )
            yield int(row), unit.headers[name], _plain(part[row]), detail


def _at_most(unit: _Return, check: ReturnCheck) -> Found:
    for name, (against,) in _pairs(unit, check):
        part, whole = unit.column(name), unit.column(against)
        for row in part.index[part > whole]:
            detail = f"“{unit.headers[against]}”（{_plain(whole[row])}）"
            yield int(row), unit.headers[name], _plain(part[row]), detail


def _at_least_average(unit: _Return, check: ReturnCheck) -> Found:
    for name, (pupils, classes) in _pairs(unit, check):
        largest, total, count = (unit.column(n) for n in (name, pupils, classes))
        for row in largest.index[(largest * count < total) & (count > 0)]:
            average = printing.beside(float(total[row] / count[row]), 1, float(largest[row]))
            yield int(row), unit.headers[name], _plain(largest[row]), average


def _both_or_none(unit: _Return, check: ReturnCheck) -> Found:
    for name, (against,) in _pairs(unit, check):
        part, whole = unit.column(name), unit.column(against)
        for row in part.index[(part == 0) & (whole > 0) | (part > 0) & (whole == 0)]:
            detail = f"“{unit.headers[against]}”为{_plain(whole[row])}"
            yield int(row), unit.headers[name], _plain(part[row]), detail


def _unit(unit: _Return, check: ReturnCheck) -> Found:
    """Distance of log10 from the median of the unit's schools, as a known factor."""
    for name, (against,) in _pairs(unit, check):
        part, whole = unit.column(name), unit.column(against)
        ratio = (part / whole.where(whole > 0)).where(lambda r: r > 0)
        logs: pd.Series[float] = pd.Series(np.log10(ratio.dropna().to_numpy()), index=ratio.dropna().index)
        if len(logs) < FEWEST_PEERS:
            continue
        away = logs - logs.median()
        for row, distance in away[away.abs() > SMALLEST_FACTOR - NEAR_FACTOR].items():
            near = [w for f, w in FACTORS.items() if abs(abs(distance) - f) <= NEAR_FACTOR]
            if near:
                side = "大" if distance > 0 else "小"
                detail = f"生均约为本区县学校中位数的{'' if distance > 0 else '1/'}{near[-1]}，偏{side}"
                yield int(str(row)), unit.headers[name], _plain(part.loc[int(str(row))]), detail


def _jump(unit: _Return, check: ReturnCheck) -> Found:
    if unit.last is None:
        return
    low, high, least = float(check.low or 0), float(check.high or np.inf), check.least_size or 0
    for name, _ in _pairs(unit, check):
        if name not in unit.last or name not in unit.numbers:
            continue
        now, then = unit.numbers[name], unit.last[name]
        change = now / then.where(then > 0)
        is_large = (now >= least) | (then >= least)
        for row in now.index[is_large & ((change < low) | (change > high))]:
            yield int(row), unit.headers[name], _plain(now[row]), _plain(then[row])


def _year_range(unit: _Return, check: ReturnCheck) -> Found:
    years = unit.column(check.field_code)
    latest = unit.rows["period"].str[:FIRST_YEAR_DIGITS].astype(int)
    for row in years.index[(years < float(check.low or 0)) | (years > latest)]:
        yield int(row), unit.headers[check.field_code], f"{years[row]:.0f}", ""


def _copies(unit: _Return, check: ReturnCheck) -> Found:
    amounts = unit.numbers.drop(columns=["founded_year"], errors="ignore")
    enough = amounts[(amounts > 0).sum(axis=1) >= (check.least_size or 0)]
    first: dict[bytes, int] = {}
    for row, values in zip(enough.index, enough.to_numpy(), strict=True):
        key = np.nan_to_num(values, nan=-1).tobytes()
        codes = unit.rows["school_code"]
        if key in first and codes[row] != codes[first[key]]:
            yield (
                int(row),
                unit.headers["school_code"],
                str(unit.rows.loc[row, "school_name"]),
                f"全部数值与{unit.place.where(first[key], int(row))}相同",
            )
        first.setdefault(key, int(row))


def _repeats(unit: _Return, check: ReturnCheck) -> Found:
    """Schools whose numbers are those of an earlier return; first of the one from which most seem to be taken."""
    shares = {called: _equal_share(unit.numbers, then, check) for called, then in unit.copied.items()}
    said: set[int] = set()
    for called, share in sorted(shares.items(), key=lambda entry: -len(entry[1])):
        for row in (n for n in share.index if n not in said):
            said.add(row)
            name = str(unit.rows.loc[row, "school_name"])
            origin = text("reception.as_in", share=printing.share(float(share[row])), called=called)
            yield int(row), unit.headers["school_code"], name, origin


def _equal_share(numbers: pd.DataFrame, then: pd.DataFrame, check: ReturnCheck) -> pd.Series:
    """The share of equal numbers of each school that has too many of them."""
    now = numbers[[n for n in numbers if n in then and n != "founded_year"]]
    filled = now > 0
    share = (filled & (now == then[now.columns])).sum(axis=1) / filled.sum(axis=1)
    return share[(filled.sum(axis=1) >= (check.least_size or 0)) & (share >= float(check.low or 1))]


def _register(unit: _Return, check: ReturnCheck) -> Found:
    if unit.earlier is None:
        return
    now, then = set(unit.rows["school_code"]), set(unit.earlier["school_code"])
    header = unit.headers["school_code"]
    if check.finding_code == "school_new":
        new = unit.rows[~unit.rows["school_code"].isin(then)]
        for row, name in zip(new.index, new["school_name"], strict=True):
            yield int(row), header, str(name), ""
        return
    gone = unit.earlier[~unit.earlier["school_code"].isin(now)]
    for _, unit_rows in gone.groupby("district_code", sort=True):
        names = [
            text("reception.school", name=n, code=c) for n, c in unit_rows[["school_name", "school_code"]].to_numpy()
        ]
        count = text("reception.count_of_schools", count=len(names)) if len(names) > 1 else ""
        yield None, header, "", "、".join(names) + count


KINDS: dict[str, Callable[[_Return, ReturnCheck], Found]] = {
    "ratio": _ratio,
    "at_most": _at_most,
    "at_least_average": _at_least_average,
    "both_or_none": _both_or_none,
    "unit": _unit,
    "jump": _jump,
    "year_range": _year_range,
    "copies": _copies,
    "repeats": _repeats,
    "register": _register,
}
