"""The look ahead of an act on the catalogue: how far it is, begun by who proposes or asks, never by who reads."""

import json
from contextlib import suppress

from callbacks.dependencies import Dependencies
from callbacks.web.rate_limits import TooManyError, check_rate_limit
from data.catalogue_trial import TrialRequest, touches_rules
from data.catalogue_trials import Trial, start_trial, trial_of
from data.settings import Settings
from data.store.catalogue_change import PROPOSED, CatalogueChange, find_change, released_rows, with_change
from data.store.refusals import RefusedError


def look_of(deps: Dependencies, settings: Settings, change: CatalogueChange) -> Trial:
    """The look ahead of an act: as it was kept with a released one, at once where no rule reads the row."""
    if change.effect:
        return Trial("done", found=json.loads(change.effect))
    if change.state != PROPOSED:
        return Trial("none")
    if not touches_rules(settings, change.table_name, change.cells or change.before):
        return Trial("done", found={"is_of_no_rule": True})
    return trial_of(settings, change.change_id, _request(deps, change))


def begin_look(deps: Dependencies, settings: Settings, account: str, number: int) -> None:
    """Begin the look ahead of a proposal, where it is neither done nor at work.

    Raises:
        RefusedError: it is no proposal any more.
        TooManyError: the account began too many within the minute.
    """
    change = find_change(deps.store, number)
    if change is None or change.state != PROPOSED:
        raise RefusedError("not_waiting")
    if look_of(deps, settings, change).state in ("done", "running"):
        return
    check_rate_limit("trial", account)
    start_trial(settings, number, _request(deps, change))


def begin_at_once(deps: Dependencies, settings: Settings, account: str, number: int) -> None:
    """The same for what was proposed a moment ago; who proposes too much within the minute presses the button later."""
    with suppress(TooManyError, RefusedError):
        begin_look(deps, settings, account, number)


def _request(deps: Dependencies, change: CatalogueChange) -> TrialRequest:
    before = released_rows(deps.store)
    return TrialRequest(before, with_change(before, change), change.takes_back or change.change_id)
