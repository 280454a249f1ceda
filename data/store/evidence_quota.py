"""How much an account hands in a day, evidence and photographs of visits, and how much is held of a unit."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from data.access import Viewer
from data.catalogue.loader import Catalogue
from data.clock import day_of
from data.store.counts import end_of_day
from data.store.refusals import RefusedError
from data.store.schema import evidence_file, issue, matter, visit_photo

MEGABYTE = 1_000_000


def check_evidence_quota(
    connection: Connection, catalogue: Catalogue, viewer: Viewer, district_code: str, size_bytes: int, at: datetime
) -> None:
    """Refuse one file too many of an account today, or more than is held of one unit.

    Raises:
        RefusedError: `evidence_account_quota` or `evidence_unit_quota`, with the megabytes as detail.
    """
    since = end_of_day(at) - timedelta(days=1)
    of_account = [
        select(func.coalesce(func.sum(table.c.size_bytes), 0)).where(
            table.c.added_by == viewer.name, table.c.added_by_id == viewer.account_id, table.c.added_at >= since
        )
        for table in (evidence_file, visit_photo)
    ]
    of_unit = [
        select(func.coalesce(func.sum(table.c.size_bytes), 0))
        .join(owner, owner.c[key] == table.c[key])
        .where(owner.c.district_code == district_code, table.c.removed_at.is_(None))
        for table, owner, key in ((evidence_file, issue, "issue_code"), (visit_photo, matter, "matter_code"))
    ]
    of_answers = evidence_file.c.warning_key.endswith(f".{district_code}", autoescape=True)
    of_unit.append(
        select(func.coalesce(func.sum(evidence_file.c.size_bytes), 0)).where(
            of_answers, evidence_file.c.removed_at.is_(None)
        )
    )
    for asked, code, parameter in (
        (of_account, "evidence_account_quota", "evidence_account_mb"),
        (of_unit, "evidence_unit_quota", "evidence_unit_mb"),
    ):
        most = catalogue.parameter(parameter, day_of(at))
        held = sum(connection.execute(sums).scalar_one() for sums in asked)
        if held + size_bytes > most * MEGABYTE:
            raise RefusedError(code, f"{most:f}")
