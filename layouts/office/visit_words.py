"""走访: how a limit that a school does not keep is said, and the words of answers and states."""

from data.rows.visits import FailingLimitRow
from data.text import text
from layouts import formatting


def limit_words(limit: FailingLimitRow) -> str:
    """报最大班额62人，不超过45人."""
    bound = "at_least" if limit.item_code == "G3" else "at_most"
    line = text(f"school.{bound}", limit=formatting.count(limit.line))
    return text("visit.reported", value=f"{_kind(limit.kind)}{formatting.count(limit.amount)}", line=line)


def _kind(kind: str) -> str:
    if kind == "size":
        return text("school.size")
    if kind in ("music", "art"):
        return text(f"school.{kind}_rooms")
    return text("school.largest_class", stage=text(f"stage.{kind}"))
