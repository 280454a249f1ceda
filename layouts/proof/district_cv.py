"""Proof of one CV: S, mean, limit, how near, who contributes most, earlier values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.rows.proof import CvPointRow, CvShareRow, DistrictCv, Lineage
from data.rows.publication import SnapshotInfo
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.markup import Node, h
from layouts.parts.small_charts import bullet
from layouts.proof.formula import exact, quotient
from layouts.proof.key import section_key
from layouts.proof.parts import Line, copy_button, drawer, history_line, lineage_lines, page_link, rule_line
from layouts.routes import CV, DISTRICT, link

FIRST = 3


@dataclass(frozen=True)
class CvProof:
    """Rows of the queries: the stored CV, the shares of its sections, earlier values."""

    state: ViewState
    close: str
    row: DistrictCv
    shares: Sequence[CvShareRow]
    history: Sequence[CvPointRow]
    source: Lineage
    snapshot: SnapshotInfo


def cv_proof(proof: CvProof) -> list[Node]:
    """The panel."""
    row = proof.row
    level = {True: "met", False: "unmet", None: "undecidable"}[row.is_within_limit]
    limit = float(row.cv_limit)
    title = text(
        "proof.cv_title",
        district=row.district_name,
        stage=text(f"stage.{row.stage}"),
        indicator=row.indicator_short_name,
        cv=formatting.cv(row.cv, limit),
    )
    lines: list[Line] = [
        *_nearness(row),
        *_largest(proof),
        (
            text("proof.inputs"),
            [
                text(
                    "proof.cv_inputs",
                    sections=row.section_count,
                    pupils=formatting.count(row.pupils),
                    unit=row.indicator_name,
                )
            ],
        ),
        rule_line(row),
        *lineage_lines(proof.source, [], proof.snapshot, ("school_return",)),
        history_line(
            [
                (formatting.month(r.snapshot_date), formatting.cv(r.cv, r.cv_limit), r.is_within_limit)
                for r in proof.history
            ]
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
    picture = h(
        "div", {"className": "proof-bullet"}, bullet(row.cv, limit, is_within=bool(row.is_within_limit), width=320)
    )
    return drawer(title, level, _box(row), lines, actions, proof.close, picture)


def _box(row: DistrictCv) -> list[list[Node]]:
    limit = text("proof.cv_limit", stage=text(f"stage.{row.stage}"))
    if row.cv is None or row.standard_deviation is None or row.district_mean is None:
        words = text("proof.cv_missing", count=row.missing_count) if row.missing_count else text("proof.cv_no_mean")
        return [[words], [limit, h("b", {}, exact(row.cv_limit))]]
    formula = quotient(row.standard_deviation, row.district_mean, row.cv, float(row.cv_limit))
    return [
        [h("small", {}, text("proof.cv_formula"))],
        [
            text("proof.cv_symbol"),
            h("span", {"data-formula": "value"}, formula),
            " = ",
            h("b", {}, formatting.cv(row.cv, float(row.cv_limit))),
        ],
        [limit, h("b", {"data-formula": "limit"}, exact(row.cv_limit))],
    ]


def _nearness(row: DistrictCv) -> list[Line]:
    if row.cv is None:
        return []
    distance = Decimal(repr(row.cv)) - row.cv_limit
    key = "cv_over" if not row.is_within_limit else "cv_within"
    words = formatting.smallest(abs(distance), 4)
    return [(text("proof.near"), [text(f"proof.{key}", distance=words)])]


def _largest(proof: CvProof) -> list[Line]:
    rows = [(r, r.contribution) for r in proof.shares if r.contribution is not None][:FIRST]
    if not rows:
        return []
    row = proof.row
    return [
        (
            text("proof.largest"),
            [
                h(
                    "a",
                    {
                        "key": r.school_code,
                        "data-nav": "1",
                        "className": "past",
                        "href": link(
                            CV,
                            proof.state,
                            district=row.district_code,
                            stage=row.stage,
                            indicator=row.indicator_code,
                            why=section_key(r.school_code, row.stage, row.indicator_code),
                        ),
                    },
                    f"{r.school_name} ",
                    h("b", {}, formatting.share(share)),
                )
                for r, share in rows
            ],
        )
    ]
