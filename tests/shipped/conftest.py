"""One shipped server for each engine: SQLite in `make test`, SQLite and PostgreSQL in `make faults`."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.depth import IS_FULL
from tests.postgres import postgres
from tests.shipped.front_door import FrontDoor, front_door
from tests.small_demo import build_small

ENGINES = ("sqlite", "postgres") if IS_FULL else ("sqlite",)


@pytest.fixture(scope="session", params=ENGINES)
def shipped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FrontDoor]:
    """The shipped server with a small demonstration published while it runs."""
    with ExitStack() as stack:
        url = stack.enter_context(postgres()) if request.param == "postgres" else ""
        door = stack.enter_context(front_door(tmp_path_factory.mktemp("shipped"), url))
        build_small(door.settings)
        yield door
