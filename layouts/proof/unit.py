"""Proof of a unit's overall verdict and of a single item."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.proof_key import cv_key, item_key
from data.rows.overview import GapRow, UnitCvRow, UnitStatusRow
from data.rows.proof import DistrictItemRow, Lineage
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.elements import small, strong
from layouts.markup import Node
from layouts.parts.demonstration import UNIT_KINDS
from layouts.parts.glyph import status
from layouts.proof.formula import exact
from layouts.proof.parts import LEVELS, TONES, Line, copy_button, drawer, lineage_lines, page_link, past_link, rule_line
from layouts.routes import DISTRICT, link


@dataclass(frozen=True)
class UnitProof:
    """Rows of the queries: the unit's standing, its items, its CVs, its schools that are short."""

    state: ViewState
    close: str
    unit: UnitStatusRow
    items: Sequence[DistrictItemRow]
    cvs: Sequence[UnitCvRow]
    gaps: Sequence[GapRow]
    nothing: Lineage
    snapshot: SnapshotInfo


def unit_proof(proof: UnitProof) -> list[Node]:
    """Why the unit has its verdict."""
    unit = proof.unit
    title = text("proof.unit_title", district=unit.name, word=text(f"level.{unit.standing}"))
    sentence = text("proof.unit_unreported", total=unit.item_count)
    if unit.is_reported:
        sentence = text(
            "proof.unit_counts",
            total=unit.item_count,
            met=unit.met_count,
            failed=unit.failed_count,
            undecidable=unit.undecidable_count,
        )
    lines: list[Line] = []
    unknown_word = text("proof.undecided" if unit.is_reported else "level.not_reported")
    for word, verdict in ((text("proof.failed"), False), (unknown_word, None)):
        items = [i for i in proof.items if i.is_counted and i.is_met is verdict]
        if items:
            lines.append((word, [_item_link(proof, i) for i in items]))
    vetoes = [i for i in proof.items if i.dimension == "veto" and i.is_met is False]
    unknown = any(i.is_met is None for i in proof.items if i.dimension == "veto")
    none = text("proof.veto_unknown" if unknown else "proof.no_veto")
    lines.append((text("proof.veto"), [_item_link(proof, i) for i in vetoes] or [none]))
    lines.append(rule_line(proof.items[0]))
    lines += lineage_lines(proof.nothing, [], proof.snapshot, UNIT_KINDS)
    box: list[list[Node]] = [[sentence], [small(text("proof.unit_rule"))]]
    return drawer(title, unit.standing, box, lines, _actions(proof), proof.close)


def item_level(unit: UnitStatusRow, item: DistrictItemRow) -> str:
    """The level of an item: of one without a verdict, whether it was reported."""
    if item.is_met is None:
        is_reported = unit.is_reported if item.rule_kind == "resource" else item.is_reported
        return "undecidable" if is_reported else "not_reported"
    if item.is_met:
        return "met"
    return "veto" if item.dimension == "veto" else "unmet"


def item_proof(proof: UnitProof, code: str) -> list[Node]:
    """Why one item is met, not met or undecidable."""
    item = next(i for i in proof.items if i.item_code == code)
    level = item_level(proof.unit, item)
    title = text("proof.item_title", district=proof.unit.name, code=code, name=item.item_short_name)
    resource = item.rule_kind == "resource"
    box = _resource_box(proof, code) if resource else _reported_box(item)
    lines: list[Line] = [(text("proof.verdict"), [status(level)]), (text("proof.item_name"), [item.item_name])]
    if resource:
        lines += _resource_lines(proof, code)
    if item.note:
        lines.append((text("proof.note"), [item.note]))
    lines.append(rule_line(item))
    kinds = ("school_return",) if resource else ("district_item",)
    lines += lineage_lines(item, [], proof.snapshot, kinds)
    return drawer(title, level, box, lines, _actions(proof), proof.close)


def _item_link(proof: UnitProof, item: DistrictItemRow) -> Node:
    return past_link(
        f"{item.item_code} {item.item_short_name}",
        href=_why(proof, item_key(proof.unit.district_code, item.item_code)),
        key=item.item_code,
    )


def _why(proof: UnitProof, key: str) -> str:
    return link(DISTRICT, proof.state, district=proof.unit.district_code, why=key)


def _reported_box(item: DistrictItemRow) -> list[list[Node]]:
    if not item.is_reported:
        return [[text("proof.not_reported")]]
    if item.is_not_recast:
        return [[text("proof.not_recast")]]
    amount, line = item.amount, item.threshold
    if item.rule_kind == "minimum" and amount is not None and line is not None:
        sign = "≥" if item.is_met else "<"
        return [
            [text("proof.reported_amount"), strong(exact(amount), data_formula="value"), f" {item.unit}"],
            [text("proof.item_line"), strong(exact(line), data_formula="threshold"), f" {item.unit}"],
            [small(text("proof.unrounded", left=exact(amount), sign=sign, right=exact(line)))],
        ]
    word = text(f"level.{LEVELS[item.is_met_reported]}")
    return [[text("proof.reported_verdict", word=word)]]


def _resource_box(proof: UnitProof, code: str) -> list[list[Node]]:
    if not proof.unit.is_reported:
        return [[text("proof.not_reported")]]
    gaps = [g for g in proof.gaps if g.indicator_code == code]
    short, spare = sum(g.section_count for g in gaps), sum(g.spare_section_count for g in gaps)
    cvs = [c for c in proof.cvs if c.indicator_code == code]
    unknown = [text(f"stage.{c.stage}") for c in cvs if c.is_within_limit is None]
    sentence = text("proof.resource_short", short=short)
    if len(unknown) < len(cvs):
        over = sum(1 for c in cvs if c.is_within_limit is False)
        sentence = text("proof.resource_counts", over=over, short=short)
    if unknown:
        sentence += text("proof.resource_unknown", stages="、".join(unknown))
    if spare:
        sentence += text("proof.resource_spare", count=spare)
    return [[sentence], [small(text("proof.resource_rule"))]]


def _resource_lines(proof: UnitProof, code: str) -> list[Line]:
    lines: list[Line] = []
    for cv in (c for c in proof.cvs if c.indicator_code == code):
        href = _why(proof, cv_key(proof.unit.district_code, cv.stage, code))
        comparison = text(
            "proof.cv_short", cv=formatting.cv(cv.cv, cv.cv_limit), limit=formatting.rounded(cv.cv_limit, 2)
        )
        verdict = past_link(comparison, href=href, tone=TONES[cv.is_within_limit])
        lines.append((text("proof.cv_of", stage=text(f"stage.{cv.stage}")), [verdict]))
    gaps = [g for g in proof.gaps if g.indicator_code == code and g.section_count]
    if gaps:
        shortfall = text(
            "proof.gap_short",
            sections=sum(g.section_count for g in gaps),
            gap=formatting.gap(sum(g.gap for g in gaps), gaps[0].gap_unit),
        )
        lines.append((text("proof.gap"), [shortfall]))
    return lines


def _actions(proof: UnitProof) -> list[Node]:
    href = link(DISTRICT, proof.state, why="", district=proof.unit.district_code)
    return [page_link(text("proof.open_district"), href), copy_button()]
