"""A part of a paper's XML that python-docx and python-pptx have no name of their own for."""

from typing import Protocol


class Element(Protocol):
    """An element of lxml, which has no types."""

    def makeelement(self, tag: str, attributes: dict[str, str], /) -> "Element":
        """Make another element of the same kind."""
        ...

    def append(self, element: "Element", /) -> None:
        """Put an element at the end."""
        ...


def add_element(parent: Element, tag: str, attributes: dict[str, str]) -> None:
    """Put a new element at the end of another; `tag` and attributes are qualified names."""
    parent.append(parent.makeelement(tag, attributes))
