"""What callbacks need, passed in, never global."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.store.engine import Store
from queries.reader import Pinned, Warehouse

BEIJING = timedelta(hours=8)


@dataclass(frozen=True)
class Dependencies:
    """The warehouse, the operational store, the catalogue, who is looking, and the clock (UTC)."""

    warehouse: Warehouse | Pinned
    store: Store
    catalogue: Catalogue
    current_viewer: Callable[[], Viewer]
    now: Callable[[], datetime]
    newest: Warehouse | Pinned | None = None
    """What is in force, where `warehouse` is pinned to an earlier publication."""

    def today(self) -> date:
        """The date in Beijing."""
        return (self.now() + BEIJING).date()
