"""One act on the catalogue: what it changes, what would flip, and the steps of the two people."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.desk import desk_of
from data.catalogue.loader import Catalogue
from data.catalogue_trials import Trial
from data.store.audit import AuditRow
from data.store.catalogue_change import PROPOSED, RELEASED, CatalogueChange
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, column
from layouts.components.elements import block, disclosure, link_to, pairs, paragraph
from layouts.components.forms import hidden_field, history_list, long_field, post_form, submit_button
from layouts.components.sections import heading
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.audit_log import word
from layouts.office.catalogue import act_words, state_words
from layouts.office.catalogue_effects import effect_headline, effect_panel
from layouts.office.catalogue_words import cell_words, changed_columns, column_name, table_name
from layouts.office.table import long_words, office_table


@dataclass(frozen=True)
class ChangeView:
    """The act, its look ahead, its history, and what who looks may do with it."""

    change: CatalogueChange
    trial: Trial
    catalogue: Catalogue
    history: Sequence[AuditRow]
    message: str
    is_own: bool
    may_propose: bool
    may_release: bool


def change_page(view: ChangeView, token: str, account_bar: Node) -> str:
    """The sentence, the facts at the left, what flips at the right, and the next step."""
    change = view.change
    about = act_words(view.catalogue, change)
    headline = about
    if change.state == PROPOSED and view.trial.state == "done":
        headline = text("catalogue.if_released", said=about, effect=effect_headline(view.trial.found))
    title = text("catalogue.change_title", number=str(change.change_id))
    return document(
        title,
        [
            paragraph(link_to(text("catalogue.back"), href="/catalogue", stays=False)),
            heading(headline, level=1),
            alert_line(view.message, is_failure=True, role="alert") if view.message else None,
            block(
                block(_facts(view), _cells(view), *_steps(view, token), *_history(view)),
                block(*_effect(view, token)),
                look="two-columns desk-change",
            ),
        ],
        "office",
        account_bar=account_bar,
    )


def _facts(view: ChangeView) -> Node:
    change = view.change
    desk = desk_of(change.table_name, change.cells or change.before)
    proposed = f"{change.proposed_by} {formatting.moment(change.proposed_at)}"
    released = (
        f"{change.released_by} {formatting.moment(change.released_at)}" if change.released_at else formatting.NONE
    )
    rows: list[tuple[Node, Node]] = [
        (text("catalogue.act.state"), state_words(change)),
        (text("catalogue.act.table"), link_to(table_name(desk), href=f"/catalogue/{desk.code}", stays=False)),
        (text("catalogue.act.since"), formatting.day(change.valid_from)),
        (text("catalogue.source"), change.source),
        (text("catalogue.reason"), change.reason),
        (text("catalogue.act.proposed"), proposed),
        (text("catalogue.act.released"), released),
    ]
    return pairs(rows, look="account-facts")


def _cells(view: ChangeView) -> Node:
    change, catalogue = view.change, view.catalogue

    def shown(cells: str, name: str) -> str:
        row = change.before if cells == "before" else change.cells
        return cell_words(catalogue, change.table_name, name, row.get(name, ""))

    columns: list[Column[str]] = [
        column("catalogue.cell.", "column", lambda c: column_name(change.table_name, c)),
        column("catalogue.cell.", "before", lambda c: long_words(shown("before", c))),
        column("catalogue.cell.", "after", lambda c: long_words(shown("after", c))),
    ]
    differing = changed_columns(change.before, change.cells)
    return office_table(columns, differing, name=text("catalogue.cell.title"), key=lambda c: c)


def _form(view: ChangeView, token: str, action: str, *fields: Node, look: str = "in-row") -> Node:
    number, version = view.change.change_id, str(view.change.version)
    hidden = [hidden_field("action", action), hidden_field("version", version)]
    return post_form(f"/catalogue/changes/{number}", token, *hidden, *fields, look=look)


def _steps(view: ChangeView, token: str) -> list[Node]:
    """What can be done next; where nothing can, who has to do it."""
    change = view.change
    if change.state == PROPOSED:
        return [
            heading(text("catalogue.next")),
            *_release(view, token),
            _form(view, token, "withdraw", submit_button(text("catalogue.withdraw"), look="button"))
            if view.may_propose
            else None,
        ]
    if change.state == RELEASED and change.takes_back is None and view.may_propose:
        means = paragraph(text("catalogue.take_back_means"))
        reason = long_field("reason", text("catalogue.reason"))
        button = submit_button(text("catalogue.take_back"), look="button")
        return [
            heading(text("catalogue.next")),
            paragraph(text("catalogue.in_force_now")),
            disclosure(
                text("catalogue.take_back"), _form(view, token, "take_back", means, reason, button, look="stacked")
            ),
        ]
    return []


def _release(view: ChangeView, token: str) -> list[Node]:
    if view.is_own:
        return [paragraph(text("catalogue.second_person"))]
    if not view.may_release:
        return []
    if view.trial.state != "done":
        return [paragraph(text("catalogue.release_waits"))]
    if view.trial.found.get("problems"):
        return [paragraph(text("refused.cannot_be_published"))]
    means = paragraph(text("catalogue.release_means"))
    return [means, _form(view, token, "release", submit_button(text("catalogue.release")))]


def _effect(view: ChangeView, token: str) -> list[Node]:
    """What the look ahead says, how far it is, or why there is none."""
    trial = view.trial
    button = text("catalogue.try") if trial.state == "none" else text("catalogue.try_again")
    again = _form(view, token, "try", submit_button(button, look="button"))
    match trial.state:
        case "done" if trial.found.get("is_of_no_rule"):
            desk = desk_of(view.change.table_name, view.change.cells or view.change.before)
            return [
                heading(text("catalogue.effect.title")),
                paragraph(text("catalogue.effect.no_rule")),
                paragraph(text(f"catalogue.concerns.{desk.code}")),
            ]
        case "done":
            return [effect_panel(trial.found)]
        case "running":
            said = text(f"catalogue.trial.{trial.step}")
            return [
                heading(text("catalogue.effect.title")),
                block(paragraph(said), paragraph(text("catalogue.trial.waits")), role="status"),
            ]
        case "none" if view.change.state != PROPOSED:
            return []
        case state:
            return [
                heading(text("catalogue.effect.title")),
                paragraph(text(f"catalogue.trial.{state}"), look="told told-fail"),
                again if view.may_propose or view.may_release else None,
            ]


def _history(view: ChangeView) -> list[Node]:
    entries = [(f"{formatting.moment(e.at)} {e.actor}", word("action", e.action)) for e in view.history]
    return [heading(text("catalogue.history")), history_list(entries)]
