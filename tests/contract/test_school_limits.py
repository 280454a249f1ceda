"""G3 to G5 of schools against a reckoning by hand."""

import math
from decimal import Decimal

import duckdb

from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.warehouse.rules import load_rules, run_rules
from data.warehouse.staging import load_catalogue_tables, stage_frame
from queries import district, proof, school
from queries.reader import Snapshot
from tests.returns import canonical_rows
from tests.returns import school as a_school


def test_limits_of_a_school_are_those_of_the_standard(snapshot: Snapshot) -> None:
    """G3 to G5 of every school of one unit, by hand (standard.md 1.5)."""
    returns = sorted({s.school_code for s in district.sections(snapshot, "2026", "as_was", "500242")})
    seen: set[tuple[str, bool | None]] = set()
    for code in returns:
        sent = proof.school_return(snapshot, "2026", code)
        assert sent is not None
        cells = {k: v for k, v in sent.cells.items() if isinstance(v, Decimal)}
        stages = [s for s in ("primary", "junior") if cells.get(f"pupils__{s}")]
        pupils = sum(cells[f"pupils__{s}"] for s in stages)
        classes = [cells.get(f"classes__{s}") for s in stages]
        known = [c for c in classes if c is not None]
        needed = math.ceil(sum(known) / 12) if len(known) == len(classes) else None
        expected: list[tuple[str, str, bool | None]] = [("G4", "size", pupils <= (2500 if len(stages) > 1 else 2000))]
        for stage, most in (("primary", 45), ("junior", 50)):
            if stage in stages:
                largest = cells.get(f"largest_class__{stage}")
                expected.append(("G5", stage, None if largest is None else largest <= most))
        for kind in ("music", "art"):
            has = cells.get(f"{kind}_rooms")
            met = None if has is None or needed is None else has >= needed
            expected.append(("G3", kind, met))
        found = [(r.item_code, r.kind, r.is_met) for r in school.limits(snapshot, sent.return_id)]
        assert found == expected, code
        seen |= {(item, met) for item, _, met in found}
    assert len(seen) >= 5, seen


def test_what_no_file_has_is_neither_met_nor_missed() -> None:
    """A return without the columns of class sizes and rooms: the school says nothing of them."""
    rows = canonical_rows([a_school()])
    with duckdb.connect() as connection:
        load_catalogue_tables(connection, load_catalogue())
        stage_frame(
            connection,
            rows.drop(
                columns=[
                    c for c in map(str, rows) if c.startswith(("largest_class", "classes")) or c.endswith("_rooms")
                ]
            ),
        )
        run_rules(connection, load_rules(Settings().rules_folder))
        found = connection.execute("select kind, amount, is_met from school_limit order by place").fetchall()
    assert found == [("size", 1000, True), ("primary", None, None), ("music", None, None), ("art", None, None)]
