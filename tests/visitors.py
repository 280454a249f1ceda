"""People of every role, how they come in, and what their browsers send."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from flask.testing import FlaskClient

from app import create_app
from callbacks.rendering.index_document import ServerRenderedDash
from callbacks.web import rate_limits
from data.access import Permission, Viewer
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import District
from data.clock import day_of
from data.settings import Settings
from data.store.accounts import NewAccount, create_account

PASSWORD = "Ganzhou-2026-xy"
NEXT_PASSWORD = "Ganzhou-2027-xy"
CATALOGUE = load_catalogue()
CLERK = Viewer("管理员", frozenset({Permission.ACCOUNTS_MANAGE}))
OWN, SCHOOL = "500242", "S500242-001"
ROLES = {
    "leader": NewAccount("leader", "市领导", "municipal_leader"),
    "city": NewAccount("city", "市督导", "municipal_supervisor"),
    "district": NewAccount("district", "区督导", "district_supervisor", (OWN,)),
    "area": NewAccount("inspector", "责任督学", "responsible_inspector", (OWN,), (SCHOOL, "S500242-002")),
    "school": NewAccount("office", "督导办", "school_office", (OWN,), (SCHOOL,)),
    "clerk": NewAccount("clerk", "管理员", "administrator"),
    "auditor": NewAccount("auditor", "审计员", "auditor"),
}


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


BEFORE_THE_MERGER = datetime.fromisoformat("2025-09-01")


def while_in_force(units: Iterable[str]) -> datetime:
    """Now, or for a former unit a day on which it was one: its accounts stay."""
    in_force = {d.district_code for d in CATALOGUE.in_force(District, day_of(now()))}
    return now() if in_force.issuperset(units) else BEFORE_THE_MERGER


def guarded_app(settings: Settings, folder: Path, roles: Iterable[str] = ROLES) -> ServerRenderedDash:
    """An application with login on the snapshots of `settings`, a store in `folder` and accounts."""
    app = create_app(
        Settings(var_folder=settings.var_folder, login="local", store_url=f"sqlite:///{folder / 'operations.db'}")
    )
    for role in roles:
        create_account(app.deps.store, CATALOGUE, CLERK, ROLES[role], PASSWORD, now())
    return app


def signed_in(app: ServerRenderedDash, name: str) -> tuple[FlaskClient, str]:
    """A client past the first change of password, and its CSRF token."""
    rate_limits.reset_rate_limits()
    client = app.server.test_client()
    for password in (PASSWORD, NEXT_PASSWORD):
        answer = client.post("/login", data={"account_name": name, "password": password}, base_url="https://localhost")
        if answer.status_code == 302:
            break
    token = client.get_cookie("_csrf_token").value
    if password == PASSWORD:
        changed = client.post(
            "/password", data={"old": PASSWORD, "new": NEXT_PASSWORD, "csrf_token": token}, base_url="https://localhost"
        )
        assert changed.headers["Location"] == "/login"
        return signed_in(app, name)
    return client, token


def get(client: FlaskClient, path: str, **headers: str):
    return client.get(path, base_url="https://localhost", headers=headers)


def body(shapes: dict, output: str, values: list[object]) -> dict[str, object]:
    inputs, states = shapes[output]
    given = iter(values)
    parts = output[2:-2].split("...") if output.startswith("..") else [output]

    def item(name: str) -> dict[str, object]:
        identity, _, prop = name.rpartition(".")
        return {"id": identity, "property": prop, "value": next(given)}

    outputs = [{"id": p.rpartition(".")[0], "property": p.rpartition(".")[2]} for p in parts]
    return {
        "output": output,
        "outputs": outputs if output.startswith("..") else outputs[0],
        "inputs": [item(n) for n in inputs],
        "state": [item(n) for n in states],
        "changedPropIds": [inputs[0]],
    }


def post(client: FlaskClient, token: str, sent: object, **headers: str):
    return client.post(
        "/_dash-update-component",
        data=sent if isinstance(sent, bytes) else json.dumps(sent),
        content_type="application/json",
        base_url="https://localhost",
        headers={"X-CSRFToken": token, **headers},
    )


def plain(answer) -> str:
    """The answer with its escapes resolved, however often they were nested."""
    return re.sub(r"\\+u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), answer.text)
