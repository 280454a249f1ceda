"""Pages of a narrow scope: of one unit, of some schools, of one school. No shape is drawn inside out."""

import re
from collections.abc import Iterator

import pytest

from callbacks.rendering.index_document import ServerRenderedDash
from data.access import Permission
from data.settings import Settings
from layouts.routes import ROUTES
from tests.visitors import OWN, ROLES, SCHOOL, get, guarded_app, signed_in

SIZES = re.compile(r'<(\w+)[^>]*?\s(?:width|height|r)="(-[^"]*|NaN|nan|inf)"')
ONE = {"district": OWN, "school": SCHOOL, "cv": f"{OWN}/primary/L2"}
NARROW = ("district", "area", "school")
STATES = (
    "",
    "stage=primary",
    "stage=junior&indicator=L2",
    "period=2020",
    "period=2016",
    "basis=current",
    "measure=worst_cv",
    f"district={OWN}",
    "grouping=group",
)


@pytest.fixture(scope="module")
def app(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerRenderedDash]:
    yield guarded_app(demo_settings, tmp_path_factory.mktemp("narrow"), NARROW)


def inside_out(page: str) -> list[str]:
    return [m[0] for m in SIZES.finditer(page)]


@pytest.mark.parametrize("role", NARROW)
def test_no_shape_has_a_size_below_zero(app: ServerRenderedDash, role: str) -> None:
    client, _ = signed_in(app, ROLES[role].account_name)
    seen, wrong = 0, list[str]()
    for route in (r for r in ROUTES if r.needs is Permission.READ_FIGURES):
        path = f"{route.path}/{ONE[route.page]}" if route.keys else route.path
        for state in STATES:
            answer = get(client, f"{path}?{state}")
            assert answer.status_code == 200, path
            seen += answer.text.count("<svg")
            wrong += [f"{path}?{state}: {shape}" for shape in inside_out(answer.text)]
    assert seen > 300
    assert not wrong, wrong[:5]
