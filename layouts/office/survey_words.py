"""What is said of a survey's counts: the share with its interval, where that lies, and what it is not."""

from data.rows.surveys import GroupResult, ReportedRecognition, Side, SurveyResult, SurveyRow
from data.text import text
from layouts import formatting

PER_CENT = 100


def share_words(group: GroupResult, result: SurveyResult) -> str:
    """满意 412/460（89.6%，95%区间 86.4%–92.0%）; without an answer why there is none."""
    if not group.asked:
        return text("survey.not_asked")
    if group.answered is None:
        return text("survey.not_entered")
    if group.share is None or group.interval is None:
        return text("survey.no_answers")
    return text(
        "survey.share",
        satisfied=formatting.count(group.satisfied or 0),
        answered=formatting.count(group.answered),
        share=formatting.share(group.share, result.standard),
        confidence=confidence_words(result),
        interval=interval_words(group, result),
    )


def interval_words(group: GroupResult, result: SurveyResult) -> str:
    """Both ends, each printed on its side of the standard; a dash where there is no interval."""
    if group.interval is None:
        return formatting.NONE
    ends = (formatting.share(end, result.standard) for end in (group.interval.low, group.interval.high))
    return "–".join(ends)


def confidence_words(result: SurveyResult) -> str:
    """95%."""
    return formatting.plain(result.confidence * PER_CENT) + "%"


def standard_words(result: SurveyResult) -> str:
    """85%."""
    return formatting.plain(result.standard * PER_CENT) + "%"


def side_words(result: SurveyResult) -> str:
    """Where the interval of all answers lies, and how many answers more would settle it."""
    pooled, standard = result.pooled, standard_words(result)
    if pooled.side is None:
        return text("survey.side_none", standard=standard)
    said = text(f"survey.side_{pooled.side}", standard=standard)
    if pooled.side is not Side.ACROSS:
        return said
    if pooled.more_answers is None:
        return said + text("survey.more_never", standard=standard)
    return said + text("survey.more_answers", count=formatting.count(pooled.more_answers), standard=standard)


def response_words(group: GroupResult) -> str:
    """回收 460/500（92.0%）."""
    if group.response_share is None:
        return formatting.NONE
    return text(
        "survey.response",
        answered=formatting.count(group.answered or 0),
        asked=formatting.count(group.asked),
        share=formatting.share(group.response_share),
    )


def reported_words(reported: ReportedRecognition | None, period: str) -> str:
    """The S1 that the unit reported, said as what it is."""
    if reported is None:
        return text("survey.reported_none", period=period)
    if reported.amount is None:
        return text("survey.reported_without", period=period)
    return text("survey.reported", period=period, amount=formatting.plain(reported.amount))


def judging_words(row: SurveyRow, result: SurveyResult, reported: ReportedRecognition | None) -> list[str]:
    """A round beside the standard and what the unit reported; a rehearsal is compared with nothing."""
    return [] if row.is_rehearsal else [side_words(result), reported_words(reported, row.period)]
