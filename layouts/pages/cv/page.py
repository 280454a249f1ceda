"""差异系数: size against value, and every section's share of S²."""

from data.proof_key import cv_key, section_key
from data.rows.proof import CvShareRow
from data.text import text
from layouts import formatting
from layouts.components.cells import linked, number_cell, picture_column, share_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column, data_table
from layouts.components.elements import block, disclosure, link_to, paragraph, run, scroll_region
from layouts.components.gloss import glossed
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import CvId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.cv.plot import LABELLED, plot
from layouts.pages.cv.rows import CvView
from layouts.parts.bars import share_bar
from layouts.parts.frame import Filter, section
from layouts.parts.small_charts import bullet
from layouts.parts.source import source_line
from layouts.parts.spread import spread_words
from layouts.routes import CV, DISTRICT, link


def panels(view: CvView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = page_head(route=CV, state=view.state, snapshot=view.snapshot, filters=filters)
    return [
        Panel(CvId.HEAD, "head", head),
        Panel(CvId.ANSWER, "answer", _headline(view)),
        Panel(CvId.PLOT, "plot-panel", [plot(view), _weighting(view)]),
        Panel(CvId.SHARES, "shares-panel", [_shares(view)]),
        Panel(CvId.SOURCE, "source-panel", [source_line(view, CV.draws)]),
    ]


def document_title(view: CvView) -> str:
    """Browser tab and history entry."""
    return page_title(view.row.district_name + view.name, text("navigation.cv"))


def _headline(view: CvView) -> list[Node]:
    row = view.row
    limit = float(row.cv_limit)
    why = link(CV, view.state, why=cv_key(row.district_code, row.stage, row.indicator_code))
    word = "undecidable_word" if row.cv is None else "within_word" if view.is_within else "over_word"
    tone = "c-na" if row.cv is None else "c-ok" if view.is_within else "c-fail"
    verdict = text(f"headline.{word}", limit=formatting.rounded(limit, 2))
    subject = row.district_name + view.name + text("navigation.cv")
    value = link_to(formatting.cv(row.cv, limit) + "，" + verdict, href=why, look=tone)
    return headline(subject, value, sub=_facts(view))


def _facts(view: CvView) -> list[Node]:
    """Of whom the CV is made, and what makes it large."""
    row = view.row
    href = link(DISTRICT, view.state, why="", stage="both", indicator="verdict")
    pupils = formatting.people(float(row.pupils))
    facts: list[Node] = [
        link_to(row.district_name, href=href, look="plain-link"),
        *glossed(text("cv.facts", count=row.section_count, pupils=pupils), "section"),
    ]
    if row.district_mean is not None:
        facts.append(text("cv.facts_mean", mean=formatting.value(row.district_mean), unit=row.unit))
    if row.missing_count:
        facts.append(text("proof.cv_missing", count=row.missing_count))
    if not row.is_recast_complete:
        facts.append(text("proof.cv_partial"))
    if view.spread is not None and row.cv is not None:
        facts += spread_words(row.cv, float(row.cv_limit), view.spread, is_within=row.is_within_limit)
    return facts


def _shares(view: CvView) -> Node:
    row = view.row
    if row.cv is None:
        title = text("cv.shares_unknown")
    else:
        total = sum(share.contribution or 0 for share in view.shares)
        title = text("cv.shares_title", total=formatting.share(total))
    limit = float(row.cv_limit)
    gauge = bullet(row.cv, limit, is_within=view.is_within, width=240)
    said = text("cv.gauge", cv=formatting.cv(row.cv, limit), limit=formatting.rounded(limit, 2))
    table = scroll_region(_table(view), label=title, look="share-scroll")
    rest = paragraph(text("cv.all_rows", count=len(view.shares)), look="src")
    return section(title, block(gauge, run(said, look="d"), look="gauge"), table, rest)


def _table(view: CvView) -> Node:
    row = view.row
    largest = max((s.contribution or 0 for s in view.shares), default=0) or 1
    first = {s.school_code for s in view.shares[:LABELLED]}

    def school(share: CvShareRow) -> Cell:
        why = section_key(share.school_code, row.stage, row.indicator_code)
        return linked(share.school_name, link(CV, view.state, why=why))

    def bar(share: CvShareRow) -> Node:
        return share_bar((share.contribution or 0) / largest, is_first=share.school_code in first)

    columns: list[Column[CvShareRow]] = [
        column("cv.col_", "school", school),
        column("cv.col_", "pupils", lambda s: cell(formatting.count(float(s.pupils)), look="mut"), Kind.COUNT),
        column("cv.col_", "value", lambda s: number_cell(s.section_value), Kind.NUMBER),
        picture_column("bar", bar, head=text("cv.col_bar")),
        column("cv.col_", "share", lambda s: share_cell(s.contribution, look="b"), Kind.SHARE),
    ]
    return data_table(columns, view.shares, name=text("sheet.shares"), key=lambda s: s.school_code)


def _weighting(view: CvView) -> Node:
    if view.cv_unweighted is None or view.row.cv is None:
        return None
    limit = float(view.row.cv_limit)
    comparison = text(
        "cv.unweighted",
        weighted=formatting.cv(view.row.cv, limit),
        plain=formatting.cv(view.cv_unweighted, limit),
        sample=formatting.cv(view.cv_sample, limit),
    )
    return disclosure(text("cv.unweighted_title"), paragraph(comparison, look="d"), look="why-not")
