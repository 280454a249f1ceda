"""What is said where a list is cut or empty."""

from data.text import text
from layouts import formatting
from layouts.components.elements import paragraph
from layouts.markup import Node


def rest_note(key: str, count: int) -> Node:
    """How many rows are not shown; nothing where all are."""
    return paragraph(text(key, count=formatting.count(count)), look="src") if count > 0 else None


def no_rows(sentence: str) -> Node:
    """What stands in the place of rows where a filter has none."""
    return paragraph(sentence, look="d", role="status")
