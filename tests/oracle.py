"""A slow, exact, independent reading of the standard (§1.1-1.4, §2, §6), used only to check SQL.

Everything is a `Fraction`; `sd` and `cv` alone are printed as 30-digit decimals. Verdicts never
use the printed decimals: a CV is compared by its square, a composite by exact or bracketed roots.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from tests.oracle_roots import composite, printed, root
from tests.oracle_supply import Need, bill_of

Row = dict[str, object]
Pupils = dict[str, Fraction | None]
Verdict = bool | None

ZH = {"primary": "小学", "junior": "初中", "senior": "高中"}
COMPULSORY = ("primary", "junior")
WEIGHT = {"primary": Fraction(1), "junior": Fraction("1.1"), "senior": Fraction("1.32")}
# 办学类型 -> the stages a school always has; pupils of these stages must be given.
ALWAYS = {
    "小学": ("primary",),
    "初级中学": ("junior",),
    "九年一贯制学校": ("primary", "junior"),
    "十二年一贯制学校": ("primary", "junior", "senior"),
    "完全中学": ("junior", "senior"),
    "教学点": ("primary",),
    "特殊教育学校": (),
    "职业学校": (),
}
# 办学类型 -> further stages it has only where there are pupils.
IF_PUPILS = {"教学点": ("junior",), "特殊教育学校": COMPULSORY, "职业学校": COMPULSORY}
MIXED = ("九年一贯制学校", "十二年一贯制学校", "完全中学")
FLOOR = Fraction(85, 100)

L_KEYS = ("L1", "L2", "L3", "L4", "L5", "L6", "L7")
WHOLE = ("L1", "L2", "L3", "L7")
FACTOR = {
    "quality_balanced": {k: Fraction(100 if k in WHOLE else 1) for k in L_KEYS},
    "basic_balanced": {f"B{i}": Fraction(100 if i == 4 else 1) for i in range(1, 9)},
}
MINIMA = {"primary": "4.2 1 0.9 4.5 7.5 2000 2.3", "junior": "5.3 1 0.9 5.8 10.2 2500 2.4"}
THRESHOLD = {stage: dict(zip(L_KEYS, map(Fraction, text.split()), strict=True)) for stage, text in MINIMA.items()}
UNIT = {"L1": "人", "L2": "人", "L3": "人", "L4": "㎡", "L5": "㎡", "L6": "元", "L7": "间"}
CV_LIMIT = {"primary": Fraction("0.50"), "junior": Fraction("0.45")}
COMPOSITE_LIMIT = {"primary": Fraction("0.65"), "junior": Fraction("0.55")}
# Numerators read from the section's own columns (the stage name is put in front).
ABOVE = "高于规定学历教师数"
OWN = {"L1": ABOVE, "L2": "骨干教师数", "L3": "体育艺术教师数"}
OWN |= {"B6": "专任教师数", "B7": ABOVE, "B8": "中级以上职称教师数"}


@dataclass
class Section:
    """One stage of one school."""

    district: str
    code: str
    name: str
    stage: str
    pupils: Fraction
    reason: str | None
    totals: dict[str, Fraction | None] = field(default_factory=dict)
    values: dict[str, Fraction | None] = field(default_factory=dict)
    meets: dict[str, Verdict] = field(default_factory=dict)
    floor_met: dict[str, Verdict] = field(default_factory=dict)
    complies: Verdict = None
    gaps: dict[str, dict[str, object]] = field(default_factory=dict)
    supplied_with: dict[str, str] = field(default_factory=dict)
    exempt: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """The printed shape."""
        printed_names = (
            "stage",
            "reason",
            "values",
            "meets",
            "floor_met",
            "complies",
            "gaps",
            "supplied_with",
            "exempt",
        )
        return {
            "school_code": self.code,
            "school_name": self.name,
            "pupils": int(self.pupils),
            "in_scope": self.reason is None,
        } | {name: getattr(self, name) for name in printed_names}


def number(row: Row, column: str) -> Fraction | None:
    """The exact number in a cell; None when it is absent, empty or 不适用."""
    cell = row.get(column)
    if cell is None or (isinstance(cell, str) and cell.strip() in ("", "不适用")):
        return None
    if isinstance(cell, bool) or not isinstance(cell, int | str | Decimal | Fraction):
        raise TypeError(f"{column}: {cell!r} is not an exact number")
    return Fraction(cell)


def stages_of(row: Row) -> Pupils:
    """The stages of a school with their pupils (senior too: it takes part in splitting)."""
    kind = str(row["办学类型"])
    found: Pupils = {}
    for stage in ALWAYS[kind]:
        pupils = number(row, ZH[stage] + "在校生数")
        if pupils is None and stage != "senior":
            raise ValueError(f"{row['学校代码']}: pupils of {stage} are missing")
        found[stage] = pupils
    for stage in IF_PUPILS.get(kind, ()):
        pupils = number(row, ZH[stage] + "在校生数")
        if pupils is not None and pupils > 0:
            found[stage] = pupils
    return found


def whole_school(row: Row) -> dict[str, Fraction | None]:
    """Numerators reported for the whole school, before any split."""
    rooms, indoor = number(row, "教学及辅助用房面积"), number(row, "室内体育用房面积")
    ground, equipment = number(row, "运动场地面积"), number(row, "教学仪器设备值")
    area = None if rooms is None or indoor is None else rooms - indoor
    sports = None if ground is None or indoor is None else ground + indoor
    yuan = None if equipment is None else equipment * 10000
    found = {"L4": area, "L5": sports, "L6": yuan, "B1": area, "B2": sports, "B3": yuan}
    counted = {"L7": "网络多媒体教室数", "B4": "计算机台数", "B5": "图书册数"}
    return found | {key: number(row, column) for key, column in counted.items()}


def split(total: Fraction | None, stage: str, stages: Pupils) -> Fraction | None:
    """The part of a school's total that belongs to one of its stages (1 : 1.1 : 1.32)."""
    if total is None or len(stages) == 1:
        return total
    weighted = {}
    for name, pupils in stages.items():
        if pupils is None:
            return None
        weighted[name] = WEIGHT[name] * pupils
    return total * weighted[stage] / sum(weighted.values())


def scope_reason(kind: str, stages: Pupils) -> str | None:
    """Why a school is out of scope, or None."""
    if kind == "教学点":
        return "small_teaching_point" if sum(p or 0 for p in stages.values()) < 50 else None
    return {"特殊教育学校": "special_school", "职业学校": "vocational_school"}.get(kind)


def sections_of(row: Row, regime: str) -> list[Section]:
    """The judged sections of one school row."""
    kind, stages, totals = str(row["办学类型"]), stages_of(row), whole_school(row)
    reason = scope_reason(kind, stages)
    found = []
    for stage, pupils in stages.items():
        if stage == "senior" or pupils is None or (kind in MIXED and pupils == 0):
            continue
        section = Section(str(row["区县代码"]), str(row["学校代码"]), str(row["学校名称"]), stage, pupils, reason)
        for key, factor in FACTOR[regime].items():
            own = OWN.get(key)
            total = number(row, ZH[stage] + own) if own else split(totals[key], stage, stages)
            value = None if total is None or pupils == 0 else factor * total / pupils
            section.totals[key], section.values[key] = total, value
        if regime == "quality_balanced":
            judge(section)
        found.append(section)
    if regime == "quality_balanced" and found:
        owe(found, totals, stages)
    return found


def judge(section: Section) -> None:
    """School rule of one section (§1.1)."""
    for key, threshold in THRESHOLD[section.stage].items():
        value = section.values[key]
        section.meets[key] = None if value is None else value >= threshold
        section.floor_met[key] = None if value is None else value >= FLOOR * threshold
    if section.reason is not None:
        return
    missed = sum(met is False for met in section.meets.values())
    if missed >= 2 or any(met is False for met in section.floor_met.values()):
        section.complies = False
    elif all(met is not None for met in section.meets.values()):
        section.complies = True


def owe(sections: list[Section], totals: dict[str, Fraction | None], stages: Pupils) -> None:
    """What the school must be supplied with, named on the section that drives it (§6)."""
    needs = []
    for s in sections:
        for key, threshold in THRESHOLD[s.stage].items():
            held = s.totals[key] if key in OWN else totals[key]
            if held is None or s.values[key] is None:
                continue
            part = Fraction(1) if key in OWN else split(Fraction(1), s.stage, stages)
            asked = threshold * s.pupils / FACTOR["quality_balanced"][key] / (part or Fraction(1))
            needs.append(Need(s.stage, key, UNIT[key], held, asked, key not in OWN))
    bill = bill_of(needs)
    for s in sections:
        s.exempt = bill.exempt.get(s.stage)
        if s.reason is None:
            s.gaps = {
                key: {"amount": amount, "unit": UNIT[key]}
                for (stage, key), amount in bill.amounts.items()
                if stage == s.stage
            }
            s.supplied_with = {key: by for (stage, key), by in bill.served.items() if stage == s.stage}


def spread(sections: list[Section], key: str, factor: Fraction) -> dict[str, Any]:
    """Student-weighted mean, SD, CV and contributions of one indicator (§1.3)."""
    blank = {"mean": None, "cv_squared": None, "sd": None, "cv": None, "contributions": {}}
    data = [(s.code, s.pupils, s.totals[key]) for s in sections if s.pupils > 0]
    known = [(code, p, x) for code, p, x in data if x is not None]
    if not known or len(known) < len(data):
        return blank
    pupils = sum(p for _, p, _ in known)
    mean = factor * sum(x for _, _, x in known) / pupils
    parts = {code: p / pupils * (factor * x / p - mean) ** 2 for code, p, x in known}
    variance = sum(parts.values(), Fraction(0))
    squared = variance / mean**2 if mean != 0 else None
    return {
        "mean": mean,
        "cv_squared": squared,
        "sd": printed(root(variance)),
        "cv": None if squared is None else printed(root(squared)),
        "contributions": {c: part / variance for c, part in parts.items()} if variance else {},
    }


def conjunction(verdicts: list[Verdict]) -> Verdict:
    """False if any is False; True if there are some and all are True; else None."""
    if any(v is False for v in verdicts):
        return False
    return True if verdicts and all(v is True for v in verdicts) else None


def item(key: str, sections: list[Section], cv_verdicts: list[Verdict]) -> Verdict:
    """One L item of a district, counted among the 32 (§1.1)."""
    short = [s for s in sections if s.meets[key] is False]
    if any(v is False for v in cv_verdicts) or any(s.complies is False for s in short):
        return False
    if any(v is None for v in cv_verdicts) or any(s.meets[key] is None for s in sections):
        return None
    return True if sections and all(s.complies is True for s in short) else None


def evaluate(rows: list[Row], regime: str = "quality_balanced") -> dict[str, Any]:
    """Evaluate school rows (template §1 headers) under one regime."""
    quality = regime == "quality_balanced"
    sections = [section for row in rows for section in sections_of(row, regime)]
    districts, composites, resource = [], [], {}
    for district in dict.fromkeys(str(row["区县代码"]) for row in rows):
        judged = [s for s in sections if s.district == district and s.reason is None]
        stages: dict[str, Verdict] = {}
        within: dict[str, list[Verdict]] = {key: [] for key in FACTOR[regime]}
        for stage in COMPULSORY:
            group = [s for s in judged if s.stage == stage]
            if not group:
                continue
            squares, verdicts = [], [s.complies for s in group]
            place = {"district_code": district, "stage": stage}
            limit = CV_LIMIT[stage] if quality else None
            for key, factor in FACTOR[regime].items():
                found = spread(group, key, factor)
                squares.append(squared := found["cv_squared"])
                verdict = None if limit is None or squared is None else squared <= limit**2
                within[key].append(verdict)
                own = {"limit": limit, "complies": verdict}
                districts.append(place | {"indicator": key} | found | own)
            stages[stage] = conjunction(verdicts + [v[-1] for v in within.values()])
            limit = None if quality else COMPOSITE_LIMIT[stage]
            cv, verdict = composite(squares, limit)
            composites.append(place | {"cv": cv, "limit": limit, "complies": verdict})
        if quality:
            items = {key: item(key, judged, verdicts) for key, verdicts in within.items()}
            complies = conjunction(list(stages.values()))
            resource[district] = {"complies": complies, "stages": stages, "items": items}
    return {
        "sections": [s.as_dict() for s in sections],
        "districts": districts,
        "composite": composites,
        "resource_allocation": resource,
    }
