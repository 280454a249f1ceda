"""What is said of task books and their measures: amounts, quarters, who answers, what was left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from data.quarters import number_of
from data.store.task_books import LeftOut
from data.store.task_lists import Standing
from data.store.task_measures import YUAN, Measure
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, cell
from layouts.components.elements import link_to, run
from layouts.routes import TASK_BOOKS

TEN_THOUSAND = 10_000


@dataclass(frozen=True)
class TaskNames:
    """The names of departments, items and schools by their codes."""

    departments: Mapping[str, str]
    items: Mapping[str, str]
    schools: Mapping[str, str]

    def item(self, code: str) -> str:
        """L4 教学及辅助用房."""
        return " ".join(dict.fromkeys((code, self.items.get(code, code))))

    def owner(self, measure: Measure) -> str:
        """区县财政局 · 王五; a dash where nobody is named."""
        department = self.departments.get(measure.department_code, measure.department_code)
        return " · ".join(name for name in (department, measure.person) if name) or formatting.NONE


def amount_words(amount: int, unit: str) -> str:
    """12人, 1,300㎡, 45万元: rounded up as the bill says it."""
    return formatting.gap(amount, unit)


def money_words(yuan: int | None) -> str:
    """A sum of money; a dash where none is said."""
    return formatting.NONE if yuan is None else formatting.money(yuan)


def typed_amount(amount: int | None, unit: str) -> str:
    """An amount as it is typed: money in 万元, the rest in its unit; empty where none is said."""
    if amount is None:
        return ""
    return format((Decimal(amount) / TEN_THOUSAND).normalize(), "f") if unit == YUAN else str(amount)


def done_words(amount: int, unit: str) -> str:
    """What was done, exactly as it was typed."""
    number = Decimal(amount) / TEN_THOUSAND if unit == YUAN else amount
    return formatting.plain(number) + formatting.short_unit(unit)


def quarter_words(end: date) -> str:
    """2027年第1季度."""
    return text("task_book.quarter", year=end.year, number=number_of(end))


def span_words(measure: Measure) -> str:
    """2026年12月1日至2028年12月31日."""
    return text("task_book.span", first=formatting.day(measure.starts_on), last=formatting.day(measure.due_on))


def left_out_words(left: LeftOut) -> str:
    """Why no measure came of what fails."""
    return text(f"task_book.left_{left.reason}", count=formatting.count(left.place_count))


def measure_link(measure: Measure) -> Cell:
    """The measure, leading to its page; files say its words."""
    return cell(link_to(measure.subject, href=address_of_measure(measure), stays=False), look="wrap")


def address_of_measure(measure: Measure) -> str:
    """Where a measure stands."""
    return f"{TASK_BOOKS.path}/{measure.matter_code}/{measure.position}"


def standing_cell(standing: Standing) -> Cell:
    """Whether a measure is done, missed a quarter, or goes as planned; in words."""
    measure = standing.measure
    if measure.is_dropped:
        return cell(text("task_book.dropped"))
    if standing.is_done:
        return cell(text("task_book.done"))
    if standing.is_late:
        missing = amount_words(standing.missing, measure.unit)
        return cell(run(text("task_book.late", missing=missing), look="task-late"))
    return cell(text("task_book.on_plan"))
