"""A form notes every warning of the list that was looked at as reminded."""

from callbacks.dependencies import Dependencies
from callbacks.pages.warn import warn_view
from callbacks.rendering.page_context import load_unit_context, read_state
from callbacks.writing.form_fields import Done, Request, text_field_of
from data.access import Viewer
from data.store.refusals import RefusedError
from data.store.warnings import remind_all
from data.text import text
from layouts import formatting
from layouts.routes import WARN, address_of


def remind_of_all(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Remind of what was shown as waiting; refused where it is no longer the list that was shown."""
    path, _, query = text_field_of(request, "address").partition("?")
    address = address_of(path, "?" + query)
    if address is None or address.route is not WARN:
        raise RefusedError("none_new")
    snapshot = deps.warehouse.current()
    view = warn_view(deps, snapshot, load_unit_context(deps, snapshot, read_state(snapshot, address)))
    waiting = view.waiting
    if any(not snapshot.scope.may_change(w.district_code) for w in waiting):
        raise RefusedError("matter_of_unit")
    if text_field_of(request, "seen") != view.waiting_mark:
        raise RefusedError("none_new")
    seen = {w.warning_key: w.record.version if w.record else 0 for w in waiting}
    reminded = remind_all(deps.store, deps.catalogue, viewer, seen, deps.now())
    return Done(text("reminding.done", count=formatting.count(len(reminded))))
