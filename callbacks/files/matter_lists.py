"""The list of a kind of matter as a workbook: what the page lists with its filter, all of it."""

from collections.abc import Sequence
from dataclasses import dataclass

import flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, attachment
from callbacks.files.export import note_export
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit
from data.text import text
from layouts.export.files import Caption, to_xlsx
from layouts.export.tables import tables_in
from layouts.markup import Node
from layouts.office.matter_filter import MatterFilter

MOST_OF_FILE = 20_000


@dataclass(frozen=True)
class MatterList:
    """What a file says: its title and sentence, the filter, the table as the page draws it, how much is in it."""

    title: str
    headline: str
    chosen: MatterFilter
    table: Node
    shown: int
    count: int
    is_demonstration: bool
    notes: Sequence[str] = ()


def check_export(deps: Dependencies) -> None:
    """Count a file of who is looking before it is made."""
    viewer = deps.current_viewer()
    check_rate_limit("export", viewer.account or flask.request.remote_addr or "")
    check_quota(deps, "exports", viewer)


def list_file(deps: Dependencies, listed: MatterList) -> Response:
    """The workbook, its taking recorded."""
    chosen = listed.chosen
    marks = [text("app.demo")] if listed.is_demonstration else []
    more = [text("matter.left_out", shown=listed.shown, count=listed.count)] if listed.count > listed.shown else []
    caption = Caption(listed.headline, _filters(chosen), [*marks, *listed.notes, *more])
    note_export(deps, "xlsx", chosen.address(chosen.path))
    name = "_".join([listed.title, deps.today().isoformat(), *marks])
    return attachment(to_xlsx(caption, tables_in([listed.table], listed.title)), f"{name}.xlsx", XLSX)


def _filters(chosen: MatterFilter) -> Sequence[tuple[str, str]]:
    states = {s.state_code: s.name for s in chosen.states}
    return [
        (text("filter.district"), dict(chosen.units).get(chosen.district_code, text("visit.all_units"))),
        (text("visit.column.state"), states.get(chosen.state, text("visit.all_states"))),
    ]
