"""Returns with what was printed for them supplied, and what the rules say of them then.

Rows are frames of canonical names as `stage_frame` takes them: the same path as `data check`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import duckdb
import pandas as pd

from data.settings import ROOT
from data.warehouse.rules import load_rules, run_rules
from data.warehouse.staging import stage_frame

OWN = {"L1": "above_required_degree_teachers", "L2": "backbone_teachers", "L3": "pe_arts_teachers"}
SHARED = {
    "L4": "teaching_aux_area_m2",
    "L5": "sports_ground_area_m2",
    "L6": "equipment_value_wan",
    "L7": "multimedia_rooms",
}
TEN_THOUSAND = 10_000  # L6 is judged in 元 and returned in 万元
STEP = {"L6": 1000}
RULES = load_rules(ROOT / "queries" / "rules")
Amounts = dict[tuple[str, str], int]


def judge(
    connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame
) -> tuple[dict[str, list[bool | None]], dict[str, Amounts]]:
    """By school code: the verdicts of its sections in scope (None where a value is missing), and
    the amounts printed for it.
    """
    stage_frame(connection, frame.reset_index(drop=True))
    run_rules(connection, RULES[: 1 + max(n for n, r in enumerate(RULES) if r.relation == "section_verdict")])
    verdicts: dict[str, list[bool | None]] = defaultdict(list)
    for code, complies in connection.execute(
        "select school_code, case when undecidable_count = 0 then complies end"
        " from section_verdict inner join stg_school using (return_id)"
        " where is_in_scope"
    ).fetchall():
        verdicts[code].append(complies)
    amounts: dict[str, Amounts] = defaultdict(dict)
    for code, stage, key, amount in connection.execute(
        "select school_code, stage, indicator_code, binding_gap from section_gap"
        " inner join stg_school using (return_id) where binding_gap > 0 and is_in_scope"
    ).fetchall():
        amounts[code][stage, key] = int(amount)
    return verdicts, amounts


def supplied(row: Mapping[str, Any], amounts: Amounts) -> dict[str, Any]:
    """The return of a school to which these amounts were added."""
    filled = dict(row)
    for (stage, key), amount in amounts.items():
        column = f"{OWN[key]}__{stage}" if key in OWN else SHARED[key]
        more = Decimal(amount) / TEN_THOUSAND if key == "L6" else Decimal(amount)
        filled[column] = str(Decimal(str(filled[column])) + more)
    return filled


def assert_that_amounts_suffice_and_nothing_less(
    connection: duckdb.DuckDBPyConnection, frame: pd.DataFrame
) -> tuple[int, int]:
    """Every school that can be judged complies with the printed amounts, and fails with any one of
    them a printed step less. Returns the numbers of failing schools and of amounts.
    """
    rows: dict[str, Any] = {str(r["school_code"]): r for r in frame.to_dict("records")}
    assert len(rows) == len(frame)
    verdicts, amounts = judge(connection, frame)
    decided = {code for code, found in verdicts.items() if None not in found}
    failing = {code for code in decided if False in verdicts[code]}
    assert {code for code in decided if amounts.get(code)} == failing
    filled = [supplied(rows[code], amounts[code]) for code in sorted(failing)]
    after, nothing = judge(connection, pd.DataFrame(filled, columns=frame.columns))
    assert all(all(found) for found in after.values()), [c for c, v in after.items() if not all(v)]
    assert not nothing
    less = [
        supplied(rows[code], amounts[code] | {place: amount - STEP.get(place[1], 1)})
        | {"school_code": f"{code}/{place[0]}/{place[1]}"}
        for code in sorted(failing)
        for place, amount in amounts[code].items()
    ]
    after, _ = judge(connection, pd.DataFrame(less, columns=frame.columns))
    assert [code for code, found in after.items() if False not in found] == []
    assert len(after) == len(less)
    return len(failing), len(less)
