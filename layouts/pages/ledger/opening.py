"""A new issue: what is known of the value is filled in; a whole list is looked at before it is opened."""

from collections.abc import Mapping, Sequence

from data.rows.ledger import CellRow
from data.text import text
from data.view_state import STAGES, VERDICT
from layouts import formatting
from layouts.components.drawer import drawer
from layouts.components.elements import action_button, bullet_list, link_to, list_item, paragraph, run, small, strong
from layouts.components.forms import choice_field, date_field, long_field, send_form, suggest_field, text_field
from layouts.components.sections import heading
from layouts.markup import Node
from layouts.pages.ledger.rows import LedgerView, open_groups
from layouts.pages.ledger.table import cell_words, line_words, named_item, proof_of_cell
from layouts.routes import LEDGER, link

IN_WORDS, FAILING = "words", "failing"
"""What an address asks to be opened, where it is not the key of one value."""
LONGEST_SUBJECT = 120
"""Of the words that an address fills in."""


def problem_words(view: LedgerView, value: CellRow) -> str:
    """L2 小学骨干教师0.62，标准1，差3人: the value as it is printed everywhere, without the place."""
    printed, line, gap = cell_words(view, value)
    item = named_item(view, value.item_code, value.stage)
    if value.is_cv:
        item = text("ledger.cv_item", item=item)
    if printed == formatting.NONE:
        return text("opening.problem_bare", item=item)
    return text("opening.problem", item=item, value=printed, line=line_words(value, line)) + (f"，{gap}" if gap else "")


def ways_to_open(view: LedgerView) -> list[Node]:
    """A new issue in words, and one for each failing value of the chosen unit; none for who opens none."""
    opening, state = view.opening, view.rows.state
    if not opening.origins:
        return []
    left = {"issue": "", "why": "", "subject": ""}
    ways = [link_to(text("opening.in_words"), href=link(LEDGER, state, about=IN_WORDS, **left), look="plain")]
    if state.district:
        href = link(LEDGER, state, about=FAILING, **left)
        ways.append(link_to(text("opening.from_list"), href=href, look="plain"))
    units = {group.district_code for group in open_groups(view)}
    if units:
        said = text("rectification.letters", units=formatting.count(len(units)))
        ways.append(action_button(said, action="export", look="plain", data_kind="notices"))
    return ways


def opening_drawer(view: LedgerView) -> list[Node]:
    """The form of a new issue, or the list that is to be opened; empty where none is asked for."""
    opening = view.opening
    if not opening.is_asked:
        return []
    close = link(LEDGER, view.rows.state, about="", subject="")
    if not opening.origins:
        body: list[Node] = [paragraph(text("refused.no_permission"))]
    elif opening.is_list:
        body = _list(view)
    elif opening.cells:
        body = _of_value(view, opening.cells[0])
    else:
        body = _in_words(view)
    mark = run(text("opening.mark"), look="d")
    return [drawer(mark, [text("opening.title")], *body, label=text("opening.title"), close=close)]


def _of_value(view: LedgerView, value: CellRow) -> list[Node]:
    code = view.opening.open_codes.get(value.key)
    if code is not None:
        href = link(LEDGER, view.rows.state, about="", subject="", issue=code)
        return [paragraph(text("opening.is_open"), " ", link_to(code, href=href))]
    if value.is_met is not False:
        return [paragraph(text("opening.is_met"))]
    place = text("opening.place", unit=_unit(view, value.district_code), school=value.school_name)
    fields = [long_field("problem", text("opening.words"), value=problem_words(view, value)), *_common(view)]
    hidden = {"about": proof_of_cell(value)}
    return [paragraph(place), _form(view, text("opening.open"), hidden, fields)]


def _in_words(view: LedgerView) -> list[Node]:
    opening, state = view.opening, view.rows.state
    fields = [
        choice_field("district_code", text("opening.unit"), opening.units, chosen=state.district),
        *([_school_field(view)] if opening.schools else []),
        long_field("problem", text("opening.words"), value=opening.subject),
        *_common(view),
    ]
    note = None if opening.schools else paragraph(text("opening.choose_unit"), look="src")
    return [note, _form(view, text("opening.open"), {"about": IN_WORDS}, fields)]


def _school_field(view: LedgerView) -> Node:
    whole_unit = [] if view.rows.own_schools else [("", text("opening.whole_unit"))]
    return choice_field("school_code", text("opening.school"), [*whole_unit, *view.opening.schools])


def _list(view: LedgerView) -> list[Node]:
    opening, state = view.opening, view.rows.state
    new = opening.new_cells
    count = text("opening.list", count=len(opening.cells), new=len(new), known=len(opening.cells) - len(new))
    if opening.is_unknown:
        return [paragraph(text("opening.no_values"))]
    if not new:
        none = text("opening.none_new") if opening.cells else text("opening.none_failing")
        return [_narrowed(view), paragraph(none)]
    hidden = {
        "about": FAILING,
        "district_code": state.district,
        "stage": state.stage,
        "indicator": state.indicator,
        "count": len(new),
    }
    form = _form(view, text("opening.open_all", count=len(new)), hidden, _common(view))
    title = heading(text("opening.preview", count=len(opening.cells)), level=3)
    return [_narrowed(view), paragraph(count), form, title, _preview(view, opening.cells)]


def _narrowed(view: LedgerView) -> Node:
    """The one stage or item whose values are listed; nothing where all are."""
    state = view.rows.state
    named = [text(f"stage.{state.stage}")] if state.stage != STAGES[0] else []
    if state.indicator != VERDICT:
        named.append(named_item(view, state.indicator, ""))
    return paragraph(text("opening.list_of", what="、".join(named))) if named else None


def _preview(view: LedgerView, cells: Sequence[CellRow]) -> Node:
    """Each value with its place, and what becomes of it."""

    def standing(value: CellRow) -> Node:
        code = view.opening.open_codes.get(value.key)
        if code is None:
            return small(text("opening.will_open"))
        return link_to(code, href=link(LEDGER, view.rows.state, about="", subject="", issue=code))

    items = [
        list_item(
            strong(value.school_name or _unit(view, value.district_code)),
            f" {problem_words(view, value)} ",
            standing(value),
            key="|".join(value.key),
        )
        for value in cells
    ]
    return bullet_list(items, look="files")


def _unit(view: LedgerView, code: str) -> str:
    return view.unit_names.get(code, code)


def _common(view: LedgerView) -> list[Node]:
    """What is asked of every new issue."""
    origins = [(name, name) for name in view.opening.origins]
    return [
        choice_field("origin", text("ledger.column_origin"), origins),
        suggest_field("responsible_unit", text("ledger.column_unit"), view.departments, required=False),
        text_field("responsible_person", text("opening.person"), required=False),
        date_field("due_on", text("opening.due"), required=False),
    ]


def _form(view: LedgerView, label: str, hidden: Mapping[str, object], fields: Sequence[Node]) -> Node:
    return send_form("open_issue", label, hidden, fields, asks_actor=view.rows.asks_actor)


def opened_words(codes: Sequence[str]) -> str:
    """The code of the new issue, or how many and from which to which."""
    if len(codes) == 1:
        return codes[0]
    return text("opening.opened", count=formatting.count(len(codes)), first=codes[0], last=codes[-1])
