"""What the examination of a file says, as it is kept with a submission as JSON."""

from typing import NotRequired, TypedDict


class FindingRecord(TypedDict):
    """One finding; `row` is as a spreadsheet shows it, None for the whole table; `cells` all that have its cause."""

    finding_code: str
    severity: str
    file_name: str
    sheet: str
    row: int | None
    column: str
    value: str
    message: str
    suggested_fix: str
    cells: NotRequired[list[str]]


class TableRecord(TypedDict):
    """One table: its kind, how many rows it has, and how many change what is in force."""

    input_kind: str
    sheet: str
    rows: NotRequired[int]
    added: NotRequired[int]
    changed: NotRequired[int]
    removed: NotRequired[int]


class ChangeRecord(TypedDict):
    """One change from → to; `what` is added, changed or removed, `column` empty for a whole row."""

    what: str
    input_kind: str
    key: str
    column: str
    before: str
    after: str


class CvRecord(TypedDict):
    """One CV that the file would give, beside its limit."""

    stage: str
    indicator: str
    cv: float | None
    limit: float | None
    complies: bool | None


class Preview(TypedDict):
    """What the file would give: CVs, the sections that fail, and how many are judged."""

    districts: list[CvRecord]
    sections: list[dict[str, object]]
    section_count: int
    undecidable_count: NotRequired[int]


class EffectRecord(TypedDict):
    """Items of resource allocation of the unit that are met before and after; the names of those that change."""

    before_met: int | None
    after_met: int | None
    item_count: int
    gained: list[str]
    lost: list[str]
    undecidable: list[str]


class Nothing(TypedDict):
    """No preview: the file is blocked, or holds no returns."""


class Examination(TypedDict):
    """The worst findings and how many there are, tables, changes, and what the file would give."""

    findings: list[FindingRecord]
    finding_count: NotRequired[int]
    kinds: NotRequired[list[TableRecord]]
    changes: NotRequired[list[ChangeRecord]]
    change_count: NotRequired[int]
    preview: NotRequired[Preview | Nothing]
    effect: NotRequired[EffectRecord]
