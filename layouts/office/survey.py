"""One survey: what was found and how sure that is, its groups, the steps, and what was done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.catalogue.matter_tables import MatterState, SurveyGroup, Transition
from data.rows.surveys import GroupResult, ReportedRecognition, SurveyEvent, SurveyResult, SurveyRow
from data.store.surveys import ENTER, MOST_PEOPLE, SET_SAMPLE
from data.text import text
from data.view_state import ViewState
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import block, disclosure, link_to, pairs, paragraph, strong
from layouts.components.forms import (
    bare_field,
    date_field,
    hidden_field,
    history_list,
    long_field,
    post_form,
    submit_button,
    text_field,
)
from layouts.components.sections import heading, region
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.audit_log import word
from layouts.office.survey_words import confidence_words, interval_words, judging_words, response_words, share_words
from layouts.office.surveys import PATHS, rehearsal_mark, sample_fields
from layouts.office.table import office_table
from layouts.parts.demonstration import invented_line
from layouts.routes import DISTRICT, MATRIX, SURVEYS, link

COUNTED_PARTS = ("asked", "answered", "satisfied")


@dataclass(frozen=True)
class SurveyView:
    """The survey with its groups, what the unit itself reported, the viewer's steps, and why others are not theirs."""

    row: SurveyRow
    groups: Sequence[SurveyGroup]
    states: Sequence[MatterState]
    reported: ReportedRecognition | None
    terms: Sequence[tuple[str, date]]
    history: Sequence[SurveyEvent]
    transitions: Sequence[Transition]
    withheld: Sequence[str]
    asks_actor: bool


def survey_page(view: SurveyView, token: str, account_bar: Node, message: str, *, is_failure: bool) -> str:
    """The sentence, the facts, the result, the steps, the history."""
    survey = view.row.survey
    state = next(s.name for s in view.states if s.state_code == survey.state)
    return document(
        f"{text(f'survey.title_{survey.matter_kind}')} {survey.matter_code}",
        [
            paragraph(link_to(text("matter.back"), href=PATHS[survey.matter_kind], stays=False)),
            heading(
                text("matter.one_headline", party=view.row.unit_name, subject=survey.subject, state=state), level=1
            ),
            rehearsal_mark() if view.row.is_rehearsal else None,
            invented_line(is_demonstration=survey.is_demonstration),
            alert_line(message, is_failure=is_failure, role="alert" if is_failure else "status") if message else None,
            _result(view),
            _facts(view),
            _ways(view),
            *[_step(view, transition, token) for transition in view.transitions],
            *[paragraph(why, look="src") for why in view.withheld],
            region(heading(text("visit.history")), history_list([_entry(view, event) for event in view.history])),
        ],
        "office surveys",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def _result(view: SurveyView) -> Node:
    """What the survey says, or what was entered; nothing of a void one, or beside the form that holds the same."""
    counts, result = view.row.counts, view.row.result
    if view.row.is_void:
        return paragraph(text("survey.void"), look="d")
    if counts is None:
        return paragraph(text("survey.not_released"), look="d")
    if result is None and any(t.action == ENTER for t in view.transitions):
        return None
    sentences: list[Node] = []
    if result is not None:
        sentences = [
            paragraph(strong(share_words(result.pooled, result))),
            *[paragraph(sentence) for sentence in judging_words(view.row, result, view.reported)],
        ]
    columns: list[Column[GroupResult]] = [
        column("survey.column.", "group", _group_name, Kind.NAME),
        column("survey.column.", "asked", lambda g: count_cell(g.asked), Kind.COUNT),
        column("survey.column.", "answered", lambda g: count_cell(g.answered), Kind.COUNT),
        column("survey.column.", "response", _share_cell, Kind.SHARE),
        column("survey.column.", "satisfied", lambda g: count_cell(g.satisfied), Kind.COUNT),
    ]
    if result is not None:
        columns.append(column("survey.column.", "share", lambda g: _satisfied_share(g, counts), Kind.SHARE))
        columns.append(column("survey.column.", "interval", lambda g: cell(interval_words(g, counts))))
    title = text("survey.result") if result is not None else text("survey.entered")
    table = office_table(columns, [*counts.groups, counts.pooled], name=title)
    return region(heading(title), *sentences, table, _method(counts) if result is not None else None)


def _group_name(group: GroupResult) -> Cell:
    return cell(group.name or text("survey.all_groups"), look="b")


def _share_cell(group: GroupResult) -> Cell:
    share = group.response_share
    return cell(formatting.NONE if share is None else formatting.share(share), value=share)


def _satisfied_share(group: GroupResult, result: SurveyResult) -> Cell:
    """The share of a group; where there is none, why."""
    if group.share is None:
        return cell(share_words(group, result))
    return cell(formatting.share(group.share, result.standard), value=group.share)


def _method(counts: SurveyResult) -> Node:
    return paragraph(text("survey.method", confidence=confidence_words(counts)), look="src")


def _facts(view: SurveyView) -> Node:
    survey = view.row.survey
    rows: list[tuple[Node, Node]] = [
        (text("survey.column.code"), survey.matter_code),
        (text("survey.column.unit"), view.row.unit_name),
        (text("survey.column.period"), view.row.period),
        (text(f"survey.round_{survey.matter_kind}"), str(survey.round)),
    ]
    if view.row.counts is not None:
        rows.append((text("survey.column.response"), response_words(view.row.counts.pooled)))
    if survey.note:
        rows.append((text("survey.note"), survey.note))
    rows += [(name, formatting.day(day)) for name, day in view.terms]
    return pairs(rows, look="account-facts")


def _ways(view: SurveyView) -> Node:
    """The paper, the unit, and what all units reported as S1."""
    survey, state = view.row.survey, ViewState()
    ways = [
        (text("survey.to_unit"), link(DISTRICT, state, district=survey.district_code)),
        (text("survey.to_item"), link(MATRIX, state, sort="item.S1")),
    ]
    if view.row.result is not None:
        ways.insert(0, (text("survey.report"), f"{SURVEYS.path}/{survey.matter_code}/report.docx"))
    return block(*[link_to(name, href=href, look="button", stays=False) for name, href in ways], look="in-row")


def _step(view: SurveyView, transition: Transition, token: str) -> Node:
    """The form of one step, with what it needs."""
    survey, action = view.row.survey, transition.action
    name = text(f"matter.step_{action}")
    asked = {g.group_code: g.asked for g in view.row.counts.groups} if view.row.counts else {}
    fields: list[Node] = [hidden_field("version", str(survey.version)), hidden_field("action", action)]
    if action == ENTER:
        fields.append(_entry_table(view))
    if action == SET_SAMPLE:
        fields += sample_fields(view.groups, asked)
    if transition.deadline:
        fields.append(date_field("due_on", text("survey.due_on")))
    if transition.needs_reason:
        fields.append(long_field("reason", text(f"matter.reason_{action}")))
    if view.asks_actor:
        fields.append(block(text_field("actor", text("form.actor")), look="in-row"))
    form = post_form(
        f"{SURVEYS.path}/{survey.matter_code}",
        token,
        *fields,
        submit_button(name),
        look="" if action == ENTER else "office-form",
    )
    return disclosure(name, form) if transition.needs_reason else region(heading(name), form, look="matter-step")


def _entry_table(view: SurveyView) -> Node:
    """Answers and satisfied of each group that is asked, beside how many are asked."""
    counts = view.row.counts
    groups = [g for g in counts.groups if g.asked] if counts else []
    columns: list[Column[GroupResult]] = [
        column("survey.column.", "group", _group_name, Kind.NAME),
        column("survey.column.", "asked", lambda g: count_cell(g.asked), Kind.COUNT),
        column(
            "survey.column.", "answered", lambda g: _number(g, "answered", text("survey.answered_of", group=g.name))
        ),
        column(
            "survey.column.", "satisfied", lambda g: _number(g, "satisfied", text("survey.satisfied_of", group=g.name))
        ),
    ]
    return office_table(columns, groups, name=text("survey.entered"), key=lambda g: g.group_code)


def _number(group: GroupResult, name: str, label: str) -> Cell:
    held: int | None = getattr(group, name)
    number = bare_field(
        f"{name}.{group.group_code}",
        label,
        type="number",
        min=0,
        max=MOST_PEOPLE,
        inputMode="numeric",
        defaultValue=None if held is None else str(held),
    )
    return cell(number)


def _entry(view: SurveyView, event: SurveyEvent) -> tuple[str, str]:
    """A step of the history, with the counts that it changed where the viewer may know them."""
    row, names = event.row, {s.state_code: s.name for s in view.states}
    moved = row.after.get("state")
    state = f"（{names[moved]}）" if moved in names else ""
    counts = "；".join(_changed(name, after) for name, after in event.counts) if view.row.counts else ""
    said = "：" + "；".join(part for part in (row.reason, counts) if part) if row.reason or counts else ""
    return f"{formatting.moment(row.at)} {row.actor}", "".join((word("action", row.action), state, said))


def _changed(name: str, after: Mapping[str, object]) -> str:
    numbers = [f"{text(f'survey.column.{part}')}{after[part]}" for part in COUNTED_PARTS if after.get(part) is not None]
    return " ".join((name, "、".join(numbers)))
