"""口径 as a list of panels: every table is written from the catalogue's rows."""

from datetime import date

from data.catalogue.tables import Indicator
from data.text import text
from layouts import formatting
from layouts.ids import MethodId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.pages.method.rows import MethodView
from layouts.pages.method.table import catalogue_table, confirmed, span
from layouts.parts.frame import Filter, filter_bar, header
from layouts.parts.source import source_line
from layouts.proof.formula import exact
from layouts.routes import METHOD


def panels(view: MethodView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = [*header(METHOD, view.state), filter_bar(filters, view.snapshot, METHOD.draws)]
    count = sum(1 for i in view.items if i.dimension not in ("veto", "prerequisite"))
    resource = [i for i in view.indicators if i.regime == "quality_balanced"]
    answer = [
        h(
            "h1",
            {"id": "content", "tabIndex": -1, "className": "small"},
            text("method.title", total=count + len(resource), resource=len(resource)),
        ),
        h("p", {"className": "sub"}, text("method.sub")),
    ]
    body = [
        _indicators(view),
        _thresholds(view),
        _cv_limits(view),
        _school_rule(view),
        _items(view),
        _scope(view),
        _parameters(view),
        _boundaries(view),
        _phases(view),
        _recognitions(view),
        _sources(view),
        _glossary(view),
    ]
    return [
        Panel(MethodId.HEAD, "head", head),
        Panel(MethodId.ANSWER, "answer", answer),
        Panel(MethodId.BODY, "body-panel", body),
        Panel(MethodId.SOURCE, "source-panel", [source_line(view, METHOD.draws)]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return " · ".join((text("navigation.method"), text("app.name")))


def _formula(view: MethodView, indicator: Indicator) -> str:
    words = ""
    for number, one in enumerate(i for i in view.inputs if i.indicator_code == indicator.indicator_code):
        sign = "" if not number else f" {formatting.MINUS} " if one.coefficient < 0 else " + "
        factor = abs(one.coefficient)
        words += sign + view.input_names[one.field_code]
        words += f" × {exact(factor)}" if factor != 1 else ""
    top = f"({words})" if "+" in words or formatting.MINUS in words else words
    formula = top + text("method.per_pupil")
    if indicator.factor != 1:
        formula += f" × {indicator.factor}"
    return formula + (text("method.split") if indicator.is_split else "")


def _indicators(view: MethodView) -> Node:
    rows = [
        [i.indicator_code, i.name, i.unit, _formula(view, i), view.document(i.source_code)] for i in view.indicators
    ]
    return catalogue_table("indicators", ("code", "name", "unit", "formula", "source"), rows)


def _thresholds(view: MethodView) -> Node:
    rows = [
        [
            t.indicator_code,
            text(f"stage.{t.stage}"),
            "≥ " + formatting.plain(t.threshold),
            span(t),
            view.document(t.source_code),
            confirmed(t),
        ]
        for t in view.thresholds
    ]
    return catalogue_table("thresholds", ("code", "stage", "line", "span", "source", "state"), rows)


def _cv_limits(view: MethodView) -> Node:
    rows = [
        [
            text("method.composite") if c.indicator_code == "composite" else c.indicator_code,
            text(f"stage.{c.stage}"),
            "≤ " + formatting.rounded(c.cv_limit, 2),
            span(c),
            view.document(c.source_code),
            confirmed(c),
        ]
        for c in view.cv_limits
    ]
    return catalogue_table(
        "cv_limits", ("code", "stage", "line", "span", "source", "state"), rows, lead=text("method.cv_lead")
    )


def _school_rule(view: MethodView) -> Node:
    rows = [
        [
            text(
                "method.allowed",
                total=sum(1 for i in view.indicators if i.regime == r.regime),
                count=r.allowed_shortfalls,
                floor=formatting.share(float(r.floor_share)),
            ),
            span(r),
            view.document(r.source_code),
            confirmed(r),
        ]
        for r in view.school_rules
    ]
    weights = "；".join(f"{text(f'stage.{w.stage}')} {exact(w.weight)}" for w in view.split_weights)
    rows.append(
        [
            text("method.weights", weights=weights),
            span(view.split_weights[0]),
            view.document(view.split_weights[0].source_code),
            confirmed(view.split_weights[0]),
        ]
    )
    return catalogue_table("school_rule", ("rule", "span", "source", "state"), rows)


def _items(view: MethodView) -> Node:
    rows = [
        [
            i.item_code,
            view.dimensions[i.dimension],
            i.name,
            text("method.judged") if i.threshold is None else f"≥ {formatting.plain(i.threshold)}{i.unit}",
            span(i),
            view.document(i.source_code),
            confirmed(i),
        ]
        for i in view.items
    ]
    return catalogue_table("items", ("code", "dimension", "name", "line", "span", "source", "state"), rows)


def _scope(view: MethodView) -> Node:
    rows = [
        [
            view.school_types[s.school_type],
            text("method.never") if s.minimum_pupils is None else text("method.from_pupils", count=s.minimum_pupils),
            span(s),
            view.document(s.source_code),
            confirmed(s),
        ]
        for s in view.scope_rules
    ]
    return catalogue_table("scope", ("type", "rule", "span", "source", "state"), rows)


def _parameters(view: MethodView) -> Node:
    rows = [
        [p.name, formatting.plain(p.value), span(p), view.document(p.source_code), confirmed(p)]
        for p in view.parameters
    ]
    return catalogue_table("parameters", ("name", "line", "span", "source", "state"), rows)


def _boundaries(view: MethodView) -> Node:
    rows = [
        [
            formatting.day(s.effective_on),
            view.district_names[s.predecessor_code],
            view.district_names[s.successor_code],
            text("method.whole" if s.is_whole else "method.part"),
            s.note,
            confirmed(s),
        ]
        for s in sorted(view.successions, key=lambda s: (s.effective_on, s.predecessor_code))
    ]
    units = text(
        "method.boundary_lead",
        count=_units_on(view, view.period.snapshot_date),
        day=formatting.day(view.period.snapshot_date),
    )
    return catalogue_table("boundaries", ("day", "before", "after", "how", "note", "state"), rows, lead=units)


def _units_on(view: MethodView, day: date) -> int:
    return sum(
        1 for d in view.districts if d.is_expected and d.valid_from <= day and (d.valid_to is None or day <= d.valid_to)
    )


def _phases(view: MethodView) -> Node:
    rows = [
        [p.name, text("method.until", year=p.target_year), span(p), view.document(p.source_code), confirmed(p)]
        for p in view.phases
    ]
    return catalogue_table("phases", ("name", "line", "span", "source", "state"), rows)


def _recognitions(view: MethodView) -> Node:
    missing = text("method.not_recorded")
    rows: list[list[str]] = []
    for batch in view.recognition_batches:
        names = [
            view.district_names[r.district_code] + (f"（{r.note}）" if r.note else "")
            for r in view.recognitions
            if r.batch_code == batch.batch_code
        ]
        if len(names) < batch.unit_count:
            names.append(text("method.names_missing"))
        day = missing if batch.published_on is None else formatting.day(batch.published_on)
        rows.append(
            [
                batch.name,
                batch.document_number or missing,
                day,
                str(batch.unit_count),
                "、".join(names),
                confirmed(batch),
                batch.note,
            ]
        )
    columns = ("name", "number", "day", "units", "named", "state", "note")
    return catalogue_table("recognitions", columns, rows)


def _sources(view: MethodView) -> Node:
    rows = [
        [s.title, s.document_number, formatting.day(s.issued_on) if s.issued_on else "", s.note] for s in view.sources
    ]
    return catalogue_table("sources", ("name", "number", "day", "note"), rows)


def _glossary(view: MethodView) -> Node:
    return catalogue_table("glossary", ("identifier", "name"), [[g.identifier, g.name] for g in view.glossary])
