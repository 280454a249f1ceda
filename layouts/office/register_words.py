"""The registers in words: remarks, units, addresses, and the tables of the three lists."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from data.rows.registers import AreaRow, OfficeRow, PersonRow, RegisteredSchool, Remark
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, cell, column
from layouts.components.elements import link_to
from layouts.markup import Node
from layouts.routes import INSPECTORS

PEOPLE, AREAS, OFFICES = "people", "areas", "offices"
LISTS = (PEOPLE, AREAS, OFFICES)
HEAD = "registers.column."


@dataclass(frozen=True)
class ListAsked:
    """What of the registers is listed: which list, of which unit, with which words, with which remark, which part."""

    shown: str = PEOPLE
    district_code: str = ""
    search: str = ""
    only: str = ""
    part: int = 1

    def address(self, path: str = INSPECTORS.path, **changes: object) -> str:
        """The address of this list with changes."""
        said = {
            "list": self.shown if self.shown != PEOPLE else "",
            "district_code": self.district_code,
            "search": self.search,
            "only": self.only,
            "part": self.part if self.part > 1 else "",
            **changes,
        }
        kept = {name: value for name, value in said.items() if value}
        return f"{path}?{urlencode(kept)}" if kept else path


@dataclass(frozen=True)
class Names:
    """Words by code: units, with the city under the empty code, kinds of inspectors and levels of offices."""

    units: Mapping[str, str]
    kinds: Mapping[str, str]
    levels: Mapping[str, str]


def remark_words(remarks: Sequence[Remark]) -> str:
    """What is amiss, one after the other."""
    return "；".join(
        text(f"registers.remark.{r.code}", count=formatting.count(r.count), limit=r.limit, names=r.names)
        for r in remarks
    )


def time_words(*, is_full_time: bool) -> str:
    """专职 or 兼职."""
    return text("registers.full_time") if is_full_time else text("registers.part_time")


def entry_link(label: str, code: str) -> Node:
    """To the page of an entry."""
    return link_to(label, href=f"{INSPECTORS.path}/{code}", stays=False)


def people_columns(names: Names) -> list[Column[PersonRow]]:
    """An inspector a row."""
    return [
        column(HEAD, "name", lambda r: cell(entry_link(r.inspector.name, r.code)), Kind.NAME),
        column(HEAD, "remarks", lambda r: _remarks(r.remarks)),
        column(HEAD, "kind", lambda r: names.kinds[r.inspector.inspector_kind]),
        column(HEAD, "unit", lambda r: names.units.get(r.inspector.district_code, r.inspector.district_code)),
        column(HEAD, "area", lambda r: r.area_name or formatting.NONE),
        column(HEAD, "office", lambda r: r.office_name or formatting.NONE),
        column(HEAD, "time", lambda r: time_words(is_full_time=r.inspector.is_full_time)),
        column(HEAD, "appointed", lambda r: _day(r.inspector.appointed_on), Kind.DATE),
        column(HEAD, "term", lambda r: _day(r.inspector.term_ends_on), Kind.DATE),
        column(HEAD, "hours", lambda r: cell(formatting.count(r.hours), value=r.hours), Kind.COUNT),
        column(HEAD, "visits", lambda r: cell(formatting.count(r.visit_count), value=r.visit_count), Kind.COUNT),
    ]


def area_columns(names: Names) -> list[Column[AreaRow]]:
    """An area a row."""
    return [
        column(HEAD, "area_name", lambda r: cell(entry_link(r.area.name, r.code)), Kind.NAME),
        column(HEAD, "remarks", lambda r: _remarks(r.remarks)),
        column(HEAD, "unit", lambda r: names.units.get(r.area.district_code, r.area.district_code)),
        column(HEAD, "schools", lambda r: cell(formatting.count(r.school_count), value=r.school_count), Kind.COUNT),
        column(HEAD, "people", lambda r: _long("、".join(p.name for p in r.people) or formatting.NONE)),
    ]


def office_columns(names: Names) -> list[Column[OfficeRow]]:
    """An office a row."""
    return [
        column(HEAD, "office_name", lambda r: cell(entry_link(r.office.name, r.code)), Kind.NAME),
        column(HEAD, "level", lambda r: names.levels[r.office.level_code]),
        column(HEAD, "unit", lambda r: names.units.get(r.office.district_code, r.office.district_code)),
        column(HEAD, "school", lambda r: r.school_name or formatting.NONE),
        column(HEAD, "people", lambda r: cell(formatting.count(r.people_count), value=r.people_count), Kind.COUNT),
    ]


def visit_columns() -> list[Column[RegisteredSchool]]:
    """How often a school was visited, and when last."""
    never = text("registers.never_visited")
    return [
        column(HEAD, "visits", lambda s: cell(formatting.count(s.visit_count), value=s.visit_count), Kind.COUNT),
        column(
            HEAD,
            "last_visit",
            lambda s: (
                never if s.last_visited_on is None else cell(s.last_visited_on.isoformat(), value=s.last_visited_on)
            ),
            Kind.DATE,
        ),
    ]


def _remarks(remarks: Sequence[Remark]) -> Cell:
    return cell(remark_words(remarks) or formatting.NONE, look="wrap remarks" if remarks else "")


def _long(listing: str) -> Cell:
    return cell(listing, look="wrap")


def _day(value: date | None) -> Cell | str:
    return text("registers.no_term") if value is None else cell(value.isoformat(), value=value)
