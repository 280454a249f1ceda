"""`/opinions` and `/complaints`: lists, forms, one matter with its steps, and the letters of an opinion."""

from datetime import date
from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, attachment
from callbacks.files.export import note_export
from callbacks.files.matter_lists import MOST_OF_FILE, MatterList, check_export, list_file
from callbacks.pages.matters import (
    COMPLAINT,
    OPINION,
    about_terms,
    count_late_matters,
    issues_of_party,
    items_of,
    matter_in_scope,
    matter_rows,
    steps_of,
    terms_of,
    unarranged_year,
)
from callbacks.pages.opening import schools_of
from callbacks.pages.visits import unit_names
from callbacks.rendering.binding import for_reader
from callbacks.web.account_bar import office_strip
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.matter_forms import ADDS, added_matter, take_asked_step
from callbacks.writing.matter_steps import Page, answer_step, refusal_words
from data.clock import day_of
from data.settings import Settings
from data.store import audit
from data.store.matter_lists import Asked, count_by_state, part_of_list
from data.store.matters import Matter
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.store.steps import open_states, states_of
from data.text import text
from layouts.documents.opinion import opinion_letter
from layouts.office.matter import NUMBERED, MatterView, matter_page
from layouts.office.matters import (
    PATHS,
    MattersView,
    NewMatterForm,
    matters_count,
    matters_filter,
    matters_headline,
    matters_page,
    matters_table,
)
from layouts.routes import LEDGER
from queries.reader import Snapshot

MOST_ROWS = 200
WITHDRAWN = "withdrawn"
AGAIN = "again"


def add_matters(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the pages of both kinds, and the letter."""
    for matter_kind, path in PATHS.items():
        pages = MatterPages(deps, settings, matter_kind)
        server.add_url_rule(path, f"show_{matter_kind}s", pages.show_list)
        server.add_url_rule(path, f"add_{matter_kind}", pages.add, methods=["POST"])
        server.add_url_rule(f"{path}/list.xlsx", f"give_{matter_kind}s", pages.give_list)
        server.add_url_rule(f"{path}/<matter_code>", f"show_{matter_kind}", pages.show_one)
        server.add_url_rule(f"{path}/<matter_code>", f"step_{matter_kind}", pages.step, methods=["POST"])

    @server.get(f"{PATHS[OPINION]}/<matter_code>/letter.docx")
    def give_letter(matter_code: str) -> Response:
        return MatterPages(deps, settings, OPINION).letter(matter_code)


class MatterPages:
    """The pages of one kind of matter."""

    def __init__(self, deps: Dependencies, settings: Settings, matter_kind: str) -> None:
        self._deps, self._settings, self._kind = deps, settings, matter_kind

    def show_list(self) -> str:
        """The list; after an addition it says which was added."""
        return self._listed("")

    def add(self) -> Page:
        """Add a matter, and show it."""
        scoped = for_reader(self._deps)
        try:
            added, is_new = added_matter(scoped, self._kind)
        except RefusedError as error:
            return self._listed(refusal_words(error), is_failure=True), 400
        return flask.redirect(
            f"{PATHS[self._kind]}/{added.matter_code}?{urlencode({'done': '1' if is_new else AGAIN})}"
        )

    def show_one(self, matter_code: str) -> str:
        """One matter."""
        done = flask.request.args.get("done", "")
        said = text("matter.again", code=matter_code) if done == AGAIN else text("form.saved", what=matter_code)
        return self._shown(self._known(matter_code), said if done else "")

    def step(self, matter_code: str) -> Page:
        """Take a step, and show the matter."""
        matter = self._known(matter_code)
        return answer_step(
            f"{PATHS[self._kind]}/{matter_code}",
            lambda: take_asked_step(for_reader(self._deps), matter),
            lambda said: self._shown(matter, said, is_failure=True),
            lambda said: self._shown(self._known(matter_code), said, is_failure=True),
        )

    def give_list(self) -> Response:
        """The list with its filter as a workbook."""
        scoped = for_reader(self._deps)
        check_export(scoped)
        view = self._view(scoped, scoped.warehouse.current(), MOST_OF_FILE)
        listed = MatterList(
            text(f"matter.title_{self._kind}"),
            matters_headline(view),
            matters_filter(view),
            matters_table(view),
            len(view.rows),
            matters_count(view),
            is_demonstration=any(r.matter.is_demonstration for r in view.rows),
        )
        return list_file(scoped, listed)

    def letter(self, matter_code: str) -> Response:
        """The letter of the state that an opinion has reached, as a Word draft."""
        scoped, matter = for_reader(self._deps), self._known(matter_code)
        if not has_letter(matter):
            flask.abort(404)
        snapshot = scoped.warehouse.current()
        check_export(scoped)
        (row,) = matter_rows(scoped, snapshot, [matter])
        content = opinion_letter(
            row, issues_of_party(scoped, snapshot, matter), terms_of(scoped, matter), _left_on(scoped, matter)
        )
        note_export(scoped, "opinion", f"{PATHS[OPINION]}/{matter_code}")
        mark = f"_{text('app.demo')}" if matter.is_demonstration else ""
        return attachment(content, f"{text('matter.title_opinion')}_{matter_code}{mark}.docx", DOCX)

    def _known(self, matter_code: str) -> Matter:
        scoped = for_reader(self._deps)
        matter = matter_in_scope(scoped, scoped.warehouse.current(), self._kind, matter_code)
        if matter is None:
            flask.abort(404)
        return matter

    def _token(self) -> str:
        return csrf_token(flask.request.cookies.get(session_cookie(self._settings), ""))

    def _listed(self, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        view = self._view(scoped, scoped.warehouse.current(), MOST_ROWS)
        return matters_page(view, self._token(), office_strip(scoped, self._settings), message, is_failure=is_failure)

    def _shown(self, matter: Matter, message: str, *, is_failure: bool = False) -> str:
        scoped = for_reader(self._deps)
        snapshot = scoped.warehouse.current()
        (row,) = matter_rows(scoped, snapshot, [matter])
        transitions, withheld = steps_of(scoped, scoped.current_viewer(), matter)
        history = account_history(scoped, matter)
        items = dict(items_of(scoped))
        view = MatterView(
            row,
            items.get(matter.item_code, matter.item_code),
            states_of(scoped.catalogue, self._kind),
            terms_of(scoped, matter),
            unarranged_year(scoped, matter),
            history,
            transitions,
            withheld,
            _ways(matter),
            not self._settings.has_login,
        )
        return matter_page(view, self._token(), office_strip(scoped, self._settings), message, is_failure=is_failure)

    def _view(self, deps: Dependencies, snapshot: Snapshot, most: int) -> MattersView:
        args, viewer = flask.request.values, deps.current_viewer()
        units, states = unit_names(deps, snapshot), states_of(deps.catalogue, self._kind)
        district = args.get("district", "") if args.get("district", "") in units else ""
        state = args.get("state", "") if args.get("state", "") in {s.state_code for s in states} else ""
        asked = Asked(self._kind, snapshot.scope, district, state)
        may_add = ADDS[self._kind] in viewer.permissions
        chosen = args.get("new", "") or (flask.request.form.get("district", "") if may_add else "")
        chosen = next(iter(units)) if len(units) == 1 else chosen
        first, *rest = open_states(deps.catalogue, self._kind)
        return MattersView(
            self._kind,
            matter_rows(deps, snapshot, part_of_list(deps.store, asked, first, most, also_first=rest)),
            count_by_state(deps.store, asked),
            count_late_matters(deps, asked),
            states,
            state,
            district,
            sorted(units.items()),
            self._form(deps, snapshot, chosen, units[chosen]) if may_add and chosen in units else None,
            may_add,
            not self._settings.has_login,
            deps.today(),
            about_terms(deps, self._kind),
        )

    def _form(self, deps: Dependencies, snapshot: Snapshot, district: str, unit_name: str) -> NewMatterForm:
        items = items_of(deps) if self._kind == COMPLAINT else []
        needs_school = self._kind == OPINION and snapshot.scope.districts is not None
        return NewMatterForm(district, unit_name, schools_of(snapshot, district), items, needs_school)


def account_history(deps: Dependencies, matter: Matter) -> list[audit.AuditRow]:
    """What was done with a matter, its people told apart."""
    names = account_names(deps.store)
    return names.of_history(audit.history(deps.store, matter.matter_kind, matter.matter_code))


def _left_on(deps: Dependencies, matter: Matter) -> date:
    """The day on the letter: that of the step by which it left; today's before."""
    history = audit.history(deps.store, matter.matter_kind, matter.matter_code)
    left = [day_of(row.at) for row in history if row.action in NUMBERED]
    return left[-1] if left else deps.today()


def has_letter(matter: Matter) -> bool:
    """Whether a letter belongs to a matter: to every opinion but one that was withdrawn."""
    return matter.matter_kind == OPINION and matter.state != WITHDRAWN


def _ways(matter: Matter) -> list[tuple[str, str]]:
    """Where one goes on from a matter."""
    place = {"district": matter.district_code, "about": "words", "subject": matter.subject[:120]}
    ways = [(text("matter.to_issue"), f"{LEDGER.path}?{urlencode(place)}")]
    if has_letter(matter):
        ways.insert(0, (text("matter.letter"), f"{PATHS[OPINION]}/{matter.matter_code}/letter.docx"))
    return ways
