"""What is wrong with an input file, at which cell, by which rule, and how to mend it."""

from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from data.catalogue.input_tables import FindingRule
from data.catalogue.loader import load_catalogue


@dataclass(frozen=True)
class Finding:
    """One finding; `row` is the row number as a spreadsheet shows it, None for the whole table."""

    finding_code: str
    severity: str
    file_name: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str
    suggested_fix: str

    @property
    def is_blocking(self) -> bool:
        """Whether nothing may be imported while this stands."""
        return self.severity == "error"

    def as_dict(self) -> dict[str, Any]:
        """For JSON output."""
        return asdict(self)


@cache
def _rules() -> dict[str, FindingRule]:
    return {rule.finding_code: rule for rule in load_catalogue().rows(FindingRule)}


@dataclass(frozen=True)
class Place:
    """The table that findings are about."""

    file_name: str
    sheet: str

    def finding(self, finding_code: str, *, row: int | None = None, column: str = "", **words: str) -> Finding:
        """Make a finding; `words` fill `{header}`, `{value}` and `{detail}` of its message."""
        rule = _rules()[finding_code]
        filled = {"header": column, "value": "", "detail": "", **words}
        return Finding(
            finding_code=finding_code,
            severity=rule.severity,
            file_name=self.file_name,
            sheet=self.sheet,
            row=row,
            column=column,
            value=filled["value"],
            message=rule.message.format(**filled),
            suggested_fix=rule.suggested_fix.format(**filled),
        )
