"""Registers what users write: plain forms, returns, publications, registers, evidence, the dashboard's forms."""

from callbacks.dependencies import Dependencies
from callbacks.files.letters import add_letter_routes
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web.look_back_report import add_look_back_report
from callbacks.writing import mutations
from callbacks.writing.board_file import add_board_file
from callbacks.writing.evidence import add_evidence_routes
from callbacks.writing.inspectors import add_inspectors
from callbacks.writing.matters import add_matters
from callbacks.writing.plain_forms import add_plain_forms
from callbacks.writing.publishing import add_publishing
from callbacks.writing.register_list import add_register_list
from callbacks.writing.return_reminders import add_return_reminders
from callbacks.writing.returns import add_returns
from callbacks.writing.surveys import add_surveys
from callbacks.writing.task_books import add_task_books
from callbacks.writing.visit_record import add_visit_record
from callbacks.writing.visits import add_visits
from data.settings import Settings


def register_writing(app: ServerRenderedDash, deps: Dependencies, settings: Settings) -> None:
    """Every way to write."""
    add_plain_forms(app.server, settings)
    add_returns(app.server, deps, settings)
    add_publishing(app.server, deps, settings)
    add_board_file(app.server, deps, settings)
    add_return_reminders(app.server, deps, settings)
    add_inspectors(app.server, deps, settings)
    add_register_list(app.server, deps, settings)
    mutations.register(app, deps)
    add_evidence_routes(app.server, deps, settings)
    add_letter_routes(app.server, deps)
    add_look_back_report(app.server, deps, settings)
    add_visits(app.server, deps, settings)
    add_matters(app.server, deps, settings)
    add_surveys(app.server, deps, settings)
    add_task_books(app.server, deps, settings)
    add_visit_record(app.server, deps, settings)
