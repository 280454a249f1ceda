"""The one place that calls lxml: nothing is fetched, no entity is resolved, no tree grows without end."""

import importlib
import io
from collections.abc import Iterator, Sequence
from typing import Any

_lxml: Any = importlib.import_module("lxml.etree")  # it comes without types
MarkupError: type[Exception] = _lxml.XMLSyntaxError
NESTED_TOO_DEEP = ("ERR_RESOURCE_LIMIT", "ERR_USER_STOP")


def steps(content: bytes, tags: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """The start and the end of every element of these tags, as the document is read."""
    return _lxml.iterparse(
        io.BytesIO(content),
        events=("start", "end"),
        tag=tags,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def html_root(decoded_text: str) -> tuple[Any, bool]:
    """The root of a page, and whether what was nested too deep was cut off in silence."""
    parser = _lxml.HTMLParser(no_network=True, huge_tree=False, recover=True)
    root = _lxml.fromstring(decoded_text, parser)
    return root, any(entry.type_name in NESTED_TOO_DEEP for entry in parser.error_log)
