"""What callbacks need, passed in, never global."""

from collections.abc import Callable
from dataclasses import dataclass

from data.access import Viewer
from data.catalogue.loader import Catalogue
from queries.reader import Warehouse


@dataclass(frozen=True)
class Dependencies:
    """The warehouse, the catalogue, and who is looking."""

    warehouse: Warehouse
    catalogue: Catalogue
    current_viewer: Callable[[], Viewer]
