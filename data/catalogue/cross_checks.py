"""What one table of the catalogue says must agree with the others, and with who reads it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from string import Formatter
from typing import Any

from data.text import project_texts

Lines = Mapping[str, Sequence[tuple[int | str, Any]]]


def disagreements(lines: Lines) -> list[str]:
    """What does not agree, each with file and line.

    Args:
        lines: The rows of every table by its name, each with its line number.
    """
    return [*_too_many_recognised(lines), *_uncounted(lines), *_unsayable(lines)]


def _too_many_recognised(lines: Lines) -> list[str]:
    """A batch names no more units than it has."""
    known = {batch.batch_code: batch for _, batch in lines["recognition_batches"]}
    named = Counter[str]()
    problems: list[str] = []
    for line, row in lines["recognitions"]:
        named[row.batch_code] += 1
        count = known[row.batch_code].unit_count
        if named[row.batch_code] > count:
            problems.append(
                f"recognitions.csv:{line}: batch {row.batch_code!r} names"
                f" {named[row.batch_code]} units, but has {count}"
            )
    return problems


def _uncounted(lines: Lines) -> list[str]:
    """A lead count is a whole number of something in the school return: nothing reads another."""
    counts = {
        column.field_code
        for _, column in lines["input_columns"]
        if (column.input_kind, column.value_type) == ("school_return", "integer") and column.unit
    }
    return [
        f"lead_counts.csv:{line}: {row.field_code!r} is no count of the school return;"
        f" possible are {', '.join(sorted(counts))}"
        for line, row in lines["lead_counts"]
        if row.field_code not in counts
    ]


def _unsayable(lines: Lines) -> list[str]:
    """Own words are of a key that there is, and leave out or add nothing that is filled in."""
    said = project_texts()
    return [
        f"words.csv:{line}: {row.word_key!r} is said as {said.get(row.word_key, '')!r}; these words do not fit"
        for line, row in lines["words"]
        if row.word_key not in said or _blanks(said[row.word_key]) != _blanks(row.words) or not row.words.strip()
    ]


def _blanks(wording: str) -> list[str] | None:
    """What is filled into a text; None where it is no text to fill in."""
    try:
        return sorted(f"{name}:{form}!{kind}" for _, name, form, kind in Formatter().parse(wording) if name is not None)
    except ValueError:
        return None
