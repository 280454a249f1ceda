"""Read page queries from .sql files; a file without its header refuses to start."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
_HEADER = re.compile(r"\A-- question: (?P<question>.+)\n-- grain: (?P<grain>.+)\n")
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True)
class Query:
    """One question: what it asks, the grain of its rows, and its SQL with `$name` parameters."""

    name: str
    question: str
    grain: str
    sql: str
    parameters: frozenset[str]


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
    body = re.sub(r"--.*", "", sql)
    parameters = frozenset(_PARAMETER.findall(body))
    return Query(name, header["question"], header["grain"], sql, parameters)
