"""What an account, and all of a unit together, may ask for in a day; `parameters.csv` says how often."""

from callbacks.dependencies import Dependencies
from callbacks.web.logs import log_failure
from callbacks.web.rate_limits import TooManyError
from data.access import Viewer
from data.store.counts import count_within, end_of_day
from data.store.engine import StoreDownError

CITY = "city"


class QuotaError(TooManyError):
    """The day's number is used up; `most` is what it is, `of_unit` whether of the whole unit."""

    def __init__(self, seconds: int, most: int, *, of_unit: bool) -> None:
        super().__init__(seconds)
        self.most, self.of_unit = most, of_unit


def check_quota(deps: Dependencies, kind: str, viewer: Viewer) -> None:
    """Count one more of this kind today for the account and its unit; a store that is down counts nothing.

    Args:
        deps: Store, catalogue and clock.
        kind: `uploads` or `exports`, as in the names of the parameters.
        viewer: Who asks; whose scope is no single unit is of the city.

    Raises:
        QuotaError: one too many.
    """
    now, day = deps.now(), deps.today()
    units = viewer.scope.districts
    unit = next(iter(units)) if units is not None and len(units) == 1 else CITY
    for who, code, of_unit in (
        (f"account {viewer.account_id or viewer.name}", f"{kind}_account", False),
        (f"unit {unit}", f"{kind}_unit", True),
    ):
        most = int(deps.catalogue.parameter(code, day))
        try:
            ends_at = count_within(deps.store, f"{code} {day}", who, most, now, end_of_day(now))
        except StoreDownError as error:
            log_failure(error)
            return
        if ends_at is not None:
            raise QuotaError(max(1, round((ends_at - now).total_seconds())), most, of_unit=of_unit)
