"""Proof of one CV: S, mean, limit, how near, who contributes most, earlier values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.proof_key import section_key
from data.rows.proof import CvPointRow, CvShareRow, DistrictCv, Lineage
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.elements import block, run, small, strong
from layouts.markup import Node
from layouts.parts.small_charts import bullet
from layouts.proof.formula import exact, quotient
from layouts.proof.parts import (
    LEVELS,
    Line,
    copy_button,
    drawer,
    history_line,
    lineage_lines,
    page_link,
    past_link,
    rule_line,
)
from layouts.routes import CV, DISTRICT, link

FIRST = 3


@dataclass(frozen=True)
class CvProof:
    """Rows of the queries: the stored CV, the shares of its sections, the values up to the period.

    `breaks` are, by the day of the first value that is of other boundaries, the days on which these changed.
    """

    state: ViewState
    close: str
    row: DistrictCv
    shares: Sequence[CvShareRow]
    history: Sequence[CvPointRow]
    breaks: Mapping[date, date]
    source: Lineage
    snapshot: SnapshotInfo


def cv_proof(proof: CvProof) -> list[Node]:
    """The panel."""
    row = proof.row
    level = LEVELS[row.is_within_limit]
    limit = float(row.cv_limit)
    title = text(
        "proof.cv_title",
        district=row.district_name,
        stage=text(f"stage.{row.stage}"),
        indicator=row.indicator_short_name,
        cv=formatting.cv(row.cv, limit),
    )
    pupils = formatting.count(row.pupils)
    inputs = text("proof.cv_inputs", sections=row.section_count, pupils=pupils, unit=row.indicator_name)
    lines: list[Line] = [
        *_nearness(row),
        *_largest(proof),
        (text("proof.inputs"), [inputs]),
        rule_line(row),
        *lineage_lines(proof.source, [], proof.snapshot, ("school_return",)),
        history_line(
            [(r.snapshot_date, formatting.cv(r.cv, r.cv_limit), r.is_within_limit) for r in proof.history], proof.breaks
        ),
    ]
    if not row.is_recast_complete:
        lines.insert(0, (text("proof.caution"), [text("proof.recast")]))
    keys = {"district": row.district_code, "stage": row.stage, "indicator": row.indicator_code}
    actions = [
        page_link(text("proof.open_cv"), link(CV, proof.state, why="", **keys)),
        page_link(text("proof.open_district"), link(DISTRICT, proof.state, why="", district=row.district_code)),
        copy_button(),
    ]
    gauge = bullet(row.cv, limit, is_within=bool(row.is_within_limit), width=320)
    return drawer(title, level, _box(row), lines, actions, proof.close, block(gauge, look="proof-bullet"))


def _box(row: DistrictCv) -> list[list[Node]]:
    limit = text("proof.cv_limit", stage=text(f"stage.{row.stage}"))
    if row.cv is None or row.standard_deviation is None or row.district_mean is None:
        return [[_why_undefined(row)], [limit, strong(exact(row.cv_limit))]]
    formula = quotient(row.standard_deviation, row.district_mean, row.cv, float(row.cv_limit))
    value = strong(formatting.cv(row.cv, float(row.cv_limit)))
    return [
        [small(text("proof.cv_formula"))],
        [text("proof.cv_symbol"), run(formula, data_formula="value"), " = ", value],
        [limit, strong(exact(row.cv_limit), data_formula="limit")],
    ]


def _why_undefined(row: DistrictCv) -> str:
    if row.missing_count:
        return text("proof.cv_missing", count=row.missing_count)
    return text("proof.cv_no_mean" if row.is_recast_complete else "proof.cv_partial")


def _nearness(row: DistrictCv) -> list[Line]:
    if row.cv is None:
        return []
    distance = Decimal(repr(row.cv)) - row.cv_limit
    key = "cv_over" if not row.is_within_limit else "cv_within"
    printed = formatting.smallest(abs(distance), 4)
    return [(text("proof.near"), [text(f"proof.{key}", distance=printed)])]


def _largest(proof: CvProof) -> list[Line]:
    rows = [(r, r.contribution) for r in proof.shares if r.contribution is not None][:FIRST]
    if not rows:
        return []
    place = {"district": proof.row.district_code, "stage": proof.row.stage, "indicator": proof.row.indicator_code}

    def school(row: CvShareRow, share: float) -> Node:
        why = section_key(row.school_code, proof.row.stage, proof.row.indicator_code)
        href = link(CV, proof.state, why=why, **place)
        return past_link(f"{row.school_name} ", strong(formatting.share(share)), href=href, key=row.school_code)

    return [(text("proof.largest"), [school(row, share) for row, share in rows])]
