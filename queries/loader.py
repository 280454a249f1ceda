"""Read page queries from .sql files; a file without its header refuses to start."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_HEADER = re.compile(r"\A-- question: (?P<question>.+)\n-- grain: (?P<grain>.+)\n")
KINDS = "open|whole|rows|rows_or_open|district|school|return"
_SCOPE = re.compile(rf"^-- scope: ({KINDS})$", re.MULTILINE)
PLACES = ("common_dimensions/school_place", "common_dimensions/return_place")
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Query:
    """One question: what it asks, the grain of its rows, and its SQL with `$name` parameters.

    `scope` says how a viewer's bounds apply: `open` tells no figure of a unit; `whole` is for
    viewers of all units alone; `rows` carry
    district_code (and school_code); `rows_or_open` too, and those without a unit are for all;
    `district`, `school` and `return` are about the one that the parameter names.
    """

    name: str
    question: str
    grain: str
    scope: str
    sql: str
    parameters: frozenset[str]


def parent_scoped_sql(query: Query) -> str:
    """The question for the units of the list `$narrowed_to`, as far as its rows name units.

    Where a school or return belongs is asked of all units: the viewer's bounds hang on the answer.
    """
    if query.scope not in ("rows", "rows_or_open") or query.name in PLACES:
        return query.sql
    condition = (
        "district_code between list_min($narrowed_to) and list_max($narrowed_to)"
        " and list_contains($narrowed_to, district_code)"
    )
    if query.scope == "rows_or_open":
        condition = f"({condition}) or district_code is null"
    return f"select * from (\n{query.sql}\n) where {condition}"  # noqa: S608


@cache
def load_query(name: str) -> Query:
    """Read `queries/<name>.sql`.

    Raises:
        ValueError: the header with question and grain is missing.
    """
    sql = (FOLDER / f"{name}.sql").read_text(encoding="utf-8")
    header = _HEADER.match(sql)
    if header is None:
        raise ValueError(f"queries/{name}.sql: no '-- question:' and '-- grain:' header")
    scope = _SCOPE.search(sql)
    if scope is None:
        raise ValueError(f"queries/{name}.sql: no '-- scope:' header")
    body = re.sub(r"--.*", "", sql)
    parameters = frozenset(_PARAMETER.findall(body))
    return Query(name, header["question"], header["grain"], scope[1], sql, parameters)
