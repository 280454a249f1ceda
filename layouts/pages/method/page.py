"""怎么算的: the words, how the units stand on each item, then every table from the catalogue's rows."""

from datetime import date

from data.catalogue.recognition_tables import RecognitionBatch
from data.catalogue.tables import Indicator, Parameter, SchoolRule, ScopeRule, SplitWeight
from data.text import text
from layouts import formatting
from layouts.components.data_table import cell
from layouts.components.heads import headline, page_head, page_title
from layouts.components.terms import find_field
from layouts.ids import MethodId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.pages.method.rows import MethodView
from layouts.pages.method.standing import contents, item_standing, words_first
from layouts.pages.method.table import catalogue_table, confirmed, line_cell, rule_table
from layouts.parts.frame import Filter
from layouts.parts.source import source_line
from layouts.proof.formula import exact
from layouts.routes import METHOD

SECTIONS = (
    "glossary",
    "standing",
    "indicators",
    "school_rule",
    "thresholds",
    "cv_limits",
    "items",
    "scope",
    "boundaries",
    "phases",
    "recognitions",
    "sources",
    "parameters",
)


def panels(view: MethodView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = page_head(route=METHOD, state=view.state, snapshot=view.snapshot, filters=filters)
    first = [
        find_field(text("method.find"), text("method.find_hint"), text("method.find_none")),
        contents(SECTIONS if view.matrix_items else SECTIONS[:1] + SECTIONS[2:]),
        words_first(),
    ]
    rules = [
        _indicators(view),
        _school_rule(view),
        _thresholds(view),
        _cv_limits(view),
        _items(view),
        _scope(view),
        _boundaries(view),
        _phases(view),
        _recognitions(view),
        _sources(view),
        _parameters(view),
    ]
    return [
        Panel(MethodId.HEAD, "head", head),
        Panel(MethodId.ANSWER, "answer", _headline(view)),
        Panel(MethodId.BODY, "body-panel", first),
        Panel(MethodId.STANDING, "standing-panel body-panel", [item_standing(view)]),
        Panel(MethodId.RULES, "rules-panel body-panel", rules),
        Panel(MethodId.SOURCE, "source-panel", [source_line(view, METHOD.draws)]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return page_title(text("method.name"))


def _headline(view: MethodView) -> list[Node]:
    resource = sum(1 for i in view.indicators if i.regime == "quality_balanced")
    reported = sum(1 for i in view.items if i.dimension not in ("veto", "prerequisite"))
    return headline(text("method.title", total=reported + resource, resource=resource), sub=[text("method.sub")])


def _formula(view: MethodView, indicator: Indicator) -> str:
    numerator = ""
    for number, term in enumerate(i for i in view.inputs if i.indicator_code == indicator.indicator_code):
        sign = "" if not number else f" {formatting.MINUS} " if term.coefficient < 0 else " + "
        factor = abs(term.coefficient)
        numerator += sign + view.input_names[term.field_code]
        numerator += f" × {exact(factor)}" if factor != 1 else ""
    top = f"({numerator})" if "+" in numerator or formatting.MINUS in numerator else numerator
    formula = top + text("method.per_pupil")
    if indicator.factor != 1:
        formula += f" × {indicator.factor}"
    return formula + (text("method.split") if indicator.is_split else "")


def _indicators(view: MethodView) -> Node:
    return catalogue_table(
        "indicators",
        view.indicators,
        code=lambda i: i.indicator_code,
        name=lambda i: i.name,
        unit=lambda i: i.unit,
        formula=lambda i: _formula(view, i),
        source=lambda i: view.document(i.source_code),
    )


def _thresholds(view: MethodView) -> Node:
    return rule_table(
        view,
        "thresholds",
        view.thresholds,
        code=lambda t: t.indicator_code,
        stage=lambda t: text(f"stage.{t.stage}"),
        line=lambda t: line_cell("≥", t.threshold),
    )


def _cv_limits(view: MethodView) -> Node:
    return rule_table(
        view,
        "cv_limits",
        view.cv_limits,
        lead=text("method.cv_lead"),
        code=lambda c: text("method.composite") if c.indicator_code == "composite" else c.indicator_code,
        stage=lambda c: text(f"stage.{c.stage}"),
        line=lambda c: cell(f"≤ {formatting.rounded(c.cv_limit, 2)}", value=c.cv_limit),
    )


def _school_rule(view: MethodView) -> Node:
    """How many items a school may miss, and with which weights a mixed school is split."""
    rules: list[SchoolRule | SplitWeight] = [*view.school_rules, view.split_weights[0]]
    return rule_table(view, "school_rule", rules, rule=lambda rule: _rule_words(view, rule))


def _rule_words(view: MethodView, rule: SchoolRule | SplitWeight) -> str:
    if isinstance(rule, SplitWeight):
        weights = "；".join(f"{text(f'stage.{w.stage}')} {exact(w.weight)}" for w in view.split_weights)
        return text("method.weights", weights=weights)
    total = sum(1 for i in view.indicators if i.regime == rule.regime)
    floor = formatting.share(float(rule.floor_share))
    return text("method.allowed", total=total, count=rule.allowed_shortfalls, floor=floor)


def _items(view: MethodView) -> Node:
    return rule_table(
        view,
        "items",
        view.items,
        code=lambda i: i.item_code,
        dimension=lambda i: view.dimensions[i.dimension],
        name=lambda i: i.name,
        line=lambda i: text("method.judged") if i.threshold is None else line_cell("≥", i.threshold, i.unit),
    )


def _scope(view: MethodView) -> Node:
    def rule(scope: ScopeRule) -> str:
        least = scope.minimum_pupils
        return text("method.never") if least is None else text("method.from_pupils", count=least)

    return rule_table(view, "scope", view.scope_rules, type=lambda s: view.school_types[s.school_type], rule=rule)


def _parameter(parameter: Parameter) -> str:
    """A number as it is set; a year without a comma."""
    return str(int(parameter.value)) if parameter.unit == "year" else formatting.plain(parameter.value)


def _parameters(view: MethodView) -> Node:
    return rule_table(view, "parameters", view.parameters, name=lambda p: p.name, line=_parameter)


def _boundaries(view: MethodView) -> Node:
    day = view.period.snapshot_date
    return catalogue_table(
        "boundaries",
        sorted(view.successions, key=lambda s: (s.effective_on, s.predecessor_code)),
        lead=text("method.boundary_lead", count=_units_on(view, day), day=formatting.day(day)),
        day=lambda s: s.effective_on,
        before=lambda s: view.district_names[s.predecessor_code],
        after=lambda s: view.district_names[s.successor_code],
        how=lambda s: text("method.whole" if s.is_whole else "method.part"),
        note=lambda s: s.note,
        state=confirmed,
    )


def _units_on(view: MethodView, day: date) -> int:
    return sum(
        1 for d in view.districts if d.is_expected and d.valid_from <= day and (d.valid_to is None or day <= d.valid_to)
    )


def _phases(view: MethodView) -> Node:
    return rule_table(
        view, "phases", view.phases, name=lambda p: p.name, line=lambda p: text("method.until", year=p.target_year)
    )


def _recognitions(view: MethodView) -> Node:
    missing = text("method.not_recorded")
    return catalogue_table(
        "recognitions",
        view.recognition_batches,
        name=lambda b: b.name,
        number=lambda b: b.document_number or missing,
        day=lambda b: b.published_on or missing,
        units=lambda b: str(b.unit_count),
        named=lambda b: _recognised(view, b),
        state=confirmed,
        note=lambda b: b.note,
    )


def _recognised(view: MethodView, batch: RecognitionBatch) -> str:
    units = [r for r in view.recognitions if r.batch_code == batch.batch_code]
    names = [view.district_names[r.district_code] + (f"（{r.note}）" if r.note else "") for r in units]
    if len(names) < batch.unit_count:
        names.append(text("method.names_missing"))
    return "、".join(names)


def _sources(view: MethodView) -> Node:
    return catalogue_table(
        "sources",
        view.sources,
        name=lambda s: s.title,
        number=lambda s: s.document_number,
        day=lambda s: s.issued_on or "",
        note=lambda s: s.note,
    )
