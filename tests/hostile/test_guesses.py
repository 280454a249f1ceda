"""Guesses at the door (1,000 in `make faults`): few of them are compared with the password, fewer the longer it goes on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.access import Permission, Viewer
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import verification
from data.store.accounts import NewAccount, create_account
from data.store.engine import open_store
from data.store.refusals import RefusedError
from data.store.sessions import sign_in
from tests.depth import record, times

PASSWORD = "Ganzhou-2026-xy"
GUESSES = times(60, 1000)
WINDOW = timedelta(minutes=10)
MOST_CHECKS = 10  # 5 at once, then after 15, 45, 105, 225 and 465 s: the waits double
CLERK = Viewer("管理员", frozenset({Permission.ACCOUNTS_MANAGE}))


def test_a_thousand_guesses_in_ten_minutes_are_ten_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    at = datetime.now(UTC).replace(tzinfo=None)
    create_account(store, load_catalogue(), CLERK, NewAccount("victim", "某人", "municipal_leader"), PASSWORD, at)
    checks: list[str] = []
    is_right = verification.is_right_password

    def watched(password_hash: str | None, password: str) -> bool:
        checks.append(password)
        return is_right(password_hash, password)

    monkeypatch.setattr(verification, "is_right_password", watched)
    for number in range(GUESSES):
        guess = PASSWORD if number == GUESSES - 1 else f"Guess-{number}-word"
        with pytest.raises(RefusedError):
            sign_in(store, "victim", guess, at + number * (WINDOW * 0.99) / GUESSES, f"10.{number}")
    assert 5 < len(checks) <= MOST_CHECKS
    assert PASSWORD not in checks
    assert sign_in(store, "victim", PASSWORD, at + 2 * WINDOW)
    record("guesses", guesses=GUESSES, checked=len(checks) - 1, entered=0)
