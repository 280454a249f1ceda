"""满意度调查报告: a Word draft of what one round, or one rehearsal, gave."""

from datetime import date

from data.rows.surveys import GroupResult, ReportedRecognition, SurveyResult, SurveyRow
from data.text import text
from layouts import formatting
from layouts.documents.word import add_heading, add_right, add_table, add_text, new_document, to_bytes
from layouts.office.survey_words import confidence_words, interval_words, judging_words, response_words, share_words

COLUMNS_CM = (2.9, 1.8, 1.8, 1.8, 2.0, 4.4)
COLUMNS = ("group", "asked", "answered", "satisfied", "share", "interval")


def survey_report(row: SurveyRow, result: SurveyResult, reported: ReportedRecognition | None, today: date) -> bytes:
    """The report of a survey that is counted; a rehearsal is called one in title, head and text.

    Args:
        row: The survey.
        result: What it gave.
        reported: What the unit itself reported as S1 of the same period.
        today: The day on the paper.
    """
    survey = row.survey
    marks = [text("survey.rehearsal")] if row.is_rehearsal else []
    marks.append(text("document.demo") if survey.is_demonstration else text("letter.draft"))
    document = new_document(text(f"survey.report_{survey.matter_kind}"), "，".join(marks), survey.matter_code)
    add_text(document, text("survey.report_of", unit=row.unit_name, subject=survey.subject))
    if row.is_rehearsal:
        add_text(document, text("survey.rehearsal_means"))
    add_heading(document, text("survey.report_result"))
    add_text(document, text("survey.report_sentence", share=share_words(result.pooled, result)))
    for sentence in judging_words(row, result, reported):
        add_text(document, sentence)
    add_text(document, text("survey.report_response", response=response_words(result.pooled)))
    add_heading(document, text("survey.report_groups"))
    heads = [text(f"survey.column.{name}") for name in COLUMNS]
    add_table(document, heads, [_line(group, result) for group in (*result.groups, result.pooled)], COLUMNS_CM)
    add_heading(document, text("survey.report_method"))
    add_text(document, text("survey.method", confidence=confidence_words(result)), with_next=True)
    add_right(document, text("letter.signature"))
    add_right(document, formatting.day(today))
    return to_bytes(document)


def _line(group: GroupResult, result: SurveyResult) -> list[str]:
    counts = (group.asked, group.answered, group.satisfied)
    numbers = [formatting.NONE if n is None else formatting.count(n) for n in counts]
    share = formatting.NONE if group.share is None else formatting.share(group.share, result.standard)
    return [group.name or text("survey.all_groups"), *numbers, share, interval_words(group, result)]
