"""What the title and the names of sheet and file say of period and unit, where no column does."""

import re

from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District
from data.importing.findings import Finding, Place
from data.importing.headers import plain_words
from data.importing.left_out import is_note
from data.importing.locate import Located
from data.periods import parse_period
from data.reading.model import Sheet

NEAR_YEARS = 5
"""A title that names an older year cites a document."""
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|学年|[-~至—–]+20\d\d|[-~至—–]+\d\d学年)")


def title_differs(
    sheet: Sheet, located: Located, place: Place, field_code: str, header: str, value: str
) -> list[Finding]:
    """Where the period or unit that was chosen for a table is another than the one that its title names."""
    other = {"period": _other_year, "district_code": _other_unit}.get(field_code)
    if other is None:
        return []
    titles = [v for row in sheet.rows[: located.first] for v in row if isinstance(v, str) and not is_note(v)]
    for title in (*titles, sheet.name, place.file_name):
        said = other(plain_words(title), value)
        if said:
            return [place.finding("title_differs", column=header, value=value, detail=said)]
    return []


def _other_year(title: str, value: str) -> str:
    period = parse_period(value)
    years = [int(year) for year in _YEAR.findall(title)]
    if period is None or not years or period.snapshot_date.year in years:
        return ""
    near = [year for year in years if abs(year - period.snapshot_date.year) <= NEAR_YEARS]
    return str(near[0]) if near else ""


def _other_unit(title: str, value: str) -> str:
    districts = load_catalogue().rows(District)
    if any(name in title for d in districts if d.district_code == value for name in (d.name, d.short_name)):
        return ""
    return next((d.name for d in districts if d.name in title), "")
