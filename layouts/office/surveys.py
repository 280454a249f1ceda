"""满意度调查: the rounds, the rehearsals apart from them, and the form by which either is planned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.matter_tables import MatterState, SurveyGroup
from data.rows.surveys import Side, SurveyResult, SurveyRow
from data.store.surveys import MOST_PEOPLE, MOST_ROUND, REHEARSAL, SURVEY
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell, day_cell, linked
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.forms import (
    choice_field,
    date_field,
    hidden_field,
    long_field,
    number_field,
    post_form,
    submit_button,
    text_field,
    tick_list,
)
from layouts.components.rest import no_rows
from layouts.components.sections import heading, region
from layouts.components.segments import Segment, segments
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.matter_filter import MatterFilter, state_bar, unit_filter
from layouts.office.supervision_ways import supervision_ways
from layouts.office.survey_words import interval_words, share_words
from layouts.office.table import long_words, office_table
from layouts.parts.demonstration import invented_line
from layouts.routes import SURVEYS

PATHS = {SURVEY: SURVEYS.path, REHEARSAL: f"{SURVEYS.path}/rehearsals"}
FILE = f"{SURVEYS.path}/file.xlsx"


@dataclass(frozen=True)
class NewSurveyForm:
    """What a new round or rehearsal may be of, and what the form begins with."""

    units: Sequence[tuple[str, str]]
    periods: Sequence[str]
    groups: Sequence[SurveyGroup]
    period: str
    round_number: int
    chosen: Sequence[str]


@dataclass(frozen=True)
class SurveysView:
    """The surveys of one kind and filter.

    `of_kind` counts both kinds of the chosen unit, `sides` the released rounds by their result.
    """

    matter_kind: str
    rows: Sequence[SurveyRow]
    counts: Mapping[str, int]
    of_kind: Mapping[str, int]
    late_count: int
    sides: Mapping[Side | None, int]
    states: Sequence[MatterState]
    state: str
    district_code: str
    units: Sequence[tuple[str, str]]
    form: NewSurveyForm | None
    asks_actor: bool
    today: date


def surveys_page(view: SurveysView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, both kinds, the filter, the list, and the form."""
    chosen = surveys_filter(view)
    file = chosen.address(FILE, kind=view.matter_kind)
    return document(
        text(f"survey.title_{view.matter_kind}"),
        [
            supervision_ways(SURVEYS.path),
            heading(surveys_headline(view), level=1),
            invented_line(is_demonstration=any(r.survey.is_demonstration for r in view.rows)),
            rehearsal_mark() if view.matter_kind == REHEARSAL else paragraph(text("survey.about"), look="src"),
            paragraph(_sides(view)) if view.sides else None,
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            _kinds(view),
            unit_filter(chosen),
            state_bar(chosen),
            block(link_to(text("survey.as_file"), href=file, look="button", stays=False), look="in-row")
            if view.rows
            else None,
            surveys_table(view.rows, view.states, view.today, view.matter_kind),
            _more(view),
            _form(view, token),
        ],
        "office surveys",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def rehearsal_mark() -> Node:
    """That it is a rehearsal, and what that means."""
    return paragraph(run(text("survey.rehearsal"), look="demo"), text("survey.rehearsal_means"))


def surveys_table(rows: Sequence[SurveyRow], states: Sequence[MatterState], today: date, matter_kind: str) -> Node:
    """A row for each survey; what the viewer may not know yet is a dash."""
    if not rows:
        return no_rows(text("survey.empty"))
    names = {s.state_code: s.name for s in states}
    open_codes = {s.state_code for s in states if s.is_open}
    columns: list[Column[SurveyRow]] = [
        column("survey.column.", "code", lambda r: linked(r.survey.matter_code, _address(r)), Kind.NAME),
        column("survey.column.", "unit", lambda r: r.unit_name),
        column("survey.column.", "subject", lambda r: long_words(r.survey.subject)),
        column("survey.column.", "period", lambda r: r.period),
        column("survey.column.", "round", lambda r: count_cell(r.survey.round), Kind.COUNT),
        column("survey.column.", "state", lambda r: names[r.survey.state]),
        column("survey.column.", "due", lambda r: _due(r, today, is_open=r.survey.state in open_codes), Kind.DATE),
        column("survey.column.", "answered", lambda r: count_cell(_pooled(r.counts, "answered")), Kind.COUNT),
        column("survey.column.", "share", _share, Kind.SHARE),
        column("survey.column.", "interval", _interval),
    ]
    if matter_kind == SURVEY:
        columns.append(column("survey.column.", "side", _side))
    return office_table(columns, rows, name=text(f"survey.title_{matter_kind}"), key=lambda r: r.survey.matter_code)


def groups_table(rows: Sequence[SurveyRow], title: str) -> Node:
    """The groups of every survey below each other, for files."""
    lines = [(r, r.counts, group) for r in rows if r.counts for group in r.counts.groups]
    columns: list[Column[tuple[SurveyRow, SurveyResult, int]]] = [
        column("survey.column.", "code", lambda p: p[0].survey.matter_code, Kind.NAME),
        column("survey.column.", "unit", lambda p: p[0].unit_name),
        column("survey.column.", "group", lambda p: p[1].groups[p[2]].name),
        column("survey.column.", "asked", lambda p: count_cell(p[1].groups[p[2]].asked), Kind.COUNT),
        column("survey.column.", "answered", lambda p: count_cell(p[1].groups[p[2]].answered), Kind.COUNT),
        column("survey.column.", "satisfied", lambda p: count_cell(p[1].groups[p[2]].satisfied), Kind.COUNT),
        column("survey.column.", "result", lambda p: _words(p[0], p[2])),
    ]
    numbered = [(r, counts, counts.groups.index(group)) for r, counts, group in lines]
    return office_table(columns, numbered, name=title)


def _words(row: SurveyRow, number: int) -> str:
    return formatting.NONE if row.result is None else share_words(row.result.groups[number], row.result)


def surveys_tables(view: SurveysView) -> Node:
    """The list, and the groups of each survey of it, for files."""
    groups = text("survey.groups")
    listed = surveys_table(view.rows, view.states, view.today, view.matter_kind)
    return block(listed, region(heading(groups), groups_table(view.rows, groups)))


def surveys_headline(view: SurveysView) -> str:
    """How many there are, are open and are late."""
    waiting = sum(view.counts.get(s.state_code, 0) for s in view.states if s.is_open)
    count = formatting.count(sum(view.counts.values()))
    said = text(f"survey.headline_{view.matter_kind}", count=count, open=formatting.count(waiting))
    return said + (text("matter.headline_late", count=formatting.count(view.late_count)) if view.late_count else "")


def _sides(view: SurveysView) -> str:
    """How many released rounds lie where."""
    counted = [text(f"survey.count_{side}", count=view.sides[side]) for side in Side if view.sides.get(side)]
    counted += [text("survey.count_none", count=count)] if (count := view.sides.get(None)) else []
    return text("survey.released", count=sum(view.sides.values()), sides="，".join(counted))


def surveys_count(view: SurveysView) -> int:
    """How many surveys the filter has."""
    return view.counts.get(view.state, 0) if view.state else sum(view.counts.values())


def _more(view: SurveysView) -> Node:
    """How many of them are listed, where these are not all."""
    count = surveys_count(view)
    said = text("survey.more", shown=len(view.rows), count=formatting.count(count))
    return paragraph(said, look="src") if count > len(view.rows) else None


def surveys_filter(view: SurveysView) -> MatterFilter:
    """What is chosen of the list."""
    path = PATHS[view.matter_kind]
    return MatterFilter(path, view.state, view.district_code, view.units, view.states, view.counts)


def _kinds(view: SurveysView) -> Node:
    """The rounds, or the rehearsals: never both in one list."""
    return segments(
        [
            Segment(
                label=text(f"survey.kind_{kind}"),
                href=surveys_filter(view).address(path, state=""),
                is_chosen=kind == view.matter_kind,
                look="on" if kind == view.matter_kind else "",
                count=view.of_kind[kind],
            )
            for kind, path in PATHS.items()
        ],
        label=text("survey.kinds"),
    )


def _address(row: SurveyRow) -> str:
    return f"{SURVEYS.path}/{row.survey.matter_code}"


def _due(row: SurveyRow, today: date, *, is_open: bool) -> Cell:
    return day_cell(row.survey.due_on if is_open else None, look="t-unmet" if is_open and row.is_late(today) else "")


def _pooled(counts: SurveyResult | None, name: str) -> int | None:
    return None if counts is None else getattr(counts.pooled, name)


def _share(row: SurveyRow) -> Cell:
    result = row.result
    share = None if result is None else result.pooled.share
    if result is None or share is None:
        return cell(formatting.NONE)
    return cell(formatting.share(share, result.standard), value=share)


def _interval(row: SurveyRow) -> Cell:
    return cell(formatting.NONE if row.result is None else interval_words(row.result.pooled, row.result))


def _side(row: SurveyRow) -> Cell:
    side = None if row.result is None else row.result.pooled.side
    return cell(formatting.NONE if side is None else text(f"survey.place_{side}"))


def _form(view: SurveysView, token: str) -> Node:
    """Plan a round of units, or a rehearsal."""
    form, kind = view.form, view.matter_kind
    if form is None:
        return None
    units: Node = (
        hidden_field("district", form.units[0][0])
        if len(form.units) == 1
        else tick_list("district", text("survey.units"), form.units, chosen=form.chosen)
    )
    return region(
        heading(text(f"survey.plan_{kind}")),
        paragraph(text("survey.plan_hint"), look="src"),
        post_form(
            PATHS[kind],
            token,
            units,
            choice_field("period", text("survey.column.period"), [(p, p) for p in form.periods], chosen=form.period),
            number_field("round", text(f"survey.round_{kind}"), value=form.round_number, least=1, most=MOST_ROUND),
            date_field("due_on", text("survey.due_on")),
            *sample_fields(form.groups, {}),
            long_field("note", text("survey.note"), required=False),
            text_field("actor", text("form.actor")) if view.asks_actor else None,
            submit_button(text(f"survey.plan_{kind}")),
            look="office-form",
        ),
    )


def sample_fields(groups: Sequence[SurveyGroup], asked: Mapping[str, int]) -> list[Node]:
    """How many of each group are asked."""
    return [
        number_field(
            f"asked.{g.group_code}",
            text("survey.asked_of", group=g.name),
            value=asked.get(g.group_code, 0),
            least=0,
            most=MOST_PEOPLE,
        )
        for g in groups
    ]
