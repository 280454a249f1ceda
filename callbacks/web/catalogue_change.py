"""`/catalogue/changes/<number>`: one act on the catalogue looked at, looked ahead of, released, ended or taken back."""

from typing import Any

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.web.account_bar import office_strip
from callbacks.web.catalogue import READS, desk_viewer, in_use_of, token_of
from callbacks.web.catalogue_looks import begin_at_once, begin_look, look_of
from callbacks.writing.form_fields import int_field_of, text_field_of
from data.access import Permission, Viewer
from data.catalogue.loader import CatalogueError
from data.catalogue_trials import Trial
from data.settings import Settings
from data.store import audit
from data.store.catalogue_change import CatalogueChange, find_change, write_released
from data.store.catalogue_changes import SUBJECT, propose_taking_back, release, withdraw_proposal
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.text import text
from layouts.office.catalogue_change import ChangeView, change_page
from layouts.office.catalogue_effects import effect_in_short

REFRESH_SECONDS = 2
BAD, CONFLICT = 400, 409


def add_catalogue_change(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the page of one act."""
    desk = _Desk(deps, settings)
    server.get("/catalogue/changes/<int:number>")(desk.show_catalogue_change)
    server.post("/catalogue/changes/<int:number>")(desk.act_on_change)


class _Desk:
    def __init__(self, deps: Dependencies, settings: Settings) -> None:
        self.deps, self.settings, self.in_use = deps, settings, in_use_of(settings)

    def _known(self, number: int) -> CatalogueChange:
        change = find_change(self.deps.store, number)
        if change is None:
            flask.abort(404)
        return change

    def show_catalogue_change(self, number: int) -> Response:
        viewer = desk_viewer(self.deps, *READS)
        return self._page(self._known(number), viewer)

    def act_on_change(self, number: int) -> Response | tuple[Response, int]:
        viewer, change = desk_viewer(self.deps, *READS), self._known(number)
        try:
            place = self._carry_out(change, viewer)
        except RefusedError as error:
            return self._page(self._known(number), viewer, error.code), BAD
        except CatalogueError:
            return self._page(self._known(number), viewer, "no_longer_fits"), CONFLICT
        return flask.redirect(place)

    def _page(self, change: CatalogueChange, viewer: Viewer, refusal: str = "") -> Response:
        deps, names = self.deps, account_names(self.deps.store)
        trial = look_of(deps, self.settings, change)
        view = ChangeView(
            names.told_apart(change, "proposed_by", "released_by"),
            trial,
            deps.catalogue,
            names.of_history(audit.history(deps.store, SUBJECT, str(change.change_id))),
            text(f"refused.{refusal}") if refusal else "",
            is_own=viewer.is_person(change.proposed_by, change.proposed_by_id),
            may_propose=Permission.CATALOGUE_PROPOSE in viewer.permissions,
            may_release=Permission.CATALOGUE_RELEASE in viewer.permissions,
        )
        answer = flask.make_response(change_page(view, token_of(self.settings), office_strip(deps, self.settings)))
        if trial.state == "running":
            answer.headers["Refresh"] = f"{REFRESH_SECONDS}; url=/catalogue/changes/{change.change_id}"
        return answer

    def _carry_out(self, change: CatalogueChange, viewer: Viewer) -> str:
        """Do the step; the address of the page to go to.

        Raises:
            RefusedError: it cannot be done.
            CatalogueError: the strict loader refuses what would hold.
        """
        form: dict[str, object] = dict(flask.request.form.items())
        deps, store, settings, number = self.deps, self.deps.store, self.settings, change.change_id
        match form.get("action"):
            case "try":
                begin_look(deps, settings, viewer.account, number)
            case "release":
                effect = _effect_to_keep(look_of(deps, settings, change))
                release(store, self.in_use, viewer, number, int_field_of(form, "version"), effect, deps.now())
                write_released(store, settings.overlay_file)
            case "withdraw":
                withdraw_proposal(store, viewer, number, int_field_of(form, "version"), deps.now())
            case "take_back":
                reason = text_field_of(form, "reason")
                number = propose_taking_back(store, self.in_use, viewer, number, reason, deps.now())
                begin_at_once(deps, settings, viewer.account, number)
            case _:
                raise RefusedError("unknown_action")
        return f"/catalogue/changes/{number}"


def _effect_to_keep(trial: Trial) -> dict[str, Any]:
    """What a look ahead found, to be kept with the release.

    Raises:
        RefusedError: it is not there, from before something changed, or says that nothing could be published.
    """
    if trial.state == "outdated":
        raise RefusedError("outdated_trial")
    if trial.state != "done":
        raise RefusedError("needs_trial")
    if trial.found.get("problems"):
        raise RefusedError("cannot_be_published")
    return {**trial.found, "in_short": effect_in_short(trial.found)}
