"""版本变化: two versions that the address names; without one, the last that was corrected against the one shown."""

from contextlib import suppress

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import NotFoundError, load_frame_context, read_state
from data.catalogue.tables import District
from data.text import text
from data.view_state import ViewState
from layouts.page import AnyPanel
from layouts.pages.changes import page
from layouts.parts.frame import Choice, Filter
from layouts.parts.version import version_name
from layouts.routes import CHANGES, Address, link
from queries import common_dimensions
from queries.changes import changes, is_corrected
from queries.reader import Snapshot


def show_changes(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    shown = deps.warehouse.current()
    state = read_state(shown, address)
    versions = [*(deps.newest or deps.warehouse).before(shown.info.snapshot_id), shown.info.snapshot_id]
    later = _version(deps, state.until) if state.until else shown
    earlier = _version(deps, state.since) if state.since else _before_correction(deps, later)
    if earlier.info.snapshot_id > later.info.snapshot_id:
        earlier, later = later, earlier
    rows = load_frame_context(deps, later, read_state(later, address))
    here = common_dimensions.units(later, rows.period.period, rows.state.basis)
    view = page.ChangesView(
        rows=rows,
        earlier=earlier.info,
        later=later.info,
        changes=changes(earlier, later),
        names={d.district_code: d.short_name for d in deps.catalogue.rows(District)},
        indicator_names={
            i.indicator_code: i.short_name for i in common_dimensions.indicators(later, rows.period.period)
        },
        place=here[0].group_name if later.is_of_parent and here else "",
        days={p.period: p.snapshot_date for p in common_dimensions.periods(later)},
        versions=versions,
    )
    return page.document_title(), page.panels(view, _slots(view, state))


def _version(deps: Dependencies, snapshot_id: str) -> Snapshot:
    """A publication by its id.

    Raises:
        NotFoundError: there is none, or it is damaged.
    """
    publication = (deps.newest or deps.warehouse).pinned(snapshot_id)
    if publication is None:
        raise NotFoundError(text("meeting.no_snapshot", snapshot=snapshot_id[:40]))
    return publication.current()


def _before_correction(deps: Dependencies, later: Snapshot) -> Snapshot:
    """The newest publication before the last correction; the one just before where nothing was corrected."""

    def find() -> str:
        before = list(reversed((deps.newest or deps.warehouse).before(later.info.snapshot_id)))
        for snapshot_id in before:
            with suppress(NotFoundError):
                if is_corrected(_version(deps, snapshot_id), later):
                    return snapshot_id
        return before[0] if before else later.info.snapshot_id

    return _version(deps, later.cached(("before correction",), find))


def _slots(view: page.ChangesView, state: ViewState) -> list[Filter]:
    """From which version, and to which."""
    earlier, later = view.earlier.snapshot_id, view.later.snapshot_id
    before = [v for v in reversed(view.versions) if v < later] or [earlier]
    after = [v for v in reversed(view.versions) if v > earlier] or [later]
    newest = view.versions[-1]

    def address(since: str, until: str) -> str:
        return link(CHANGES, state, since=since, until="" if until == newest else until)

    return [
        Filter(
            "since",
            address(earlier, later),
            [Choice(version_name(v, view.versions), address(v, later)) for v in before],
        ),
        Filter(
            "until",
            address(earlier, later),
            [Choice(version_name(v, view.versions), address(earlier, v)) for v in after],
        ),
    ]
