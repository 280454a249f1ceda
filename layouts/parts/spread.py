"""What is said about who makes a CV large: raise the low ones, and ask about a lone figure."""

from data.rows.spread import Spread
from data.text import text
from layouts import formatting


def spread_words(cv: float, limit: float, spread: Spread) -> list[str]:
    """Sentences on a CV, each with its full stop; none proposes to take from any school."""
    words: list[str] = []
    if spread.outlier is not None:
        words.append(text("spread.outlier", name=spread.outlier.school_name,
                          share=formatting.share(spread.outlier.share),
                          times=formatting.smallest(spread.outlier.times, 1)))  # fmt: skip
    if spread.above_count:
        name = "above_all" if spread.above_count == spread.first_count else "above_some"
        words.append(text(f"spread.{name}", first=spread.first_count, count=spread.above_count,
                          share=formatting.share(spread.above_share)))  # fmt: skip
    if spread.cv_raised is not None:
        words.append(_raised(cv, limit, spread.cv_raised, len(spread.raised)))
    return words


def _raised(cv: float, limit: float, cv_raised: float, count: int) -> str:
    before, after = formatting.cv(cv, limit), formatting.cv(cv_raised, limit)
    if before == after:
        return text("spread.raised_same", count=count, before=before)
    verdict = ""
    if cv > limit:
        verdict = text("spread.within" if cv_raised <= limit else "spread.over")
    return text("spread.raised", count=count, before=before, after=after, verdict=verdict)
