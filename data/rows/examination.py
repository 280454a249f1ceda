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


class SchoolChange(TypedDict):
    """A section whose verdict turns, and how many of its indicators hold before and after."""

    school_code: str
    school_name: str
    stage: str
    before_complies: bool | None
    after_complies: bool | None
    before_met: int
    after_met: int
    indicator_count: int


class Preview(TypedDict):
    """What the return would give: CVs, how many sections fail, cannot be judged, and are judged at all.

    Earlier versions kept the failing `sections` themselves.
    `before` are the CVs in force for `before_period`: the same period, or the one before it; `schools`
    are the sections that turn.
    """

    districts: list[CvRecord]
    section_count: int
    failing_count: NotRequired[int]
    undecidable_count: NotRequired[int]
    sections: NotRequired[list[dict[str, object]]]
    before: NotRequired[list[CvRecord]]
    before_period: NotRequired[str]
    is_same_period: NotRequired[bool]
    schools: NotRequired[list[SchoolChange]]


class Nothing(TypedDict):
    """No preview: the file is blocked, or holds no returns."""


class FileRecord(TypedDict):
    """One file of a return as it was received."""

    name: str
    sha256: str


class SheetRecord(TypedDict):
    """One sheet that was understood: its rows as they stand in the file, and the records among them."""

    file_name: str
    sheet: str
    input_kind: str
    rows: int
    records: int


class ColumnRecord(TypedDict):
    """One column of a sheet as it was understood; see `data.importing.seen_columns.SeenColumn`."""

    input_kind: str
    file_name: str
    sheet: str
    letter: str
    header: str
    values: list[str]
    column: str
    unit: str
    how: str
    nearest: list[str]


class GoneRecord(TypedDict):
    """A school of the time before that the return does not hold; `pupils` of then, None where unknown."""

    school_code: str
    school_name: str
    pupils: int | None


class EffectRecord(TypedDict):
    """How many items of 资源配置 the unit meets before and after, and which turn (item codes)."""

    before_met: int | None
    after_met: int | None
    item_count: int
    gained: list[str]
    lost: list[str]
    undecidable: list[str]


class Examination(TypedDict):
    """The worst findings and how many there are, tables, columns, changes, what vanishes, and what it would give.

    `mapping` is what people said of headers when this was made, `allowed_kinds` what the person may hand in;
    `changes_mark` stands for all that would change and vanish, `in_force` are the batches that it was compared with.
    """

    findings: list[FindingRecord]
    finding_count: NotRequired[int]
    kinds: NotRequired[list[TableRecord]]
    changes: NotRequired[list[ChangeRecord]]
    change_count: NotRequired[int]
    preview: NotRequired[Preview | Nothing]
    files: NotRequired[list[FileRecord]]
    sheets: NotRequired[list[SheetRecord]]
    columns: NotRequired[list[ColumnRecord]]
    mapping: NotRequired[dict[str, str]]
    gone: NotRequired[list[GoneRecord]]
    effect: NotRequired[EffectRecord]
    allowed_kinds: NotRequired[list[str]]
    changes_mark: NotRequired[str]
    in_force: NotRequired[list[str]]
