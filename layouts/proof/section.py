"""Proof of one indicator of one section: value, standard, floor, how near, gap, school verdict."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.rows.proof import InputRow, SectionCell, SectionHistoryRow
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.elements import run, small, strong
from layouts.markup import Node
from layouts.parts.bars import threshold_bar
from layouts.parts.supply import is_spare, owed, owed_by_school
from layouts.proof import formula
from layouts.proof.parts import (
    LEVELS,
    TONES,
    Line,
    copy_button,
    drawer,
    history_line,
    lineage_lines,
    page_link,
    rule_line,
)
from layouts.routes import CV, DISTRICT, LEDGER, SCHOOL, link


@dataclass(frozen=True)
class SectionProof:
    """Rows of the queries: the stored cell, the cells of the return, weights, earlier values."""

    state: ViewState
    close: str
    cell: SectionCell
    inputs: Sequence[InputRow]
    amounts: dict[str, Decimal | None]
    weights: Sequence[tuple[Decimal, Decimal]]
    history: Sequence[SectionHistoryRow]
    snapshot: SnapshotInfo
    district_code: str
    issues: Sequence[tuple[str, str]]

    @property
    def terms(self) -> list[tuple[int, Decimal]]:
        """Coefficient and amount of every input; empty where one is missing."""
        terms = [(i.coefficient, self.amounts.get(i.input_name)) for i in self.inputs]
        known = [(coefficient, amount) for coefficient, amount in terms if amount is not None]
        return known if len(known) == len(terms) else []


def section_proof(proof: SectionProof) -> list[Node]:
    """The panel."""
    cell = proof.cell
    level = "near" if is_spare(cell) else LEVELS[cell.is_met]
    title = text(
        "proof.section_title",
        school=cell.school_name,
        stage=text(f"stage.{cell.stage}"),
        indicator=cell.indicator_short_name,
        word=_verdict_words(cell),
    )
    columns = [i.header for i in proof.inputs]
    lines: list[Line] = [
        *_nearness(cell),
        _school_verdict(cell),
        *_share(cell),
        rule_line(cell),
        (text("proof.inputs"), [_inputs(proof)]),
        *lineage_lines(cell, columns, proof.snapshot, ("school_return",) if cell.is_demonstration else ()),
        history_line(
            [(r.snapshot_date, formatting.value(r.section_value, r.threshold), r.is_met) for r in proof.history]
        ),
    ]
    return drawer(title, level, _box(proof), lines, _actions(proof), proof.close, threshold_bar(cell))


def _actions(proof: SectionProof) -> list[Node]:
    cell, state, district = proof.cell, proof.state, proof.district_code
    cv = link(CV, state, district=district, stage=cell.stage, indicator=cell.indicator_code, why="")
    other = {"only": "all", "why": "", "district": "", "group": "", "sort": "", "measure": ""}
    return [
        page_link(text("proof.open_school"), link(SCHOOL, state, school=cell.school_code, why="")),
        page_link(text("proof.open_cv"), cv),
        page_link(text("proof.open_district"), link(DISTRICT, state, why="", district=district)),
        copy_button(),
        *[
            page_link(
                text("proof.issue", code=code, status=status),
                link(LEDGER, state, school=cell.school_code, issue=code, **other),
            )
            for code, status in proof.issues
        ],
    ]


def _verdict_words(cell: SectionCell) -> str:
    if not cell.is_in_scope:
        return text("proof.out_of_scope")
    if cell.is_met is None:
        return text("level.undecidable")
    if cell.is_met:
        return text("level.met")
    return owed(cell, cell.gap_unit)


def _box(proof: SectionProof) -> list[list[Node]]:
    cell, value = proof.cell, proof.cell.section_value
    if not proof.terms or not cell.pupils or value is None:
        missing = [i.header for i in proof.inputs if proof.amounts.get(i.input_name) is None]
        reason = text("proof.missing_input", names="、".join(missing)) if missing else text("proof.no_pupils")
        return [[reason]]
    terms = formula.section_value(cell, cell.pupils, proof.terms, proof.weights)
    result = strong(formatting.value(value, cell.threshold))
    computed: list[Node] = [run(terms, data_formula="value"), " = ", result, f" {cell.unit}"]
    return [computed, *_beside_line(proof, value)]


def _beside_line(proof: SectionProof, value: float) -> list[list[Node]]:
    cell = proof.cell
    line, share = cell.threshold, cell.floor_share
    if line is None or share is None:
        return [[text("proof.no_rule")]]
    standard = text("proof.standard", stage=text(f"stage.{cell.stage}"))
    threshold = strong(formula.exact(line), data_formula="threshold")
    floor = float(share)
    sentence = text("proof.reaches", share=formatting.share(value / float(line), 1, floor))
    if not cell.is_met:
        key = "above_floor" if cell.is_floor_met else "below_floor"
        sentence += text(f"proof.{key}", floor=formatting.share(floor))
    return [[standard, threshold, f" {cell.unit}"], [sentence], *_exact_comparison(proof, line)]


def _exact_comparison(proof: SectionProof, line: Decimal) -> list[list[Node]]:
    """Both sides of the formula above times what it divides by: no quotient, no rounding."""
    cell = proof.cell
    if cell.total is None or cell.weighted_pupils is None or cell.pupils is None:
        return []
    left, right = Decimal(cell.factor) * cell.total, line * cell.pupils
    if formula.is_shared(cell, proof.weights):
        left, right = left * cell.stage_weight, line * cell.weighted_pupils
    sign = "≥" if cell.is_met else "<"
    comparison = text("proof.unrounded", left=formula.exact(left), sign=sign, right=formula.exact(right))
    return [[small(comparison)]]


def _nearness(cell: SectionCell) -> list[Line]:
    if cell.is_met is None or not cell.is_in_scope:
        return []
    if cell.is_met:
        spare = formula.slack(cell)
        if spare is None:
            return []
        lost = spare + 1 if cell.is_whole_unit else spare
        key = "near_whole" if cell.is_whole_unit else "near_amount"
        amount = formatting.rounded(lost, 0 if cell.is_whole_unit else 2) + cell.gap_unit
        return [(text("proof.near"), [text(f"proof.{key}", amount=amount)])]
    owed = owed_by_school(cell, cell.gap_unit)
    if cell.is_exempt:
        threshold = formatting.gap(cell.threshold_gap, cell.gap_unit)
        share = cell.floor_share
        floor = formatting.NONE if share is None else formatting.share(share).replace(".0%", "%")
        key = "spare" if is_spare(cell) else "floor" if cell.driving_stage == cell.stage else "floor_with"
        owed += text(f"proof.gap_{key}", gap=threshold, floor=floor)
    return [(text("proof.gap"), [owed])]


def _school_verdict(cell: SectionCell) -> Line:
    if not cell.is_in_scope:
        reason = text(f"reason.{cell.reason_code}") if cell.reason_code else ""
        return text("proof.school_verdict"), [text("proof.out_of_scope") + reason]
    verdict = strong(text(f"level.{LEVELS[cell.complies]}"), look=TONES[cell.complies])
    counted = text(
        "proof.school_rule",
        met=cell.met_count,
        total=cell.met_count + cell.missed_count + cell.undecidable_count,
        below=cell.below_floor_count,
    )
    return text("proof.school_verdict"), [verdict, counted]


def _share(cell: SectionCell) -> list[Line]:
    if cell.contribution is None:
        return []
    stage, share = text(f"stage.{cell.stage}"), formatting.share(cell.contribution)
    effect = text("proof.effect_words", stage=stage, indicator=cell.indicator_short_name, share=share)
    return [(text("proof.effect"), [effect])]


def _inputs(proof: SectionProof) -> Node:
    inputs = [
        text("proof.input", name=i.header, unit=i.unit, amount=_exact_words(proof.amounts.get(i.input_name)))
        for i in proof.inputs
    ]
    pupils = text("proof.pupils", stage=text(f"stage.{proof.cell.stage}"))
    inputs.append(text("proof.input", name=pupils, unit=text("unit.person"), amount=_exact_words(proof.cell.pupils)))
    return "；".join(inputs)


def _exact_words(amount: Decimal | None) -> str:
    return formatting.NONE if amount is None else formula.exact(amount)
