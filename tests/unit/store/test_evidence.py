"""Evidence: files of named kinds, up to a size, for open issues; found by their number, listed by their issue."""

from pathlib import Path

import pytest

from data.access import Permission, Viewer
from data.catalogue.loader import load_catalogue
from data.store.engine import Store
from data.store.evidence import MOST_BYTES, add_evidence, all_evidence, find_evidence, list_evidence
from data.store.refusals import RefusedError
from tests.stores import NOW, RECTIFIER, an_issue, put

PDF = b"%PDF-1.7 "
CATALOGUE = load_catalogue()


@pytest.fixture
def issues(store: Store) -> Store:
    put(store, an_issue("A"), an_issue("B", "under_way"), an_issue("C", "closed"))
    return store


def add(store: Store, code: str, name: str, content: bytes, viewer: Viewer = RECTIFIER) -> None:
    add_evidence(store, CATALOGUE, viewer, code, name, content, NOW)


def test_a_file_is_listed_with_its_issue_and_found_by_its_number(issues: Store, tmp_path: Path) -> None:
    add(issues, "A", "一.pdf", PDF + b"1")
    add(issues, "B", "二.pdf", PDF + b"2")
    add(issues, "A", "三.PDF", PDF + b"1")
    assert [f.file_name for f in list_evidence(issues, "A")] == ["一.pdf", "三.PDF"]
    assert [f.file_name for f in list_evidence(issues, "B")] == ["二.pdf"]
    assert list_evidence(issues, "C") == []
    every = all_evidence(issues)
    assert [f.file_name for f in every] == ["一.pdf", "二.pdf", "三.PDF"]
    assert [f.size_bytes for f in every] == [len(PDF) + 1] * 3
    assert every[0].sha256 == every[2].sha256 != every[1].sha256
    for number in (f.evidence_id for f in every):
        found = find_evidence(issues, number)
        assert found is not None
        assert found[0].evidence_id == number
        assert found[1].read_bytes() == PDF + (b"2" if found[0].issue_code == "B" else b"1")
    assert len(list((tmp_path / "evidence").iterdir())) == 2
    assert find_evidence(issues, max(f.evidence_id for f in every) + 1) is None
    assert find_evidence(issues, 2**31) is None


@pytest.mark.parametrize(
    ("code", "name", "content", "refusal"),
    [
        ("A", "a.exe", PDF, "evidence_kind"),
        ("A", "a.pdf", b"", "evidence_size"),
        ("A", "a.pdf", PDF + b" " * (MOST_BYTES - len(PDF) + 1), "evidence_size"),
        ("A", "a.pdf", b"\x89PNG\r\n\x1a\n", "evidence_content"),
        ("C", "a.pdf", PDF, "evidence_closed"),
        ("D", "a.pdf", PDF, "unknown_issue"),
    ],
)
def test_what_is_not_taken(issues: Store, code: str, name: str, content: bytes, refusal: str) -> None:
    with pytest.raises(RefusedError, match=refusal):
        add(issues, code, name, content)
    assert all_evidence(issues) == []


def test_ten_megabytes_are_taken(issues: Store) -> None:
    add(issues, "A", "a.pdf", PDF + b" " * (MOST_BYTES - len(PDF)))
    assert [f.size_bytes for f in all_evidence(issues)] == [10 * 1024 * 1024]


def test_only_who_rectifies_hands_evidence_in(issues: Store) -> None:
    with pytest.raises(RefusedError, match="no_permission"):
        add(issues, "A", "a.pdf", PDF, Viewer("旁人", frozenset(Permission) - {Permission.LEDGER_RECTIFY}))
