"""The demonstration from nothing: files, import, a meeting on its day's figures, registers, publication."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path

from data.access import LOCAL_VIEWER, Viewer
from data.catalogue.loader import load_catalogue
from data.catching_up import follow
from data.clock import utc_now
from data.demo.field import fill_field
from data.demo.registers import draw_registers
from data.demo.story import all_periods, story
from data.demo.surveys import fill_surveys
from data.demo.task_books import fill_task_books
from data.importing.batch_records import find_same, valid_batches
from data.importing.batches import record_batch
from data.importing.findings import Finding
from data.importing.prepare import PreparedReturn, prepare_file
from data.settings import Settings
from data.store.agenda import add_slide
from data.store.engine import Store, open_store
from data.store.inspector_register import areas
from data.store.meetings import Resolution, add_decision, create_meeting, decisions, list_meetings, set_progress
from data.store.register_intake import take_register
from data.warehouse.publish import Publication, publish
from data.warehouse.snapshots import in_force, path_of

PUBLIC_KINDS = {"policy"}
DEMONSTRATION = Viewer("演示", frozenset())


class BlockedSourceError(RuntimeError):
    """A source file has blocking findings."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__(findings)
        self.findings = findings


def import_sources(settings: Settings, files: Iterable[Path]) -> int:
    """Import the files that are not known yet, marked as demonstration; returns how many.

    Raises:
        BlockedSourceError: nothing of that file was imported.
    """
    known = valid_batches(settings.batches_folder)
    count = 0
    for path in files:
        prepared = prepare_file(path, today=datetime.date.max)  # its story has its own present
        if prepared.is_blocked:
            raise BlockedSourceError(prepared.findings)
        if find_same(prepared, known) is None:
            record_batch(
                settings.batches_folder,
                prepared,
                imported_at=datetime.datetime.now(datetime.UTC),
                imported_by="演示",
                is_demonstration=is_invented(prepared),
            )
            count += 1
    return count


def is_invented(prepared: PreparedReturn) -> bool:
    """Whether a source of the demonstration is invented; its documents are the public ones."""
    return any(table.input_kind not in PUBLIC_KINDS for table in prepared.tables)


def split_at_last_period(files: list[Path]) -> tuple[list[Path], list[Path]]:
    """The files before the last period, and those of it."""
    last = all_periods()[-1].label
    return ([f for f in files if not f.stem.endswith(last)], [f for f in files if f.stem.endswith(last)])


def publish_and_follow(settings: Settings) -> Publication:
    """Publish all batches and bring the ledger up to them."""
    publication = publish(settings, datetime.datetime.now(datetime.UTC))
    follow(settings, open_store(settings), utc_now())
    return publication


def hold_meeting(settings: Settings, snapshot_id: str) -> None:
    """An invented meeting on the figures in force, with its running order and decisions."""
    store = open_store(settings)
    if list_meetings(store):
        return
    plot = story()["meeting"]
    code = create_meeting(store, LOCAL_VIEWER, plot["title"], plot["held_on"], snapshot_id, utc_now())
    for address, title in plot["agenda"]:
        add_slide(store, LOCAL_VIEWER, code, address, title, utc_now())
    for row in plot["decisions"]:
        resolution = Resolution(
            row["address"], row["subject"], row["resolution"], row["unit"], row["due_on"], row.get("district", "")
        )
        add_decision(store, LOCAL_VIEWER, code, utc_now(), resolution)
    _set_progress(store, code, [row["progress"] for row in plot["decisions"]])


def fill_registers(settings: Settings, files: Sequence[Path]) -> None:
    """Invented areas, offices and inspectors for the schools and visits of the files, what they did, and surveys."""
    store = open_store(settings)
    if not areas(store):
        take_register(store, DEMONSTRATION, draw_registers(files), utc_now())
        fill_field(store, load_catalogue(), files)
        fill_surveys(store, load_catalogue())


def make_task_books(settings: Settings) -> None:
    """Invented task books of some units, from what is published."""
    folder = settings.snapshots_folder
    fill_task_books(open_store(settings), load_catalogue(), path_of(folder, in_force(folder)))


def _set_progress(store: Store, code: str, progress: list[str]) -> None:
    for taken, planned_progress in zip(decisions(store, code), progress, strict=True):
        if planned_progress != taken.progress:
            set_progress(store, LOCAL_VIEWER, taken.decision_id, taken.version, planned_progress, utc_now())
