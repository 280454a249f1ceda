"""Every rule can be said in Spark's SQL, and none uses what the two engines take differently."""

from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from data.settings import Settings
from data.warehouse.rules import Rule, load_rules
from data.warehouse.spark_engine import transpiled

RULES = load_rules(Settings().rules_folder)
DIFFERENT = (
    exp.Round,
    exp.PercentileCont,
    exp.PercentileDisc,
    exp.Quantile,
    exp.Median,
    exp.Avg,
    exp.ArrayAgg,
    exp.Interval,
    exp.Rand,
)
"""Rounding of halves, averages of decimals, interpolation, order of lists, dates plus intervals."""


def problems(sql: str) -> list[str]:
    tree = sqlglot.parse_one(sql, read="duckdb")
    found = [type(node).__name__ for node in tree.find_all(*DIFFERENT)]
    found += ["AsOf" for join in tree.find_all(exp.Join) if "ASOF" in str(join.args.get("method")).upper()]
    found += ["Star of a join" for star in tree.find_all(exp.Star) if star.args.get("except_")]
    found += [
        "cast to integer of a fraction"
        for cast in tree.find_all(exp.Cast)
        if cast.to.is_type("int", "bigint") and cast.this.find(exp.Div)
    ]
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.file_name)
def test_a_rule_says_the_same_to_both_engines(rule: Rule) -> None:
    assert "select" in transpiled(rule.sql).lower()
    assert problems(rule.sql) == []


@pytest.mark.parametrize(
    "sql",
    [
        "select round(x, 2) from t",
        "select avg(x) from t",
        "select quantile_cont(x, 0.25) from t",
        "select list(x order by x) from t",
        "select * from t asof join u on t.d >= u.d",
        "select cast(x / y as integer) from t",
        "select d + interval 1 day from t",
    ],
)
def test_what_they_take_differently_is_found(sql: str) -> None:
    assert problems(sql)


def test_there_are_rules() -> None:
    assert len(RULES) == len(list(Path(Settings().rules_folder).glob("*.sql"))) > 10
