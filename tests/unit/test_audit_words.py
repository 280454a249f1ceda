"""Whatever the audit keeps has a word for the auditor: fields, kinds, and the steps that rows permit."""

from data.catalogue.loader import load_catalogue
from data.catalogue.supervision_tables import IssueTransition, WarningTransition
from data.store.schema import metadata
from data.text import all_texts

NEVER_RECORDED = {"password_hash", "hash", "previous_hash", "session_hash"}
OF_ITSELF = {"audit_entry", "audit_head", "login_session", "adopted_batch"}


def test_every_field_of_the_store_has_a_word() -> None:
    fields = {c.name for t in metadata.sorted_tables if t.name not in OF_ITSELF for c in t.columns}
    assert [
        f for f in sorted(fields - NEVER_RECORDED) if f"audit.field.{f}" not in all_texts()
    ] == []


def test_every_step_of_the_transitions_has_a_word() -> None:
    catalogue = load_catalogue()
    steps = {
        t.action for t in (*catalogue.rows(IssueTransition), *catalogue.rows(WarningTransition))
    }
    assert [s for s in sorted(steps) if f"audit.action.{s}" not in all_texts()] == []
