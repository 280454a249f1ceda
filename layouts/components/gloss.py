"""A word that a reader may not know, with what it means beside the pointer or the focus."""

from data.text import text
from layouts.components.elements import link_to
from layouts.markup import Node
from layouts.routes import METHOD

TERMS = (
    "section",
    "remainder",
    "cv",
    "near",
    "undecidable",
    "not_reported",
    "not_applicable",
    "progress",
    "late",
    "uncertain",
    "worse",
    "boundaries",
    "influence",
    "not_converging",
    "paper",
    "rebounded",
    "version",
)
"""In the order in which the page on methods lists them."""


def gloss(term: str) -> Node:
    """The word, leading to where the page on methods explains it."""
    word, meaning = text(f"gloss_word.{term}"), text(f"gloss.{term}")
    return link_to(
        word,
        href=f"{METHOD.path}#{anchor(term)}",
        look="gloss",
        stays=False,
        data_tip=meaning,
        aria_label=text("method.explained", word=word, meaning=meaning),
    )


def anchor(term: str) -> str:
    """Where on the page on methods a word is explained."""
    return f"gloss-{term}"


def glossed(sentence: str, *terms: str) -> list[Node]:
    """The sentence with the first of each of these words explained."""
    nodes: list[Node] = [sentence]
    for term in terms:
        word = text(f"gloss_word.{term}")
        for place, node in enumerate(nodes):
            if isinstance(node, str) and word in node:
                before, _, after = node.partition(word)
                nodes[place : place + 1] = [part for part in (before, gloss(term), after) if part]
                break
    return nodes
