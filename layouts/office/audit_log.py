"""The auditor's log: who did what to which subject, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.store.audit import AuditEntry, ChainCheck
from data.text import all_texts, text
from layouts import formatting
from layouts.document import document
from layouts.markup import Node, h

COLUMNS = ("sequence", "at", "actor", "action", "kind", "subject", "reason", "change")
TEXTS_OF_CODES = ("stage.", "returns.state.", "warn.state_", "meetings.progress_")


@dataclass(frozen=True)
class AuditView:
    """The entries on screen, the state of the chain, and the filter; `names` are words by code."""

    entries: Sequence[AuditEntry]
    chain: ChainCheck
    actions: Sequence[str]
    chosen: str
    before: int | None
    names: Mapping[str, str]


def audit_page(view: AuditView, strip: Node) -> str:
    """The log, newest first; whether its chain is whole stands above it."""
    chain, entries = view.chain, view.entries
    is_whole = chain.first_broken is None
    state = (
        text("audit.whole", count=formatting.count(chain.entry_count))
        if is_whole
        else text("audit.broken", sequence=str(chain.first_broken))
    )
    older = f"?action={view.chosen}&before={entries[-1].sequence}" if entries else ""
    return document(
        text("audit.title"),
        [
            h("h1", {}, text("audit.title")),
            h("p", {"className": "told" if is_whole else "told told-fail", "role": "status"}, state),
            h("p", {"className": "src wrap"}, text("audit.head", hash=chain.head)),
            _filter(view),
            _table(view),
            h("p", {}, h("a", {"href": older, "className": "button"}, text("audit.older"))) if older else None,
            h("p", {}, h("a", {"href": "/audit", "className": "button"}, text("audit.newest")))
            if view.before
            else None,
        ],
        "office",
        strip=strip,
    )


def _filter(view: AuditView) -> Node:
    options = [
        h("option", {"value": a, "selected": a == view.chosen or None, "key": a}, word("action", a))
        for a in view.actions
    ]
    return h(
        "form",
        {"method": "get", "action": "/audit", "className": "in-row"},
        h(
            "label",
            {},
            h("span", {}, text("audit.column.action")),
            h("select", {"name": "action"}, h("option", {"value": ""}, text("audit.all")), *options),
        ),
        h("button", {"className": "button", "type": "submit"}, text("audit.show")),
    )


def _table(view: AuditView) -> Node:
    rows = [
        h(
            "tr",
            {"key": str(e.sequence)},
            h("td", {"className": "num"}, str(e.sequence)),
            h("td", {"className": "num"}, formatting.moment(e.row.at)),
            h("td", {}, e.row.actor),
            h("td", {}, word("action", e.row.action)),
            h("td", {}, word("kind", e.subject_kind)),
            h("td", {}, _subject(e, view.names)),
            h("td", {}, _reason(e)),
            h("td", {"className": "wrap"}, _changes(e, view.names)),
        )
        for e in view.entries
    ]
    heads = [h("th", {"scope": "col"}, text(f"audit.column.{name}")) for name in COLUMNS]
    return h(
        "div",
        {"className": "scroll-x"},
        h("table", {"className": "plain-table"}, h("thead", {}, h("tr", {}, *heads)), h("tbody", {}, *rows)),
    )


def _subject(entry: AuditEntry, names: Mapping[str, str]) -> str:
    """What was acted on: its number, or for a warning its unit and rule."""
    is_warning = entry.subject_kind == "warning"
    return _warning(entry.subject_id, names) if is_warning else entry.subject_id


def _warning(key: str, names: Mapping[str, str]) -> str:
    """酉阳 差异系数超上限且变差, of `over_and_worse.500242`."""
    code, _, district = key.partition(".")
    return " ".join(names.get(part, part) for part in (district, code) if part)


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
    if field == "warning_key":
        return _warning(str(value), names)
    return names.get(str(value), str(value))


def names_of_codes() -> dict[str, str]:
    """The words of the states that are texts: of returns, warnings and decisions, by code."""
    return {
        key.removeprefix(prefix): value
        for prefix in TEXTS_OF_CODES
        for key, value in all_texts().items()
        if key.startswith(prefix)
    }
