"""What passed between city and unit about a warning: letters as sent, the receipt, the files of answers."""

from collections.abc import Sequence

from data.store.evidence import EvidenceFile
from data.store.warning_letters import SentLetter
from data.text import text
from layouts import formatting
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph, run, small
from layouts.components.forms import field, send_form
from layouts.components.sections import heading
from layouts.markup import Node
from layouts.pages.warn.rows import WarningDetail
from layouts.routes import LETTERS

MOST_LETTERS = 200
"""Of one archive."""


def correspondence(detail: WarningDetail) -> list[Node]:
    """The letters that named it, who received the last, and the files; nothing before the first letter."""
    record = detail.warning.record
    nodes: list[Node] = []
    if detail.letters:
        items = [sent_letter(letter) for letter in detail.letters]
        nodes += [heading(text("warn.letters"), level=3), bullet_list(items, look="files")]
    if record is not None and record.received_at is not None:
        time = formatting.moment(record.received_at)
        nodes.append(paragraph(text("warn.received", who=record.received_by, time=time)))
    if detail.files:
        items = [_file(file) for file in detail.files]
        nodes += [heading(text("warn.answer_files"), level=3), bullet_list(items, look="files")]
    return nodes


def sent_archives(letters: Sequence[SentLetter]) -> Node:
    """The letters of a year as they were sent, in archives; nothing where none was."""
    if not letters:
        return None
    return block(
        paragraph(text("reminding.kept", year=letters[0].year, count=len(letters))),
        *[_archive(run[0], run[-1]) for run in _runs(letters)],
        look="notice-actions",
    )


def _runs(letters: Sequence[SentLetter]) -> list[list[SentLetter]]:
    """Letters whose numbers follow each other, so that an archive from first to last has these alone."""
    runs: list[list[SentLetter]] = []
    for letter in sorted(letters, key=lambda letter: letter.number):
        if runs and letter.number == runs[-1][-1].number + 1 and len(runs[-1]) < MOST_LETTERS:
            runs[-1].append(letter)
        else:
            runs.append([letter])
    return runs


def _archive(first: SentLetter, last: SentLetter) -> Node:
    href = f"{LETTERS}/{first.year}/{first.number}-{last.number}.zip"
    label = text("reminding.archive", first=first.number, last=last.number)
    if first == last:
        label = text("reminding.archive_one", number=first.number)
    return link_to(label, href=href, stays=False, look="button")


def sent_letter(letter: SentLetter) -> Node:
    """Its number, which gives it as it was sent, by whom and when, and by when it is answered."""
    by = text("ledger.evidence_by", who=letter.sent_by, time=formatting.moment(letter.sent_at))
    until = text("warn.letter_until", day=formatting.day(letter.answer_by), count=len(letter.warning_keys))
    href = f"{LETTERS}/{letter.year}/{letter.number}"
    link = link_to(letter.document_number, href=href, stays=False)
    return list_item(link, run(by, look="d"), " ", until, key=letter.document_number)


def _file(file: EvidenceFile) -> Node:
    by = run(text("ledger.evidence_by", who=file.added_by, time=formatting.moment(file.added_at)), look="d")
    if file.removed_at is not None:
        return list_item(file.file_name, by, small(text("ledger.removed"), look="d"), key=str(file.evidence_id))
    link = link_to(file.file_name, href=f"/evidence/{file.evidence_id}", stays=False, target="_blank")
    return list_item(link, by, key=str(file.evidence_id))


def answer_upload(detail: WarningDetail, *, asks_actor: bool) -> Node:
    """The form for a file of the answer; nothing for who does not answer."""
    if not detail.may_add:
        return None
    return send_form(
        "evidence",
        text("warn.add_file"),
        {"warning_key": detail.warning.warning_key},
        [
            field("file", text("warn.answer_file"), kind="file"),
            small(text("ledger.evidence_kinds"), look="d"),
            small(text("ledger.pupils"), look="d"),
        ],
        asks_actor=asks_actor,
    )
