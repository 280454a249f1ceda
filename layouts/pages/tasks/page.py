"""我的待办: one list by due date, one way to each matter; beside it what waits for others, and the next weeks."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from data.rows.tasks import MOST_OF_A_SPAN, Span, Task, TaskKind, TasksView
from data.text import text
from layouts import formatting
from layouts.components.cells import count_cell
from layouts.components.data_table import Cell, Column, Kind, RowGroup, TableLook, cell, column, data_table
from layouts.components.elements import block, link_to, paragraph, run, small, strong
from layouts.components.heads import headline, page_head, page_title
from layouts.components.rest import no_rows, rest_note
from layouts.components.segments import Segment, segments
from layouts.ids import TasksId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, section
from layouts.parts.source import source_line
from layouts.routes import INSPECTORS, TASKS, link

WEEKS = 5
DAYS = 7
PLAIN_PAGES = ("/data", "/visits", "/opinions", "/complaints", "/inspectors", "/surveys", "/task-books")


def panels(view: TasksView, filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    rows = view.rows
    head = page_head(route=TASKS, state=rows.state, snapshot=rows.snapshot, filters=filters)
    return [
        Panel(TasksId.HEAD, "head", head),
        Panel(TasksId.ANSWER, "answer", _headline(view)),
        Panel(TasksId.LIST, "list-panel", [_list(view)]),
        Panel(TasksId.SIDE, "side-panel", [_calendar(view), _waiting(view), _area(view)]),
        Panel(TasksId.SOURCE, "source-panel", [source_line(rows, TASKS.draws, text("tasks.source"))]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return page_title(text("navigation.tasks"))


def _headline(view: TasksView) -> list[Node]:
    """2件已过期，今天到期3件，七天内还有8件: of every kind, whichever is listed."""
    overdue = view.count_in(Span.OVERDUE)
    if not view.tasks:
        return headline(text("tasks.none"), sub=[text("tasks.sub")])
    parts: list[Node] = []
    if overdue:
        parts += [run(text("tasks.overdue", count=overdue), look="c-fail"), "，"]
    parts.append(text("tasks.today", today=view.count_in(Span.TODAY), week=view.count_in(Span.WEEK)))
    return headline(*parts, sub=[text("tasks.sub")])


def _list(view: TasksView) -> Node:
    shown, kind = view.shown, view.chosen_kind
    count = view.count_in(kind=kind)
    title = text("tasks.list", count=count)
    nothing = text("tasks.none")
    if kind is not None:
        name = text(f"tasks.kind_{kind}")
        title, nothing = text("tasks.list_of_kind", kind=name, count=count), text("tasks.none_of_kind", kind=name)
    if not shown:
        return section(title, no_rows(nothing), lead=_kinds(view))
    groups = [_group(view, span) for span in Span if view.in_span(span)]
    columns: list[Column[Task]] = [
        column("tasks.column_", "kind", lambda t: cell(text(f"tasks.kind_{t.kind}"), look="b"), Kind.NAME),
        column("tasks.column_", "matter", lambda t: cell(strong(t.subject), small(t.note), look="wide")),
        column("tasks.column_", "given", _given),
        column("tasks.column_", "due", lambda t: _due(view, t), Kind.DATE),
        column("tasks.column_", "way", _way),
    ]
    table = data_table(columns, [], name=text("navigation.tasks"), look=TableLook(table="mini tasks"), groups=groups)
    hidden = count - sum(len(group.rows) for group in groups)
    return section(title, table, rest_note("tasks.more", hidden), lead=_kinds(view))


def _group(view: TasksView, span: Span) -> RowGroup[Task]:
    count = view.count_in(span, view.chosen_kind)
    return RowGroup(title=text(f"tasks.span_{span}", count=count), rows=view.in_span(span)[:MOST_OF_A_SPAN])


def _kinds(view: TasksView) -> Node:
    """All kinds with how many there are; one of them alone."""
    state = view.rows.state
    every = Segment(
        label=text("tasks.all"),
        href=link(TASKS, state, only=""),
        is_chosen=view.chosen_kind is None,
        look="" if view.chosen_kind else "on",
        count=view.count_in(),
    )
    each = [
        Segment(
            label=text(f"tasks.kind_{kind}"),
            href=link(TASKS, state, only=kind),
            is_chosen=view.chosen_kind is kind,
            look="on" if view.chosen_kind is kind else "",
            count=count,
        )
        for kind, count in view.kinds
    ]
    return segments([every, *each], label=text("tasks.kinds"))


def _given(task: Task) -> Cell:
    if task.given_on is None:
        return cell(formatting.NONE)
    return cell(text("tasks.given", who=task.given_by, day=formatting.day(task.given_on)), value=task.given_on)


def _due(view: TasksView, task: Task) -> Cell:
    if task.due_on is None:
        return cell(formatting.NONE)
    look = "c-fail b" if task.span(view.today) in (Span.OVERDUE, Span.TODAY) else ""
    return cell(formatting.day(task.due_on), value=task.due_on, look=look)


def _way(task: Task) -> Cell:
    stays = not task.address.startswith(PLAIN_PAGES)
    return cell(link_to(text(f"tasks.do_{task.kind}"), href=task.address, look="button", stays=stays))


def _calendar(view: TasksView) -> Node:
    """The weeks from this one on, a day in each cell with how many of each kind are due, whichever is listed."""
    monday = view.today - timedelta(days=view.today.weekday())
    weeks = [[monday + timedelta(days=DAYS * week + day) for day in range(DAYS)] for week in range(WEEKS)]
    due: dict[date, Counter[TaskKind]] = {}
    for (kind, due_on), count in view.counts.items():
        if due_on is not None:
            due.setdefault(due_on, Counter())[kind] += count

    def weekday(number: int) -> Column[Sequence[date]]:
        def show(week: Sequence[date]) -> Cell:
            return _day(view, week[number], due.get(week[number], Counter()))

        return Column(name=str(number), head=text(f"tasks.weekday_{number}"), cell=show)

    columns = [weekday(number) for number in range(DAYS)]
    within = [due.get(day, Counter[TaskKind]()) for week in weeks for day in week]
    title = text("tasks.calendar", count=sum(kinds.total() for kinds in within))
    return section(title, data_table(columns, weeks, name=text("tasks.days"), look=TableLook(table="mini calendar")))


def _day(view: TasksView, day: date, kinds: Counter[TaskKind]) -> Cell:
    is_first = day.day == 1 or day == view.today - timedelta(days=view.today.weekday())
    number = text("tasks.month_day", month=day.month, day=day.day) if is_first else str(day.day)
    lines = [block(text("tasks.of_day", kind=text(f"tasks.kind_{kind}"), count=n)) for kind, n in sorted(kinds.items())]
    return cell(run(number, look="b" if day == view.today else "d"), *lines)


def _area(view: TasksView) -> Node:
    """The area that the viewer is responsible for, with the way to it."""
    area = view.area
    if area is None:
        return None
    sentence = text("registers.own_area", area=area.name, schools=formatting.count(len(area.school_codes)))
    way = link_to(text("registers.see"), href=f"{INSPECTORS.path}/{area.area_code}", stays=False)
    return section(text("registers.tasks"), paragraph(sentence, " ", way))


def _waiting(view: TasksView) -> Node:
    """What others must do first, by kind."""
    total = sum(view.waiting.values())
    title = text("tasks.waiting", count=total)
    if not total:
        return section(title)
    columns: list[Column[TaskKind]] = [
        column("tasks.column_", "kind", lambda kind: text(f"tasks.kind_{kind}"), Kind.NAME),
        column("tasks.column_", "count", lambda kind: count_cell(view.waiting[kind]), Kind.COUNT),
    ]
    return section(title, data_table(columns, list(view.waiting), name=text("tasks.others")))
