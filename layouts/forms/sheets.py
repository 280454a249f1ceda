"""The lines of each official form (standard.md 5)."""

from collections.abc import Callable, Sequence

from data.rows.common_dimensions import IndicatorRow
from data.rows.district import SectionRow
from data.rows.forms import FormSectionRow
from data.rows.proof import DistrictItemRow
from data.text import text
from layouts import formatting
from layouts.forms.rows import Cell, FormSheet, FormsView, Number, count_cell, cv_cell, value_cell

COMPOSITE = "L8"


def verdict_word(value: bool | None) -> str:
    """达标, 未达标 or 无法判定."""
    key = {True: "met", False: "unmet", None: "undecidable"}[value]
    return text(f"level.{key}")


def form_2_1(view: FormsView) -> FormSheet:
    """资源配置达标学校总数和比例."""
    heads = [
        (text("forms.stage"), 12),
        (text("forms.section_count"), 18),
        (text("forms.compliant_count"), 18),
        (text("forms.compliant_share"), 16),
        (text("forms.undecidable_count"), 18),
    ]
    lines = [
        _share_line(text(f"stage.{r.stage}"), r.section_count, r.compliant_count, r.undecidable_count)
        for r in view.stages
    ]
    if not lines:
        return FormSheet("2-1", text("forms.title_2-1"), heads, [])
    lines.append(
        _share_line(
            text("forms.total"),
            sum(r.section_count for r in view.stages),
            sum(r.compliant_count for r in view.stages),
            sum(r.undecidable_count for r in view.stages),
        )
    )
    return FormSheet("2-1", text("forms.title_2-1"), heads, lines)


def _share_line(name: str, sections: int, compliant: int, undecidable: int) -> list[Cell]:
    share = Number(100 * compliant / sections, 1) if sections else formatting.NONE
    return [name, count_cell(sections), count_cell(compliant), share, count_cell(undecidable)]


def form_2_2(view: FormsView) -> FormSheet:
    """资源配置 by school; the heads are those that the import recognises."""
    values: dict[tuple[str, str], dict[str, SectionRow]] = {}
    for value in view.values:
        values.setdefault((value.school_code, value.stage), {})[value.indicator_code] = value
    lines: list[list[Cell]] = []
    for number, row in enumerate(view.sections, start=1):
        indicators = values[(row.school_code, row.stage)]
        cells = [
            value_cell(indicators[i.indicator_code].section_value, view.thresholds.get((i.indicator_code, row.stage)))
            for i in view.indicators
        ]
        lines.append(
            [
                count_cell(number),
                row.school_name,
                text(f"stage.{row.stage}"),
                row.operator_type,
                count_cell(row.pupils),
                "",
                count_cell(row.classes),
                *cells,
                verdict_word(row.complies),
                _remark(view.indicators, indicators) + _other_sections(view, row),
            ]
        )
    heads = [
        (text("forms.sequence"), 6),
        (text("forms.school_name"), 24),
        (text("forms.stage"), 6),
        (text("forms.operator_type"), 8),
        (text("forms.pupils"), 9),
        (text("forms.grades"), 7),
        (text("forms.classes"), 7),
        *[(i.name, 13) for i in view.indicators],
        (text("forms.complies"), 11),
        (text("forms.remark"), 44),
    ]
    return FormSheet(
        "2-2",
        text("forms.title_2-2"),
        heads,
        lines,
        (text("forms.operator_note", names=" ".join(view.operators)), text("forms.grades_note")),
    )


def _remark(indicators: Sequence[IndicatorRow], values: dict[str, SectionRow]) -> str:
    kinds: dict[str, list[str]] = {"met": [], "floor": [], "below": [], "unknown": []}
    for indicator in indicators:
        cell = values[indicator.indicator_code]
        if cell.is_met is None:
            kinds["unknown"].append(indicator.indicator_code)
        elif cell.is_met:
            kinds["met"].append(indicator.indicator_code)
        else:
            kinds["floor" if cell.is_floor_met else "below"].append(indicator.indicator_code)
    return "；".join(
        text(f"forms.remark_{kind}", count=len(codes), codes="、".join(codes)) for kind, codes in kinds.items() if codes
    )


def _other_sections(view: FormsView, row: FormSectionRow) -> str:
    """Of a section that complies in a mixed school that does not: which section is why."""
    if not row.complies:
        return ""
    others = [s for s in view.sections if s.school_code == row.school_code and s.complies is not True]
    return "".join(
        text("forms.remark_other", stage=text(f"stage.{s.stage}"), verdict=verdict_word(s.complies)) for s in others
    )


def form_3(view: FormsView) -> FormSheet:
    """校际均衡: mean and CV per stage and indicator, and the mean of the CVs."""
    lines: list[list[Cell]] = []
    for row in view.stages:
        by_indicator = {c.indicator_code: c for c in view.cvs if c.stage == row.stage}
        cvs = [by_indicator.get(i.indicator_code) for i in view.indicators]
        name = text(f"stage.{row.stage}")
        lines.append(
            [name, text("forms.mean"), *[value_cell(c.district_mean if c else None) for c in cvs], formatting.NONE]
        )
        lines.append(
            [
                name,
                text("forms.cv"),
                *[cv_cell(c.cv, c.cv_limit) if c else formatting.NONE for c in cvs],
                cv_cell(row.composite_cv, None),
            ]
        )
    heads = [
        (text("forms.stage"), 8),
        (text("forms.measure"), 14),
        *[(i.name, 14) for i in view.indicators],
        (text("forms.composite", code=COMPOSITE), 12),
    ]
    return FormSheet("3", text("forms.title_3"), heads, lines, (text("forms.composite_note"),))


def _item_word(item: DistrictItemRow) -> str:
    is_silent = item.is_met is None and not item.is_reported
    return text("level.not_reported") if is_silent else verdict_word(item.is_met)


def _item_form(number: str, dimension: str) -> Callable[[FormsView], FormSheet]:
    def build(view: FormsView) -> FormSheet:
        lines: list[list[Cell]] = []
        items = [i for i in view.items if i.dimension == dimension]
        for position, item in enumerate(items, start=1):
            line = formatting.NONE if item.threshold is None else (f"{formatting.plain(item.threshold)}{item.unit}")
            amount = formatting.NONE if item.amount is None else (f"{formatting.plain(item.amount)}{item.unit}")
            lines.append(
                [count_cell(position), item.item_code, item.item_name, line, amount, _item_word(item), item.note]
            )
        heads = [
            (text("forms.sequence"), 6),
            (text("forms.code"), 7),
            (text("forms.content"), 70),
            (text("forms.line"), 14),
            (text("forms.amount"), 14),
            (text("forms.verdict"), 11),
            (text("forms.remark"), 30),
        ]
        return FormSheet(number, text(f"forms.title_{number}"), heads, lines, kinds=("district_item",))

    return build


FORMS: dict[str, Callable[[FormsView], FormSheet]] = {
    "2-1": form_2_1,
    "2-2": form_2_2,
    "3": form_3,
    "4": _item_form("4", "gov_guarantee"),
    "5": _item_form("5", "education_quality"),
    "6": _item_form("6", "social_recognition"),
}
