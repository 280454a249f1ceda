"""The checks that look at a whole return: absence, identity, rows among each other, the year before."""

from decimal import Decimal

import pandas as pd

from data.catalogue.loader import load_catalogue
from data.catalogue.tables import Item
from data.importing.absence import check_absence
from data.importing.asked import Asked, Register
from data.importing.findings import Finding
from data.importing.identity import check_identity
from data.importing.plausibility import check_plausibility
from data.importing.recognise import columns_of, field_name
from data.importing.row_checks import check_rows
from data.importing.together import Joined, Part

SCHOOLS, ITEMS = "school_return", "district_item"


def check_whole(kind_table: Joined, asked: Asked) -> list[Finding]:
    """Every finding about the rows of one kind, whatever sheets and files they stand in."""
    kind = kind_table.parts[0].input_kind.input_kind
    columns = {field_name(c): c for c in columns_of(kind)}
    findings = check_rows(kind, columns, kind_table.rows, kind_table.whole, kind_table.faulty)
    if kind == SCHOOLS:
        findings += _absence(kind_table) + _schools(kind_table, asked)
    if kind == ITEMS:
        findings += [f for n, part in enumerate(kind_table.parts) for f in _formats(part, kind_table.of(n))]
    return findings


def _absence(kind_table: Joined) -> list[Finding]:
    """What no sheet has is said once; what one sheet lacks is said of that sheet."""
    rows = kind_table.rows[~kind_table.rows.index.isin(kind_table.faulty)]
    unread = {header for part in kind_table.parts for header in part.unread}
    if all(part.is_official_form for part in kind_table.parts):
        return []
    findings, named = check_absence(rows, kind_table.whole, unread, with_cells=False)
    for position, part in enumerate(kind_table.parts):
        part_rows = kind_table.of(position)
        part_rows = part_rows[~part_rows.index.isin(part.faulty)]
        if len(part_rows) and not part.is_official_form:
            findings += check_absence(part_rows, part.place, unread | named)[0]
    return findings


def _schools(kind_table: Joined, asked: Asked) -> list[Finding]:
    """Identity and plausibility, period by period; a school whose row is faulty is there, but not compared."""
    is_faulty = kind_table.rows.index.isin(kind_table.faulty)
    there = kind_table.rows.loc[is_faulty, "school_code"]
    findings: list[Finding] = []
    for period, group in kind_table.rows[~is_faulty].groupby("period", sort=False):
        earlier = _earlier(asked.earlier, str(period), group)
        if earlier is not None:
            earlier = earlier[~earlier["school_code"].isin(there)].reset_index(drop=True)
        earlier_rows = None if earlier is None else earlier[earlier["district_code"].isin(group["district_code"])]
        findings += check_identity(group, kind_table.whole, earlier_rows)
        findings += check_plausibility(
            group, kind_table.whole, earlier, _earlier(asked.year_before, str(period), group)
        )
    return findings


def _earlier(register: Register | None, period: str, rows: pd.DataFrame) -> pd.DataFrame | None:
    if register is None:
        return None
    frames = [register(period, str(unit)) for unit in dict.fromkeys(rows["district_code"])]
    known = [frame for frame in frames if frame is not None]
    if not known:
        return None
    return pd.concat(known, ignore_index=True).drop_duplicates(["district_code", "school_code"], ignore_index=True)


def _formats(part: Part, rows: pd.DataFrame) -> list[Finding]:
    """Rates that may have been percent where the reader cannot tell, or that are fractions where it can."""
    if "amount" not in rows:
        return []
    limits = {i.item_code: i.threshold for i in load_catalogue().rows(Item) if i.threshold is not None}
    rates = {code for code, limit in limits.items() if limit > 1}
    amounts = [
        (int(str(row)), str(code), Decimal(str(amount)))
        for row, code, amount in zip(rows.index, rows["item_code"], rows["amount"], strict=True)
        if code in rates and amount is not None and str(amount)[:1].isdigit()
    ]
    if not part.knows_formats:
        listing = "、".join(dict.fromkeys(f"{code} {amount}" for _, code, amount in amounts))
        is_asked = bool(amounts) and all(number <= 1 for _, _, number in amounts)
        return [part.place.finding("formats_unknown", column="数值", value=listing)] if is_asked else []
    percent = {i.item_code for i in load_catalogue().rows(Item) if i.unit == "%"}
    return [
        part.place.finding("rate_as_fraction", row=row, column="数值", value=code, detail=str(amount))
        for row, code, amount in amounts
        if code in percent and 0 < amount <= 1 and amount * amount * 100 < limits[code] ** 2
    ]
