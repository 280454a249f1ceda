"""One submission: the files of a unit for a period, what was found, and how far it is."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from data.rows.examination import Examination, FindingRecord

CHECKED, SUBMITTED, APPROVED, RETURNED = "checked", "submitted", "approved", "returned"
ACCEPTING = "accepting"
"""The city said yes and the batch is being recorded; nobody else may decide meanwhile."""
BLOCKING, QUERY = "error", "query"
FILE = "file"


@dataclass(frozen=True)
class Submission:
    """The files of one unit for one period; `result` is what the examination said, `sha256` is of all of them."""

    submission_id: int
    district_code: str
    period: str
    file_name: str
    sha256: str
    status: str
    result: Examination
    explanations: dict[str, str]
    reason: str
    note: str
    submitted_by: str
    decided_by: str
    batch_id: str
    version: int
    updated_at: datetime
    submitted_by_id: str = ""
    decided_by_id: str = ""

    @property
    def moved_by(self) -> str:
        """Who took the last step, the one at `updated_at`."""
        return self.decided_by or self.submitted_by

    @property
    def moved_by_id(self) -> str:
        """The account of whom `moved_by` names."""
        return self.decided_by_id if self.decided_by else self.submitted_by_id

    @property
    def is_blocked(self) -> bool:
        """Whether nothing may be submitted while a finding stands."""
        return any(f["severity"] == BLOCKING for f in self.result["findings"])

    @property
    def replaces_rows(self) -> bool:
        """Whether rows in force would change or vanish."""
        return any(k.get("changed", 0) or k.get("removed", 0) for k in self.result.get("kinds", []))

    @property
    def to_explain(self) -> list[str]:
        """The groups of queries that need a written explanation: finding and column."""
        groups = (group_of(f) for f in self.result["findings"] if f["severity"] == QUERY)
        return list(dict.fromkeys(groups))


@dataclass(frozen=True)
class Step:
    """A step with a submission: which, as it was seen, and what is said."""

    number: int
    version: int
    words: str


def group_of(finding: FindingRecord) -> str:
    """Queries of one kind in one column are explained together."""
    return f"{finding['finding_code']}.{finding['column']}"


def files_of(folder: Path, submission: Submission) -> dict[Path, str]:
    """Where the files of a submission lie under the folder of submissions, each with its hash."""
    files = submission.result.get("files") or [{"name": submission.file_name, "sha256": submission.sha256}]
    return {folder / f["sha256"] / FILE / f["name"]: f["sha256"] for f in files}
