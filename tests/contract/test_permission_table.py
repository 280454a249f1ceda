"""Permissions stand in their table; without login nobody but the host itself is served."""

from pathlib import Path

import pytest

from app import create_app
from data.access import LOCAL_VIEWER, Permission
from data.catalogue.access_tables import RoleCapability
from data.settings import Settings
from tests.visitors import CATALOGUE


def test_every_permission_is_in_the_table_and_the_local_viewer_manages_no_accounts() -> None:
    from data.catalogue.access_tables import Capability

    known = {c.permission for c in CATALOGUE.rows(Capability)}
    assert known == {str(p) for p in Permission} - {str(Permission.LEDGER_MONITOR)}
    assert {c.permission for c in CATALOGUE.rows(RoleCapability)} <= known
    assert Permission.ACCOUNTS_MANAGE not in LOCAL_VIEWER.permissions


def test_without_login_only_loopback_is_served(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="without login"):
        create_app(Settings(var_folder=tmp_path, host="0.0.0.0", login="off"))
