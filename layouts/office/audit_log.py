"""The auditor's log: who did what to which subject, in words."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode

from data.store.audit import AuditEntry, ChainCheck
from data.store.audit_pages import Part
from data.text import all_texts, text
from layouts import formatting
from layouts.components.data_table import Column, Kind, column
from layouts.components.elements import link_to, paragraph
from layouts.components.forms import choice_field, date_field, query_form, submit_button
from layouts.components.sections import heading
from layouts.document import DAYS, alert_line, document
from layouts.markup import Node
from layouts.office.catalogue_words import recorded_code, recorded_row
from layouts.office.table import long_words, office_table

OF_FILE = (
    "sequence",
    "at",
    "actor",
    "account",
    "role",
    "address",
    "request",
    "action",
    "kind",
    "subject",
    "reason",
    "change",
)
OF_SEVERAL_FIELDS = ("inspector_kind", "level_code", "group_code", "department_code")
"""Fields whose codes mean something else in another field; their words stand under field and code."""
TEXTS_OF_CODES = (
    "stage.",
    "returns.state.",
    "warn.state_",
    "meetings.progress_",
    "catalogue.state.",
    "look_back.reason_",
)


@dataclass(frozen=True)
class AuditView:
    """The entries on screen, the state of the chain's newest end, and the filter; `names` are words by code."""

    entries: Sequence[AuditEntry]
    chain: ChainCheck
    actions: Sequence[str]
    part: Part
    recent: int | None
    """How many of the newest entries were read anew; None where all were."""
    names: Mapping[str, str]


def audit_page(view: AuditView, account_bar: Node) -> str:
    """The log, newest first; whether its chain is whole stands above it."""
    chain, title = view.chain, text("audit.title")
    is_whole = chain.first_broken is None
    whole = _whole(chain.entry_count, view.recent)
    state = whole if is_whole else text("audit.broken", sequence=str(chain.first_broken))
    return document(
        title,
        [
            heading(title, level=1),
            alert_line(state, is_failure=not is_whole, role="status"),
            paragraph(text("audit.head", hash=chain.head), look="src wrap"),
            _filter(view),
            _table(view),
            _older(view) if view.entries else None,
            _page_link(text("audit.newest"), _address("/audit", view.part)) if view.part.before else None,
            _page_link(text("audit.as_file"), _address("/audit/export", view.part)) if view.entries else None,
        ],
        "office",
        account_bar=account_bar,
        scripts=[DAYS],
    )


def _whole(count: int, recent: int | None) -> str:
    if recent is None:
        return text("audit.whole", count=formatting.count(count))
    return text("audit.whole_end", count=formatting.count(count), recent=formatting.count(recent))


def _older(view: AuditView) -> Node:
    return _page_link(text("audit.older"), _address("/audit", view.part, before=view.entries[-1].sequence))


def _address(path: str, part: Part, **more: int) -> str:
    """The same part, from the newest entry on or as `more` says."""
    kept = {"action": part.action, "since": _day(part.since), "until": _day(part.until)}
    asked = {name: value for name, value in {**kept, **more}.items() if value}
    return f"{path}?{urlencode(asked)}" if asked else path


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _page_link(label: str, href: str) -> Node:
    return paragraph(link_to(label, href=href, look="button", stays=False))


def _filter(view: AuditView) -> Node:
    actions = [("", text("audit.all")), *[(action, word("action", action)) for action in view.actions]]
    part = view.part
    return query_form(
        "/audit",
        choice_field("action", text("audit.column.action"), actions, chosen=part.action),
        date_field("since", text("audit.since"), value=_day(part.since), required=False),
        date_field("until", text("audit.until"), value=_day(part.until), required=False),
        submit_button(text("audit.show"), look="button"),
        look="in-row",
    )


def _table(view: AuditView) -> Node:
    columns: list[Column[AuditEntry]] = [
        column("audit.column.", "sequence", lambda e: str(e.sequence), Kind.COUNT),
        column("audit.column.", "at", lambda e: formatting.moment(e.row.at), Kind.MOMENT),
        column("audit.column.", "actor", lambda e: e.row.actor),
        column("audit.column.", "role", lambda e: view.names.get(e.row.role, e.row.role) or formatting.NONE),
        column("audit.column.", "source", _source),
        column("audit.column.", "action", lambda e: word("action", e.row.action)),
        column("audit.column.", "kind", lambda e: word("kind", e.subject_kind)),
        column("audit.column.", "subject", lambda e: _subject(e, view.names)),
        column("audit.column.", "reason", _reason),
        column("audit.column.", "change", lambda e: long_words(_changes(e, view.names))),
    ]
    return office_table(columns, view.entries, name=text("audit.title"), key=lambda e: str(e.sequence))


def audit_heads() -> list[str]:
    """The heads of the log as a file."""
    return [text(f"audit.column.{name}") for name in OF_FILE]


def audit_cells(entry: AuditEntry, names: Mapping[str, str]) -> list[str]:
    """An entry of the file, in the words of the page."""
    row = entry.row
    return [
        str(entry.sequence),
        formatting.moment(row.at),
        row.actor,
        names.get(row.account_id, row.account_id),
        names.get(row.role, row.role),
        row.address,
        row.request_id,
        word("action", row.action),
        word("kind", entry.subject_kind),
        _subject(entry, names),
        _reason(entry),
        _changes(entry, names),
    ]


def _source(entry: AuditEntry) -> str:
    """The address and number of the request that it was done in."""
    return " ".join(filter(None, (entry.row.address, entry.row.request_id))) or formatting.NONE


def _subject(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """What was acted on: its number, for a warning its unit and rule, for answers of a survey also their group."""
    if entry.subject_kind == "survey_answer":
        return _answer(entry.subject_id, names)
    is_warning = entry.subject_kind == "warning"
    return _warning(entry.subject_id, names) if is_warning else entry.subject_id


def _answer(key: str, names: Mapping[str, str]) -> str:
    """DC500242-2026-0001 家长, of `DC500242-2026-0001.parents`."""
    survey, _, group = key.partition(".")
    return " ".join((survey, names.get(f"group_code.{group}", group)))


def _warning(key: str, names: Mapping[str, str]) -> str:
    """酉阳 差异系数超上限且变差, of `over_and_worse.500242`."""
    code, _, district = key.partition(".")
    return " ".join(names.get(part, part) for part in (district, code) if part)


def _warnings(keys: str, names: Mapping[str, str]) -> str:
    """Each of a letter's warnings, of a JSON list of their keys."""
    return "、".join(_warning(key, names) for key in json.loads(keys))


KEYS = {"warning_key": _warning, "warning_keys": _warnings, "answer_code": _answer}
"""Fields whose values are made of several codes."""


def word(part: str, code: str) -> str:
    """The word of an action, a kind of subject or a field; the code where an old entry has none."""
    return text(f"audit.{part}.{code}") if f"audit.{part}.{code}" in all_texts() else code


def _reason(entry: AuditEntry) -> str:
    """What was said; an export names the kind of file, a refusal the step and why."""
    if entry.row.action == "export":
        return word("export", entry.row.reason.partition(".")[0])
    action, separator, code = entry.row.reason.partition(": ")
    if entry.row.action != "refused" or not separator:
        is_of_account = entry.subject_kind == "account"
        return word("reason", entry.row.reason) if is_of_account else entry.row.reason
    return word("action", action) + text("ledger.colon") + all_texts().get(f"refused.{code}", code)


def _changes(entry: AuditEntry, names: Mapping[str, str]) -> str:
    old, new = entry.row.before, entry.row.after
    fields = dict.fromkeys((*old, *new))
    return "；".join(
        text(
            "audit.changed",
            field=word("field", f),
            before=_value(f, old.get(f), names),
            after=_value(f, new.get(f), names),
        )
        for f in fields
    )


def _value(field: str, value: object, names: Mapping[str, str]) -> str:
    """A kept value in words; an instant (`…_at`) as Beijing time."""
    if value is None or value == "":
        return formatting.NONE
    if isinstance(value, bool):
        return text(f"audit.is_{str(value).lower()}")
    if field.endswith("_at"):
        return formatting.moment(datetime.fromisoformat(str(value)))
    if field == "action":
        return word("action", str(value))
    if isinstance(value, dict | list):
        return _several(cast("dict[str, object] | list[object]", value), names) or formatting.NONE
    if field in ("table_name", "row_key"):
        return recorded_code(str(value), names)
    if field in KEYS:
        return KEYS[field](str(value), names)
    key = f"{field}.{value}" if field in OF_SEVERAL_FIELDS else str(value)
    return names.get(key, str(value))


def _several(value: dict[str, object] | list[object], names: Mapping[str, str]) -> str:
    """A row of the catalogue, or a list of codes, in words."""
    if isinstance(value, dict):
        return recorded_row(value, names)
    return "、".join(names.get(str(code), str(code)) for code in value)


def names_of_codes() -> dict[str, str]:
    """The words of the states that are texts: of returns, warnings, decisions and the catalogue, by code."""
    return {
        key.removeprefix(prefix): value
        for prefix in TEXTS_OF_CODES
        for key, value in all_texts().items()
        if key.startswith(prefix)
    }
