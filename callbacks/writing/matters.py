"""`/opinions` and `/complaints`: lists, forms, one matter with its steps, and the letters of an opinion."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import DOCX, attachment
from callbacks.files.export import note_export
from callbacks.pages.matters import (
    COMPLAINT,
    OPINION,
    about_terms,
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
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.form_fields import actor_of, date_field_of, int_field_of, text_field_of
from data.access import Permission
from data.importing.personal import holds_personal_number
from data.settings import Settings
from data.store import audit
from data.store.matter_lists import Asked, count_by_state, count_late, part_of_list
from data.store.matters import Matter, MatterStep, NewMatter, Writing, add_matter, find_in, take_step
from data.store.names import account_names
from data.store.refusals import ChangedMeanwhileError, RefusedError, check_words
from data.store.steps import open_states, states_of
from data.terms import last_day
from data.text import text
from layouts import formatting
from layouts.documents.opinion import opinion_letter
from layouts.office.matter import NUMBERED, MatterView, matter_page
from layouts.office.matters import CHANNELS, PATHS, SCALES, MattersView, NewMatterForm, matters_page
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from layouts.routes import LEDGER
from queries.reader import Snapshot

ADDS = {OPINION: Permission.OPINIONS_ISSUE, COMPLAINT: Permission.COMPLAINTS_RECORD}
MOST_ROWS = 200
Page = str | Response | tuple[str, int]


def add_matters(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the pages of both kinds, and the letter."""
    for matter_kind, path in PATHS.items():
        pages = MatterPages(deps, settings, matter_kind)
        server.add_url_rule(path, f"show_{matter_kind}s", pages.show_list)
        server.add_url_rule(path, f"add_{matter_kind}", pages.add, methods=["POST"])
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
        scoped = self._reader()
        try:
            added = self._added(scoped, scoped.warehouse.current())
        except RefusedError as error:
            return self._listed(_refusal(error), is_failure=True), 400
        return flask.redirect(f"{PATHS[self._kind]}/{added.matter_code}?{urlencode({'done': '1'})}")

    def show_one(self, matter_code: str) -> str:
        """One matter."""
        done = flask.request.args.get("done", "")
        return self._shown(self._known(matter_code), text("form.saved", what=matter_code) if done else "")

    def step(self, matter_code: str) -> Page:
        """Take a step, and show the matter."""
        matter = self._known(matter_code)
        try:
            self._taken(self._reader(), matter)
        except RefusedError as error:
            return self._shown(matter, _refusal(error), is_failure=True), 400
        except ChangedMeanwhileError as error:
            changed = text("form.changed", who=error.by, time=formatting.moment(error.at))
            return self._shown(self._known(matter_code), changed, is_failure=True), 409
        return flask.redirect(f"{PATHS[self._kind]}/{matter_code}?done=1")

    def letter(self, matter_code: str) -> Response:
        """The letter of the state that an opinion has reached, as a Word draft."""
        scoped, matter = self._reader(), self._known(matter_code)
        viewer, snapshot = scoped.current_viewer(), scoped.warehouse.current()
        check_rate_limit("export", viewer.account or flask.request.remote_addr or "")
        check_quota(scoped, "exports", viewer)
        (row,) = matter_rows(scoped, snapshot, [matter])
        content = opinion_letter(
            row, issues_of_party(scoped, snapshot, matter), terms_of(scoped, matter), scoped.today()
        )
        note_export(scoped, "opinion", f"{PATHS[OPINION]}/{matter_code}")
        mark = f"_{text('app.demo')}" if matter.is_demonstration else ""
        return attachment(content, f"{text('matter.title_opinion')}_{matter_code}{mark}.docx", DOCX)

    def _reader(self) -> Dependencies:
        scoped = self._deps.for_viewer()
        if Permission.READ_FIGURES not in scoped.current_viewer().permissions:
            raise NotAllowedError(Permission.READ_FIGURES)
        return scoped

    def _known(self, matter_code: str) -> Matter:
        scoped = self._reader()
        matter = matter_in_scope(scoped, scoped.warehouse.current(), self._kind, matter_code)
        if matter is None:
            flask.abort(404)
        return matter

    def _token(self) -> str:
        return csrf_token(flask.request.cookies.get(session_cookie(self._settings), ""))

    def _listed(self, message: str, *, is_failure: bool = False) -> str:
        scoped = self._reader()
        view = self._view(scoped, scoped.warehouse.current())
        return matters_page(view, self._token(), office_strip(scoped, self._settings), message, is_failure=is_failure)

    def _shown(self, matter: Matter, message: str, *, is_failure: bool = False) -> str:
        scoped = self._reader()
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

    def _view(self, deps: Dependencies, snapshot: Snapshot) -> MattersView:
        args, viewer = flask.request.values, deps.current_viewer()
        units, states = unit_names(deps, snapshot), states_of(deps.catalogue, self._kind)
        district = args.get("district", "") if args.get("district", "") in units else ""
        state = args.get("state", "") if args.get("state", "") in {s.state_code for s in states} else ""
        asked = Asked(self._kind, snapshot.scope, district, state)
        may_add = ADDS[self._kind] in viewer.permissions
        chosen = args.get("new", "") or (flask.request.form.get("district", "") if may_add else "")
        chosen = next(iter(units)) if len(units) == 1 else chosen
        first = open_states(deps.catalogue, self._kind)[0]
        late = sum(
            count_late(deps.store, asked, code, deps.today()) for code in open_states(deps.catalogue, self._kind)
        )
        return MattersView(
            self._kind,
            matter_rows(deps, snapshot, part_of_list(deps.store, asked, first, MOST_ROWS)),
            count_by_state(deps.store, asked),
            late,
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

    def _added(self, deps: Dependencies, snapshot: Snapshot) -> Matter:
        said: dict[str, object] = dict(flask.request.form.items())
        viewer = actor_of(deps, text_field_of(said, "actor"))
        if ADDS[self._kind] not in viewer.permissions:
            raise RefusedError("no_permission")
        district, school = text_field_of(said, "district"), text_field_of(said, "school_code")
        if not snapshot.scope.allows(district) or district not in unit_names(deps, snapshot):
            raise RefusedError("unknown_unit")
        if school and school not in dict(schools_of(snapshot, district)):
            raise RefusedError("unknown_school")
        if self._kind == OPINION and not school and snapshot.scope.districts is not None:
            raise RefusedError("needs_other_party")
        note = text_field_of(said, "note")
        if not note:
            raise RefusedError("needs_reason")
        new = NewMatter(self._kind, district, text_field_of(said, "subject"), school_code=school or None, note=note)
        new = _opinion(deps, said, new) if self._kind == OPINION else _complaint(deps, said, new)
        with deps.store.write() as connection:
            audit.hold_head(connection)
            writing = Writing(deps.store, connection, deps.catalogue, viewer, deps.now())
            return add_matter(writing, new, is_demonstration=is_invented(snapshot.info, UNIT_KINDS))

    def _taken(self, deps: Dependencies, matter: Matter) -> None:
        said: dict[str, object] = dict(flask.request.form.items())
        step = MatterStep(
            matter.matter_code,
            int_field_of(said, "version"),
            text_field_of(said, "action"),
            text_field_of(said, "reason"),
            date_field_of(said, "due_on"),
        )
        changes: dict[str, Any] = {}
        if self._kind == OPINION and step.action in NUMBERED:
            number = text_field_of(said, "document_number")
            check_words(number)
            if not number:
                raise RefusedError("needs_number")
            changes["document_number"] = number[:60]
        viewer = actor_of(deps, text_field_of(said, "actor"))
        with deps.store.write() as connection:
            audit.hold_head(connection)
            now = find_in(connection, matter.matter_code)
            if now is None:
                raise RefusedError("unknown_matter")
            take_step(Writing(deps.store, connection, deps.catalogue, viewer, deps.now()), now, step, changes=changes)


def account_history(deps: Dependencies, matter: Matter) -> list[audit.AuditRow]:
    """What was done with a matter, its people told apart."""
    names = account_names(deps.store)
    return names.of_history(audit.history(deps.store, matter.matter_kind, matter.matter_code))


def _opinion(deps: Dependencies, said: dict[str, object], new: NewMatter) -> NewMatter:
    """The first opinion is due so many days after the supervision ended, by its kind."""
    scale, ended_on = text_field_of(said, "scale"), date_field_of(said, "ended_on")
    if scale not in SCALES or ended_on is None or ended_on > deps.today():
        raise RefusedError("needs_ended_on")
    note = text(
        "matter.opinion_note", scale=text(f"matter.scale_{scale}"), day=formatting.day(ended_on), words=new.note
    )
    return replace(new, note=note, due_on=last_day(deps.catalogue, f"first_feedback_days_{scale}", ended_on))


def _complaint(deps: Dependencies, said: dict[str, object], new: NewMatter) -> NewMatter:
    """A complaint with its channel and item, without anything by which a person is known."""
    channel, item = text_field_of(said, "channel"), text_field_of(said, "item_code")
    if channel not in CHANNELS or (item and item not in dict(items_of(deps))):
        raise RefusedError("unknown_value")
    if holds_personal_number(f"{new.subject} {new.note}"):
        raise RefusedError("personal_number")
    note = text("matter.complaint_note", channel=text(f"matter.channel_{channel}"), words=new.note)
    return replace(new, note=note, item_code=item)


def _ways(matter: Matter) -> list[tuple[str, str]]:
    """Where one goes on from a matter."""
    place = {"district": matter.district_code, "about": "words", "subject": matter.subject[:120]}
    ways = [(text("matter.to_issue"), f"{LEDGER.path}?{urlencode(place)}")]
    if matter.matter_kind == OPINION:
        ways.insert(0, (text("matter.letter"), f"{PATHS[OPINION]}/{matter.matter_code}/letter.docx"))
    return ways


def _refusal(error: RefusedError) -> str:
    return text("form.refused", reason=text(f"refused.{error.code}", detail=error.detail))
