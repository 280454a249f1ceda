"""运行状况: how the installation itself is: its last backup, its disk, what has outlived its time."""

from dataclasses import dataclass
from datetime import datetime

from data.backups import LastBackup
from data.disk_use import DiskUse, FolderUse
from data.pruning import Outlived
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, Kind, cell, column
from layouts.components.elements import paragraph
from layouts.components.sections import heading
from layouts.document import alert_line, document
from layouts.markup import Node
from layouts.office.table import office_table


@dataclass(frozen=True)
class BackupState:
    """The last good backup, when that was (UTC), how many hours ago and how many are too many."""

    last: LastBackup
    made_at: datetime
    hours: int
    most_hours: int
    is_late: bool


@dataclass(frozen=True)
class ServerView:
    """What stands on the page; `backup` is None where there never was one."""

    backup: BackupState | None
    disk: DiskUse
    growth_days: int
    is_disk_short: bool
    outlived: Outlived


def server_page(view: ServerView, account_bar: Node) -> str:
    """Backup, disk and retention."""
    title = text("server.title")
    return document(
        title,
        [
            heading(title, level=1),
            heading(text("server.backup")),
            *_backup(view.backup),
            heading(text("server.disk")),
            *_disk(view),
            heading(text("server.outlived")),
            paragraph(_outlived(view.outlived)),
        ],
        "office",
        account_bar=account_bar,
    )


def _backup(state: BackupState | None) -> list[Node]:
    if state is None:
        return [alert_line(text("server.backup_never"), is_failure=True, role="alert")]
    age = {"time": formatting.moment(state.made_at), "hours": formatting.count(state.hours)}
    sealed = text("server.sealed") if state.last.is_encrypted else text("server.not_sealed")
    late = text("server.backup_late", most=formatting.count(state.most_hours), **age)
    return [
        alert_line(late, is_failure=True, role="alert")
        if state.is_late
        else paragraph(text("server.backup_fine", **age)),
        paragraph(
            text(
                "server.backup_place",
                folder=state.last.folder,
                files=formatting.count(state.last.files),
                size=formatting.size(state.last.size_bytes),
                sealed=sealed,
            ),
            look="src wrap",
        ),
    ]


def _disk(view: ServerView) -> list[Node]:
    disk = view.disk
    free = text(
        "server.disk_free",
        free=formatting.size(disk.free_bytes),
        total=formatting.size(disk.total_bytes),
        days=formatting.count(view.growth_days),
        a_day=formatting.size(disk.bytes_a_day),
    )
    forecast = text("server.disk_lasts")
    if disk.full_on is not None and disk.days_left is not None:
        forecast = text("server.disk_full_on", day=formatting.day(disk.full_on), left=formatting.count(disk.days_left))
    columns: list[Column[FolderUse]] = [
        column("server.column.", "folder", lambda f: text(f"server.folder.{f.name}")),
        column("server.column.", "size", lambda f: cell(formatting.size(f.size_bytes), value=f.size_bytes), Kind.COUNT),
        column(
            "server.column.", "grown", lambda f: cell(formatting.size(f.grown_bytes), value=f.grown_bytes), Kind.COUNT
        ),
    ]
    told = alert_line(forecast + text("server.disk_hurry"), is_failure=True, role="alert")
    return [
        paragraph(free),
        told if view.is_disk_short else paragraph(forecast),
        office_table(columns, disk.folders, name=text("server.disk"), key=lambda f: f.name),
    ]


def _outlived(gone: Outlived) -> str:
    if gone.is_nothing:
        return text("server.outlived_none")
    return text(
        "server.outlived_some",
        publications=formatting.count(len(gone.publications)),
        size=formatting.size(gone.size_bytes),
        drafts=formatting.count(len(gone.drafts)),
        submissions=formatting.count(len(gone.submissions)),
        evidence=formatting.count(len(gone.evidence)),
        accounts=formatting.count(len(gone.accounts)),
        sessions=formatting.count(gone.sessions),
        reminders=formatting.count(gone.reminders),
    )
