"""How many units were accepted by which day, against all units, the deadline, and the year before."""

from collections.abc import Sequence
from datetime import date

from data.rows.return_board import Course
from data.text import text
from layouts.charts.scales import nice_step, steps
from layouts.charts.specification import Break, Chart, Level, Line, Point, Scale, Size
from layouts.charts.svg import svg
from layouts.markup import Node
from layouts.office.board_words import short_day
from layouts.parts.frame import section

WIDTH, HEIGHT = 496, 250
MARGINS = {"left": 34, "right": 40, "top": 24, "bottom": 26}
MOST_TICKS, MOST_DAYS = 4, 4


def course_chart(course: Course, total: int) -> Node:
    """The chart under what it says."""
    title = _title(course)
    return section(title, svg(_chart(course, total, title)))


def _title(course: Course) -> str:
    lead, (_, count) = course.lead, course.accepted[-1]
    if lead is None:
        return text("board.course.title", count=count, day=short_day(course.opens_on))
    key = "equal" if not lead else "more" if course.is_ahead else "fewer"
    return text(f"board.course.{key}", count=abs(lead))


def _chart(course: Course, total: int, title: str) -> Chart:
    last = max(course.due_on, course.accepted[-1][0])
    first = course.opens_on
    every = max(1, round((last - first).days / MOST_DAYS))
    days = [date.fromordinal(n) for n in range(first.toordinal(), last.toordinal() + 1, every)]
    counts = list(steps(0, total - 1, nice_step(total, MOST_TICKS)))
    return Chart(
        title,
        Scale(first.toordinal(), last.toordinal(), [(d.toordinal(), short_day(d)) for d in days]),
        Scale(0, total, [(count, f"{count:g}") for count in counts]),
        _lines(course),
        Size(WIDTH, HEIGHT, "scaled", **MARGINS),
        [
            Level(total, text("board.course.all", count=total)),
            Break(course.due_on.toordinal(), text("board.course.due")),
        ],
        look="line-chart course-chart",
    )


def _lines(course: Course) -> list[Line]:
    lines: list[Line] = []
    if course.last_year:
        offset = course.opens_on.toordinal() - course.last_year[0][0].toordinal()
        label = text("board.course.last_year", count=course.same_day_last_year)
        lines.append(Line(_points(course.last_year, offset), "peer", label))
    count = course.accepted[-1][1]
    lines.append(Line(_points(course.accepted, 0), "process", text("board.course.this_year", count=count)))
    return lines


def _points(days: Sequence[tuple[date, int]], offset: int) -> list[Point]:
    return [
        Point(day.toordinal() + offset, count, text("board.course.point", day=short_day(day), count=count))
        for day, count in days
    ]
