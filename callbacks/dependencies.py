"""What callbacks need, passed in, never global."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import flask

from data.access import Viewer
from data.catalogue.loader import Catalogue, CatalogueInUse
from data.clock import day_of
from data.store.engine import Store
from queries.warehouse import ParentWarehouse, PinnedWarehouse, ScopedWarehouse, Warehouse


@dataclass(frozen=True)
class Dependencies:
    """The warehouse, the operational store, where the catalogue is, who is looking, and the clock (UTC)."""

    warehouse: Warehouse | PinnedWarehouse | ScopedWarehouse | ParentWarehouse
    store: Store
    catalogue_of: Callable[[], Catalogue]
    """The catalogue in use; within one request always the same."""
    current_viewer: Callable[[], Viewer]
    now: Callable[[], datetime]
    newest: Warehouse | PinnedWarehouse | ScopedWarehouse | ParentWarehouse | None = None
    """What is in force, where `warehouse` is pinned to an earlier publication."""
    meeting_day: date | None = None
    """The day of the meeting that the pinned publication is shown in."""
    keeps_pages: bool = True
    """Whether a page may be one that was drawn before: of that only what a browser needs is kept."""

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue in use."""
        return self.catalogue_of()

    def for_viewer(self) -> "Dependencies":
        """The same for who is looking now, with only the rows that their scope allows."""
        viewer = self.current_viewer()
        return replace(self, warehouse=ScopedWarehouse(self.warehouse, viewer.scope), current_viewer=lambda: viewer)

    def today(self) -> date:
        """The date in Beijing; in a pinned meeting the meeting's day."""
        return self.meeting_day or day_of(self.now())


def catalogue_of_request(in_use: CatalogueInUse) -> Callable[[], Catalogue]:
    """The catalogue as it was when the request first asked; what is released meanwhile holds from the next one on."""

    def catalogue() -> Catalogue:
        if not flask.has_request_context():
            return in_use.current()
        if "catalogue" not in flask.g:
            flask.g.catalogue = in_use.follow()
        return flask.g.catalogue

    return catalogue
