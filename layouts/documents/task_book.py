"""任务书: a Word draft with the measures of a unit, who answers, the money, the quarters, and what has no measure."""

from data.store.task_lists import Standing
from data.text import text
from layouts import formatting
from layouts.documents.word import add_heading, add_right, add_table, add_text, new_document, to_bytes
from layouts.office.task_book import TaskBookView
from layouts.office.task_words import amount_words, left_out_words, money_words, quarter_words, span_words

COLUMNS = ("measure", "amount", "owner", "span", "money")
COLUMNS_CM = (4.6, 2.4, 3.4, 3.0, 1.8)
QUARTERS = ("measure", "quarters")
QUARTERS_CM = (4.6, 10.6)


def task_book_paper(view: TaskBookView) -> bytes:
    """The paper of a book; signature and seal are left to the office."""
    detail = view.detail
    book = detail.row.book
    mark = text("document.demo") if book.is_demonstration else text("letter.draft")
    document = new_document(text("task_book.title"), mark, book.matter_code)
    add_text(document, text("task_book.paper_number", code=book.matter_code), indent=False)
    add_text(document, text("letter.to", name=detail.row.unit_name), indent=False)
    add_text(document, text("task_book.paper_opening", period=detail.origin.period, count=len(view.kept)))
    add_heading(document, text("task_book.measures"))
    heads = [text(f"task_book.column.{name}") for name in COLUMNS]
    add_table(document, heads, [_line(view, s) for s in view.kept], COLUMNS_CM)
    add_text(document, text("task_book.paper_money", money=money_words(detail.row.money or None)))
    add_heading(document, text("task_book.quarters"))
    heads = [text(f"task_book.column.{name}") for name in QUARTERS]
    add_table(document, heads, [[s.measure.subject, _quarters(view, s)] for s in view.kept], QUARTERS_CM)
    if detail.left_out:
        add_heading(document, text("task_book.left_title", count=len(detail.left_out)))
        for left in detail.left_out:
            add_text(document, f"{view.names.item(left.item_code)}：{left_out_words(left)}")
    dropped = [s.measure for s in detail.standings if s.measure.is_dropped]
    if dropped:
        add_heading(document, text("task_book.dropped_title"))
        for measure in dropped:
            add_text(document, f"{measure.subject}：{measure.drop_reason}")
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(view.today))
    return to_bytes(document)


def _line(view: TaskBookView, standing: Standing) -> list[str]:
    measure = standing.measure
    schools = len(view.detail.schools.get(measure.measure_code, ()))
    of_schools = text("task_book.paper_schools", count=schools) if schools else ""
    return [
        f"{measure.subject}（{view.names.item(measure.item_code)}）",
        amount_words(measure.amount, measure.unit) + of_schools,
        view.names.owner(measure),
        span_words(measure),
        money_words(measure.money),
    ]


def _quarters(view: TaskBookView, standing: Standing) -> str:
    measure = standing.measure
    planned = view.detail.milestones.get(measure.measure_code, {})
    return "；".join(f"{quarter_words(end)} {amount_words(total, measure.unit)}" for end, total in planned.items())
