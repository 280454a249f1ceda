"""What a generated school holds and needs: the columns of template §1 and amounts per pupil."""

from __future__ import annotations

from fractions import Fraction

Row = dict[str, object]

DISTRICT = "500103"
ZH = {"primary": "小学", "junior": "初中", "senior": "高中"}
WEIGHT = {"primary": Fraction(1), "junior": Fraction(11, 10), "senior": Fraction(33, 25)}
STAGES = {
    "小学": ("primary",),
    "初级中学": ("junior",),
    "九年一贯制学校": ("primary", "junior"),
    "十二年一贯制学校": ("primary", "junior", "senior"),
    "完全中学": ("junior", "senior"),
    "教学点": ("primary", "junior"),
    "特殊教育学校": ("primary", "junior"),
    "职业学校": ("primary", "junior"),
}
MIXED = ("九年一贯制学校", "十二年一贯制学校", "完全中学")
KINDS = ("小学", "初级中学", *MIXED, "教学点", "小学", "初级中学", "特殊教育学校", "职业学校")

# What one pupil needs (L threshold ÷ factor), in the unit of the column; L6 in 万元. The columns
# of B4, B5 and B8 have no threshold in this regime: a usual size stands in for one.
OWN_NEED = {
    "高于规定学历教师数": {"primary": "0.042", "junior": "0.053"},
    "骨干教师数": {"primary": "0.01", "junior": "0.01"},
    "体育艺术教师数": {"primary": "0.009", "junior": "0.009"},
    "中级以上职称教师数": {"primary": "0.03", "junior": "0.04"},
}
SHARED_NEED = {
    "rooms": {"primary": "4.5", "junior": "5.8"},
    "sports": {"primary": "7.5", "junior": "10.2"},
    "教学仪器设备值": {"primary": "0.2", "junior": "0.25"},
    "网络多媒体教室数": {"primary": "0.023", "junior": "0.024"},
    "计算机台数": {"primary": "0.1", "junior": "0.12"},
    "图书册数": {"primary": "15", "junior": "25"},
}
NEED = {name: {stage: Fraction(text) for stage, text in row.items()} for name, row in (OWN_NEED | SHARED_NEED).items()}
PLACES = {"rooms": 2, "sports": 2, "教学仪器设备值": 4}  # others are whole numbers
# The seven columns behind L1-L7: a school profile decides which of them fall short.
JUDGED = (*tuple(OWN_NEED)[:3], *tuple(SHARED_NEED)[:4])
NUMBER_COLUMNS = (
    *(ZH[s] + c for s in ("primary", "junior") for c in ("专任教师数", *OWN_NEED)),
    "教学及辅助用房面积",
    "室内体育用房面积",
    "运动场地面积",
    *tuple(SHARED_NEED)[2:],
)
OTHER_COLUMNS = (
    "建校年份",
    "寄宿制",
    "达标音乐教室数",
    "达标美术教室数",
    "公用经费预算",
    "教师培训经费",
    *(ZH[s] + c for s in ("primary", "junior") for c in ("班级数", "最大班额", "持证教师数", "培训达标教师数")),
)


def decimal_text(units: int, places: int) -> str:
    """`units` of the last decimal place as text: 1250, 2 -> '12.50'."""
    return f"{units // 10**places}.{units % 10**places:0{places}d}" if places else str(units)


def units_of(amount: Fraction, delta: int, places: int) -> int:
    """The amount in last-place units, rounded up, plus delta, never negative."""
    scaled = amount * 10**places
    return max(0, -(-scaled.numerator // scaled.denominator) + delta)


def stages_present(kind: str, pupils: dict[str, int]) -> list[str]:
    """Compulsory stages of which the school has own columns to fill."""
    own = [s for s in STAGES[kind] if s != "senior"]
    if kind in ("教学点", "特殊教育学校", "职业学校"):
        return [s for s in own if pupils[s] or (kind, s) == ("教学点", "primary")]
    return own


def need_of(name: str, stage: str, pupils: dict[str, int]) -> Fraction:
    """School total at which one stage just gets what it needs, the split being undone."""
    weighted = sum((WEIGHT[s] * p for s, p in pupils.items()), Fraction(0))
    return NEED[name][stage] * weighted / WEIGHT[stage]
