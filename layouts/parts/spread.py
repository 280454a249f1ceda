"""What is said about who makes a CV large: raise the low ones, and ask about a lone figure."""

from data.rows.spread import Spread
from data.text import text
from layouts import formatting


def spread_words(cv: float, limit: float, spread: Spread, *, is_within: bool | None) -> list[str]:
    """Sentences on a CV, each with its full stop; none proposes to take from any school."""
    sentences: list[str] = []
    if spread.outlier is not None:
        sentences.append(
            text(
                "spread.outlier",
                name=spread.outlier.school_name,
                share=formatting.share(spread.outlier.share),
                times=formatting.smallest(spread.outlier.times, 1),
            )
        )
    if spread.above_count:
        name = "above_all" if spread.above_count == spread.first_count else "above_some"
        sentences.append(
            text(
                f"spread.{name}",
                first=spread.first_count,
                count=spread.above_count,
                share=formatting.share(spread.above_share),
            )
        )
    if spread.cv_raised is not None:
        verdict = "" if is_within else _verdict(spread, limit)
        sentences.append(_raised(cv, limit, spread.cv_raised, len(spread.raised), verdict))
    return sentences


def _verdict(spread: Spread, limit: float) -> str:
    return text("spread.within" if spread.is_raised_within(limit) else "spread.over")


def _raised(cv: float, limit: float, cv_raised: float, count: int, verdict: str) -> str:
    before, after = formatting.cv(cv, limit), formatting.cv(cv_raised, limit)
    if before == after:
        return text("spread.raised_same", count=count, before=before)
    return text("spread.raised", count=count, before=before, after=after, verdict=verdict)
