"""A figure is slower when it is so by more than a quarter after both machines' speeds are taken out."""

from tests.bench.guard import baseline, slower_than


def report(measured: float, factor: float) -> dict[str, list[dict[str, object]]]:
    return {"limits": [{"figure": "a", "measured": measured, "factor": factor}]}


def test_a_slower_machine_is_not_a_slower_program() -> None:
    assert slower_than(report(200, 2.0), report(100, 1.0)) == []
    assert slower_than(report(124, 1.0), report(100, 1.0)) == []


def test_a_slower_program_is_named_with_its_ratio() -> None:
    assert slower_than(report(260, 2.0), report(100, 1.0)) == [{"figure": "a", "times_baseline": 1.3}]
    assert slower_than(report(130, 0.5), report(100, 1.0)) == [{"figure": "a", "times_baseline": 2.6}]


def test_a_new_figure_has_nothing_to_be_compared_with() -> None:
    assert slower_than(report(1000, 1.0), {"limits": []}) == []


def test_the_committed_baseline_can_be_compared() -> None:
    assert slower_than(baseline(), baseline()) == []
