"""改判: corrections that turned 未达标 into 达标, or brought a CV within its limit."""

from collections.abc import Iterable

from data.rows.changes import ReturnsRow
from data.rows.lead_corrections import CorrectionLead
from queries import overview
from queries.changes import changed_cells, corrected_returns, returns
from queries.reader import OutdatedSnapshotError, Snapshot


def correction_leads(publications: Iterable[Snapshot], later: Snapshot, period: str) -> list[CorrectionLead]:
    """The flips of each unit since the first publication (oldest first) that knew its return."""
    districts = {r.district_code for r in returns(later) if r.period == period}
    leads: list[CorrectionLead] = []
    for earlier in publications:
        try:
            known = districts & {r.district_code for r in returns(earlier) if r.period == period}
            leads += _flips(earlier, later, period, known)
        except OutdatedSnapshotError:
            continue
        districts -= known
        if not districts:
            break
    return leads


def _flips(earlier: Snapshot, later: Snapshot, period: str, districts: set[str]) -> list[CorrectionLead]:
    corrected = [r for r in corrected_returns(earlier, later, period) if r.district_code in districts]
    newest = {r.district_code: r for r in sorted(corrected, key=lambda r: r.imported_at)}
    cells = [
        CorrectionLead(
            "cell",
            c.district_code,
            c.cell.school_code,
            c.cell.stage,
            c.cell.indicator_code,
            c.before.section_value,
            c.after.section_value,
            c.after.threshold,
            c,
            newest[c.district_code],
        )
        for c in changed_cells(earlier, later, corrected)
        if c.direction == "gained" and c.before and c.after
    ]
    return cells + _cvs(earlier, later, period, newest)


def _cvs(earlier: Snapshot, later: Snapshot, period: str, newest: dict[str, ReturnsRow]) -> list[CorrectionLead]:
    if not newest:
        return []
    over = {
        (c.district_code, c.stage, c.indicator_code): c
        for c in overview.unit_cv(earlier, period, "as_was")
        if c.is_within_limit is False
    }
    leads: list[CorrectionLead] = []
    for now in overview.unit_cv(later, period, "as_was"):
        before = over.get((now.district_code, now.stage, now.indicator_code))
        if before is not None and now.district_code in newest and now.is_within_limit:
            leads.append(
                CorrectionLead(
                    "cv",
                    now.district_code,
                    "",
                    now.stage,
                    now.indicator_code,
                    before.cv,
                    now.cv,
                    now.cv_limit,
                    None,
                    newest[now.district_code],
                )
            )
    return leads
