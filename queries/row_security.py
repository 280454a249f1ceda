"""The scope of a question: which of its rows a viewer may see, decided in one place."""

from typing import Any, Protocol

from data.access import Scope
from data.rows.bounds import PlaceRow
from queries.loader import load_query


class Asked(Protocol):
    """Answers questions for the whole city."""

    def ask(self, name: str, row_type: type[Any], **parameters: Any) -> tuple[Any, ...]:
        """The rows of `queries/<name>.sql`."""
        ...


def filter_rows(
    whole: Asked, scope: Scope, name: str, row_type: type[Any], parameters: tuple[tuple[str, Any], ...]
) -> tuple[Any, ...]:
    """The rows that a scope allows, by the query's `-- scope:` line; none where it is outside."""
    kind, asked = load_query(name).scope, dict(parameters)
    if kind == "whole":
        return ()
    rows = whole.ask(name, row_type, **asked)
    if kind == "open":
        return rows
    if kind == "rows_or_open":
        return tuple(r for r in rows if r.district_code is None or _allows(scope, r))
    if kind == "rows":
        return tuple(r for r in rows if _allows(scope, r))
    if kind == "district":
        is_own = scope.allows(str(asked["district"]))
        return tuple(r for r in rows if _allows_school(scope, r)) if is_own else ()
    if kind == "school":
        places = whole.ask("common_dimensions/school_place", PlaceRow, school=asked["school"])
    else:
        places = whole.ask("common_dimensions/return_place", PlaceRow, return_id=asked["return_id"])
    return rows if places and _allows(scope, places[-1]) else ()


def _allows(scope: Scope, row: Any) -> bool:
    return scope.allows(row.district_code, getattr(row, "school_code", None))


def _allows_school(scope: Scope, row: Any) -> bool:
    school = getattr(row, "school_code", None)
    return scope.schools is None or not school or school in scope.schools
