"""A list of 责任区 and 督学 from a workbook: how to hand it in, what is wrong with it, what it would add."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.account_lists.reading import ListFinding
from data.store.inspector_changes import InspectorEdit
from data.store.register_lists import AreaKey, Registered, RegisterPlan
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph
from layouts.components.forms import field, hidden_field, post_form, submit_button
from layouts.components.rest import rest_note
from layouts.components.sections import heading
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.register_words import HEAD, Names
from layouts.office.table import long_words, office_table
from layouts.routes import INSPECTORS

ADDRESS = f"{INSPECTORS.path}/list"
ACCEPTED = ".xlsx,.xlsm,.xls,.xlsb,.ods,.et,.csv,.txt"
MOST_FINDINGS, MOST_ROWS = 500, 200


@dataclass(frozen=True)
class RegisterListView:
    """A list that was looked at: what is wrong, else what it adds, and how the file is named when it is taken."""

    findings: Sequence[ListFinding]
    plan: RegisterPlan | None
    registered: Registered
    names: Names
    sha256: str


def register_list_page(view: RegisterListView | None, token: str, account_bar: Node, message: str) -> str:
    """The form, and what was found in the list that was handed in last."""
    title = text("register_list.title")
    return document(
        title,
        [
            paragraph(link_to(text("registers.back"), href=INSPECTORS.path, stays=False)),
            heading(title, level=1),
            alert_line(message, is_failure=True, role="status") if message else None,
            *_looked_at(view, token),
            heading(text("register_list.hand_in")),
            _form(token),
        ],
        "office registers",
        account_bar=account_bar,
    )


def _form(token: str) -> Node:
    ways = block(
        submit_button(text("register_list.look")),
        link_to(text("register_list.template"), href=f"{ADDRESS}/template", look="button", stays=False),
    )
    return post_form(
        ADDRESS,
        token,
        field("file", text("register_list.file"), kind="file", accept=ACCEPTED),
        ways,
        paragraph(text("register_list.hint"), look="src"),
        look="office-form",
        encType="multipart/form-data",
    )


def _looked_at(view: RegisterListView | None, token: str) -> list[Node]:
    if view is None:
        return []
    return _findings(view.findings) if view.plan is None else _preview(view, view.plan, token)


def _findings(findings: Sequence[ListFinding]) -> list[Node]:
    columns: list[Column[ListFinding]] = [
        column("account_list.head.", "sheet", lambda f: f.sheet),
        column("account_list.head.", "cell", lambda f: f.cell or formatting.NONE),
        column(
            "account_list.head.", "wrong", lambda f: long_words(text(f"register_list.finding.{f.code}", value=f.value))
        ),
        column(
            "account_list.head.", "mend", lambda f: long_words(text(f"register_list.mend.{f.code}", detail=f.detail))
        ),
    ]
    title = text("register_list.wrong", count=formatting.count(len(findings)))
    table = office_table(columns, findings[:MOST_FINDINGS], name=title)
    rest = rest_note("account_list.more_findings", len(findings) - MOST_FINDINGS)
    return [alert_line(title, is_failure=True, role="status"), table, rest]


def _preview(view: RegisterListView, plan: RegisterPlan, token: str) -> list[Node]:
    """What the list adds, and the button that does it."""
    new, grown = plan.new_areas(view.registered), plan.grown(view.registered)
    counts = {
        "new_areas": len(new),
        "grown": len(grown),
        "new_people": len(plan.people),
        "known_people": plan.known_people,
    }
    lines = [
        list_item(text(f"register_list.{name}", count=formatting.count(count)), key=name)
        for name, count in counts.items()
        if count
    ]
    if not (new or grown or plan.people):
        return [paragraph(text("register_list.nothing"))]
    take = post_form(
        f"{ADDRESS}/take",
        token,
        hidden_field("sha256", view.sha256),
        submit_button(text("register_list.take")),
        look="in-row",
    )
    return [bullet_list(lines, look="effects"), take, *_areas_table(view, plan, new), *_people_table(view, plan)]


def _areas_table(view: RegisterListView, plan: RegisterPlan, new: Sequence[AreaKey]) -> list[Node]:
    columns: list[Column[AreaKey]] = [
        column(HEAD, "area_name", lambda key: key[1], Kind.NAME),
        column(HEAD, "unit", lambda key: view.names.units.get(key[0], key[0])),
        column(HEAD, "schools", lambda key: count_cell(len(plan.schools[key])), Kind.COUNT),
    ]
    title = text("register_list.new_areas", count=formatting.count(len(new)))
    rest = rest_note("register_list.more", len(new) - MOST_ROWS)
    return [heading(title), office_table(columns, new[:MOST_ROWS], name=title), rest] if new else []


def _people_table(view: RegisterListView, plan: RegisterPlan) -> list[Node]:
    columns: list[Column[tuple[InspectorEdit, AreaKey | None]]] = [
        column(HEAD, "name", lambda p: p[0].name, Kind.NAME),
        column(HEAD, "kind", lambda p: view.names.kinds[p[0].inspector_kind]),
        column(HEAD, "unit", lambda p: view.names.units.get(p[0].district_code, p[0].district_code)),
        column(HEAD, "area", lambda p: p[1][1] if p[1] else formatting.NONE),
    ]
    title = text("register_list.new_people", count=formatting.count(len(plan.people)))
    rest = rest_note("register_list.more", len(plan.people) - MOST_ROWS)
    return [heading(title), office_table(columns, plan.people[:MOST_ROWS], name=title), rest] if plan.people else []
