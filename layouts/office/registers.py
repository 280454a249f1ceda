"""督学与责任区: what is amiss first, then one of the three lists, filtered, a part at a time."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from data.rows.registers import AreaRow, OfficeRow, PersonRow, Register, RegisteredSchool
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, Kind, cell, column
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph, run
from layouts.components.forms import bare_choice, bare_field, hidden_field, query_form, submit_button
from layouts.components.rest import no_rows, rest_note
from layouts.components.sections import heading, region
from layouts.components.segments import Segment, segments
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.register_words import (
    AREAS,
    HEAD,
    LISTS,
    OFFICES,
    PEOPLE,
    ListAsked,
    Names,
    area_columns,
    office_columns,
    people_columns,
    visit_columns,
)
from layouts.office.table import office_table
from layouts.routes import INSPECTORS, ROUNDS

LONGEST_SEARCH = 80
MOST_FREE = 60
NEW = {PEOPLE: "inspector", AREAS: "area", OFFICES: "office"}
FILE_KINDS = ("xlsx", "csv")


@dataclass(frozen=True)
class Listed:
    """The rows of a list that meet what was asked; `shown` are those of the part, from the number `first`."""

    people: Sequence[PersonRow]
    areas: Sequence[AreaRow]
    offices: Sequence[OfficeRow]
    first: int
    count: int
    parts: int


@dataclass(frozen=True)
class RegistersView:
    """The register of what is read, that of the chosen unit, the rows that are listed, and what may be done."""

    whole: Register
    chosen: Register
    asked: ListAsked
    listed: Listed
    names: Names
    may_edit: bool
    limits: dict[str, int]


def registers_page(view: RegistersView, account_bar: Node, message: str) -> str:
    """The three lists."""
    return document(
        text("registers.title"),
        [
            _tools(view),
            *registers_head(view),
            alert_line(message, role="status") if message else None,
            _todo(view) if _has_entries(view.chosen) else _start(view),
            _segments(view),
            _filter(view),
            *_list(view),
            *_free(view),
            paragraph(text("registers.source", **view.limits), look="src"),
        ],
        "office registers",
        account_bar=account_bar,
    )


def registers_head(view: RegistersView) -> list[Node]:
    """How many there are, and how many schools are in no area."""
    register = view.chosen
    counts = {
        "areas": formatting.count(len(register.areas)),
        "schools": formatting.count(sum(r.school_count for r in register.areas)),
        "people": formatting.count(len(register.people)),
    }
    units = view.whole.unit_names
    name = units.get(view.asked.district_code, "") if len(units) > 1 else next(iter(units.values()), "")
    lead = text("registers.lead_unit", name=name, **counts) if name else text("registers.lead", **counts)
    return [heading(lead, level=1)]


def register_tables(view: RegistersView) -> list[Node]:
    """Every list as a table of its own, for a file."""
    names, register = view.names, view.chosen
    titles = {kind: text(f"registers.{kind}") for kind in LISTS}
    tables = [
        (titles[PEOPLE], office_table(people_columns(names), register.people, name=titles[PEOPLE])),
        (titles[AREAS], office_table(area_columns(names), register.areas, name=titles[AREAS])),
        (text("registers.schools_of_areas"), _schools_of_areas(view)),
        (titles[OFFICES], office_table(office_columns(names), register.offices, name=titles[OFFICES])),
        (text("registers.schools_free"), _free_table(view, register.free)),
    ]
    return [*registers_head(view), *[region(heading(title), table) for title, table in tables]]


def _tools(view: RegistersView) -> Node:
    """The way back, the files, and the mark of invented entries."""
    back = link_to(text("registers.rounds"), href=ROUNDS.path, stays=False)
    files = [
        link_to(
            text(f"registers.{kind}"),
            href=ListAsked(district_code=view.asked.district_code).address(f"{INSPECTORS.path}/file.{kind}"),
            look="plain",
            stays=False,
            key=kind,
        )
        for kind in FILE_KINDS
    ]
    mark = run(text("app.demo"), look="demo") if view.chosen.is_demonstration else None
    return block(back, block(*files, mark, look="filter-end"), look="register-tools")


def _has_entries(register: Register) -> bool:
    return bool(register.areas or register.people or register.offices)


def _start(view: RegistersView) -> Node:
    """What to do where nothing is registered yet."""
    said = text("registers.start") if view.may_edit else text("registers.start_reader")
    return paragraph(text("registers.none_areas"), said, look="sub")


def _todo(view: RegistersView) -> Node:
    """What is amiss, of each kind how often, with the way to those rows."""
    register = view.chosen
    of_areas = Counter(remark.code for row in register.areas for remark in row.remarks)
    of_people = Counter(remark.code for row in register.people for remark in row.remarks)
    items = [
        _todo_item(view, list_name, code, count)
        for list_name, counts in ((AREAS, of_areas), (PEOPLE, of_people))
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    if register.free:
        said = text("registers.todo.free", count=formatting.count(len(register.free)))
        items.insert(0, list_item(said, " ", link_to(text("registers.see"), href="#free", stays=False), key="free"))
    if not items:
        return paragraph(text("registers.todo_none"), look="d")
    title = heading(text("registers.todo_title", count=formatting.count(len(items))), level=2)
    return region(title, bullet_list(items, look="effects"))


def _todo_item(view: RegistersView, list_name: str, code: str, count: int) -> Node:
    asked = ListAsked(shown=list_name, district_code=view.asked.district_code, only=code)
    said = text(f"registers.todo.{code}", count=formatting.count(count))
    see = link_to(text("registers.see"), href=asked.address(), stays=False)
    return list_item(said, " ", see, key=f"{list_name} {code}")


def _segments(view: RegistersView) -> Node:
    counts = {PEOPLE: len(view.chosen.people), AREAS: len(view.chosen.areas), OFFICES: len(view.chosen.offices)}
    choices = [
        Segment(
            label=text(f"registers.{name}"),
            href=ListAsked(shown=name, district_code=view.asked.district_code).address(),
            is_chosen=name == view.asked.shown,
            look="on" if name == view.asked.shown else "",
            count=counts[name],
        )
        for name in LISTS
    ]
    return segments(choices, label=text("registers.lists"))


def _filter(view: RegistersView) -> Node:
    asked, label = view.asked, text("registers.unit")
    units = [("", text("registers.all_units")), *view.whole.unit_names.items()]
    choice = bare_choice("district_code", label, units, chosen=asked.district_code) if len(units) > 2 else None  # noqa: PLR2004
    new = link_to(
        text(f"registers.new_{NEW[asked.shown]}"),
        href=ListAsked(district_code=asked.district_code).address(f"{INSPECTORS.path}/new/{NEW[asked.shown]}"),
        look="button",
        stays=False,
    )
    form = query_form(
        INSPECTORS.path,
        hidden_field("list", asked.shown),
        choice,
        bare_field(
            "search",
            text("registers.search"),
            type="search",
            value=asked.search,
            maxLength=LONGEST_SEARCH,
            placeholder=text("registers.search"),
        ),
        submit_button(text("registers.find"), look="button"),
        look="in-row",
    )
    several = link_to(text("register_list.link"), href=f"{INSPECTORS.path}/list", look="button", stays=False)
    return block(form, block(several, new, look="in-row") if view.may_edit else None, look="register-filter")


def _list(view: RegistersView) -> list[Node]:
    asked, listed, names = view.asked, view.listed, view.names
    title = text(f"registers.{asked.shown}")
    said: list[Node] = []
    if asked.only:
        every = ListAsked(shown=asked.shown, district_code=asked.district_code).address()
        what = text(f"registers.todo.{asked.only}", count=formatting.count(listed.count))
        said.append(
            paragraph(
                text("registers.listed", what=what), " ", link_to(text("registers.every"), href=every, stays=False)
            )
        )
    if not listed.count:
        is_narrowed = bool(asked.search or asked.only)
        nothing = text("registers.none_match") if is_narrowed else text(f"registers.none_{asked.shown}")
        return [*said, no_rows(nothing)]
    tables = {
        PEOPLE: lambda: office_table(people_columns(names), listed.people, name=title, key=lambda r: r.code),
        AREAS: lambda: office_table(area_columns(names), listed.areas, name=title, key=lambda r: r.code),
        OFFICES: lambda: office_table(office_columns(names), listed.offices, name=title, key=lambda r: r.code),
    }
    levels = paragraph(_levels(view), look="d") if asked.shown == OFFICES else None
    return [*said, levels, tables[asked.shown](), _parts(view)]


def _levels(view: RegistersView) -> str:
    """How many offices each of the four levels has; that of areas is a register of its own."""
    counts = Counter(r.office.level_code for r in view.chosen.offices) + Counter({"area": len(view.chosen.areas)})
    return "，".join(
        text("registers.level_count", level=name, count=formatting.count(counts[code]))
        for code, name in view.names.levels.items()
    )


def _parts(view: RegistersView) -> Node:
    """Which rows these are of how many, and the ways to those before and after."""
    asked, listed = view.asked, view.listed
    shown = len(listed.people) + len(listed.areas) + len(listed.offices)
    count = formatting.count(listed.count)
    if listed.parts == 1:
        return paragraph(text("registers.count", count=count), look="src")
    said = text("registers.count_part", first=listed.first, last=listed.first + shown - 1, count=count)
    steps = [
        link_to(text(f"registers.{word}"), href=asked.address(part=number), look="button", stays=False, key=word)
        for word, number in (("before", asked.part - 1), ("next", asked.part + 1))
        if 1 <= number <= listed.parts
    ]
    return paragraph(said, " ", *steps, look="src")


def _free(view: RegistersView) -> list[Node]:
    """The schools in no area, by name."""
    free = view.chosen.free
    if not free:
        return []
    title = text("registers.free", count=formatting.count(len(free)))
    rest = rest_note("registers.more_free", len(free) - MOST_FREE)
    return [region(heading(title, identity="free"), _free_table(view, free[:MOST_FREE]), rest)]


def _free_table(view: RegistersView, schools: Sequence[RegisteredSchool]) -> Node:
    columns: list[Column[RegisteredSchool]] = [
        column(HEAD, "school", lambda s: s.school_name, Kind.NAME),
        column(HEAD, "unit", lambda s: view.names.units.get(s.district_code, s.district_code)),
        column(HEAD, "code", lambda s: s.school_code),
        *visit_columns(),
    ]
    return office_table(columns, schools, name=text("registers.schools_free"), key=lambda s: s.school_code)


def _schools_of_areas(view: RegistersView) -> Node:
    rows = [(row.area.name, school) for row in view.chosen.areas for school in row.schools]
    columns: list[Column[tuple[str, RegisteredSchool]]] = [
        column(HEAD, "area_name", lambda r: r[0], Kind.NAME),
        column(HEAD, "unit", lambda r: view.names.units.get(r[1].district_code, r[1].district_code)),
        column(HEAD, "school", lambda r: r[1].school_name),
        column(HEAD, "code", lambda r: r[1].school_code),
        column(HEAD, "visits", lambda r: cell(formatting.count(r[1].visit_count), value=r[1].visit_count), Kind.COUNT),
    ]
    return office_table(columns, rows, name=text("registers.schools_of_areas"))
