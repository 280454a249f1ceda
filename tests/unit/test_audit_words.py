"""Whatever the audit keeps has a word for the auditor: fields, kinds, and the steps that rows permit."""

from callbacks.files.export import LETTER, LISTS
from data.catalogue.loader import load_catalogue
from data.catalogue.matter_tables import Transition
from data.settings import ROOT
from data.store import catalogue_change
from data.store.schema import metadata
from data.text import all_texts
from layouts.office.audit_log import names_of_codes

NEVER_RECORDED = {"password_hash", "hash", "previous_hash", "session_hash"}
OF_ITSELF = {
    "audit_entry",
    "audit_address",
    "audit_head",
    "login_session",
    "adopted_batch",
    "sign_in_count",
    "store_seal",
    "request_count",
}
OF_ITSELF |= {"second_factor", "recovery_code"}  # what is recorded of them is that they came and went


def test_every_field_of_the_store_has_a_word() -> None:
    fields = {c.name for t in metadata.sorted_tables if t.name not in OF_ITSELF for c in t.columns}
    assert [f for f in sorted(fields - NEVER_RECORDED) if f"audit.field.{f}" not in all_texts()] == []


def test_every_step_of_the_transitions_has_a_word() -> None:
    catalogue = load_catalogue()
    steps = {t.action for t in catalogue.rows(Transition)}
    assert [s for s in sorted(steps) if f"audit.action.{s}" not in all_texts()] == []


def test_every_code_of_a_sign_in_has_a_word() -> None:
    source = "".join((ROOT / "data" / "store" / f"{n}.py").read_text("utf-8") for n in ("verification", "sessions"))
    codes = {
        "bad_password",
        "unknown_account",
        "disabled",
        "other_identity",
        "not_bound",
        "too_soon",
        "address_too_soon",
        "first_sign_in",
        "oidc",
    }
    assert [c for c in sorted(codes) if f'"{c}"' not in source] == []
    assert [c for c in sorted(codes) if f"audit.reason.{c}" not in all_texts()] == []


def test_every_state_of_an_act_on_the_catalogue_has_a_word() -> None:
    act = catalogue_change
    states = {act.PROPOSED, act.RELEASED, act.WITHDRAWN, act.TAKEN_BACK}
    assert states <= names_of_codes().keys()


def test_every_kind_of_file_that_leaves_has_a_word() -> None:
    kinds = {*LISTS, LETTER.rstrip("."), "forms", "minutes"}
    assert [k for k in sorted(kinds) if f"audit.export.{k}" not in all_texts()] == []
