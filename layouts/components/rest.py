"""What is said where a list is cut or empty."""

from data.text import text
from layouts import formatting
from layouts.components.elements import paragraph
from layouts.markup import FileNode, Node


def rest_note(key: str, count: int) -> Node:
    """How many rows of the table above are not shown, as its file says too; nothing where all are."""
    if count <= 0:
        return None
    sentence = text(key, count=formatting.count(count))
    return FileNode(paragraph(sentence, look="src"), rest=sentence)


def no_rows(sentence: str) -> Node:
    """What stands in the place of rows where a filter has none."""
    return paragraph(sentence, look="d", role="status")
