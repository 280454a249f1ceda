"""How much evidence an account hands in a day, and how much is held of a unit."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store.counts import end_of_day
from data.store.refusals import RefusedError
from data.store.schema import evidence_file, issue

MEGABYTE = 1_000_000


def check_evidence_quota(
    connection: Connection, catalogue: Catalogue, viewer: Viewer, issue_code: str, size_bytes: int, at: datetime
) -> None:
    """Refuse one file too many of an account today, or more than is held of one unit.

    Raises:
        RefusedError: `evidence_account_quota` or `evidence_unit_quota`, with the megabytes as detail.
    """
    held, added = evidence_file.c, func.coalesce(func.sum(evidence_file.c.size_bytes), 0)
    since = end_of_day(at) - timedelta(days=1)
    of_account = select(added).where(
        held.added_by == viewer.name, held.added_by_id == viewer.account_id, held.added_at >= since
    )
    unit = select(issue.c.district_code).where(issue.c.issue_code == issue_code).scalar_subquery()
    of_unit = (
        select(added)
        .join(issue, issue.c.issue_code == held.issue_code)
        .where(issue.c.district_code == unit, held.removed_at.is_(None))
    )
    for asked, code, parameter in (
        (of_account, "evidence_account_quota", "evidence_account_mb"),
        (of_unit, "evidence_unit_quota", "evidence_unit_mb"),
    ):
        most = catalogue.parameter(parameter, day_of(at))
        if connection.execute(asked).scalar_one() + size_bytes > most * MEGABYTE:
            raise RefusedError(code, f"{most:f}")
