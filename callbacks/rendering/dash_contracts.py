"""All that our server knows of Dash's inside: the parts of its index and the marks that it looks for in it.

Read from the release named here (`assets/modules/dash-adapter.js` has the browser's half); a test says so when
another one is installed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

DASH_VERSION = "4.4.1"
ENTRY = '<div id="react-entry-point"></div>'
"""Where Dash draws."""
RENDERER = "_dash-renderer"
"""The identity of the script that starts it; Dash refuses an index without one."""
_SOURCE = re.compile(r'<script[^>]* src="([^"]+)"')


@dataclass(frozen=True)
class IndexParts:
    """What Dash hands to an index of ours."""

    css: str
    """Links to the style sheets of components and assets."""
    config: str
    """Its settings as a JSON island."""
    scripts: list[str]
    """Addresses of the scripts, in the order in which they have to be loaded."""


def index_parts(parts: Mapping[str, str]) -> IndexParts:
    """The parts that we use; the others (`metas`, `favicon`, `renderer`, …) are ours."""
    return IndexParts(parts["css"], parts["config"], _SOURCE.findall(parts["scripts"]))
