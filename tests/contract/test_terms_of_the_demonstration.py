"""What the demonstration's matters are due by is what the rules beside them say."""

from datetime import date
from pathlib import Path

from data.catalogue.loader import load_catalogue
from data.demo.build import DEMONSTRATION
from data.demo.field import fill_field
from data.demo.registers import draw_registers
from data.settings import Settings
from data.store.engine import open_store
from data.store.matters import list_matters
from data.store.register_intake import take_register
from tests.small_demo import small_sources
from tests.stores import NOW

A_FRIDAY, FIVE_WORKING_DAYS_LATER = date(2026, 11, 20), date(2026, 11, 27)
FIFTEEN_DAYS_LATER, THIRTY_DAYS_LATER = date(2026, 12, 5), date(2026, 12, 20)
TEN_DAYS_AFTER_THE_END = "综合督导，2026年11月13日结束。", date(2026, 11, 23)


def test_opinions_and_complaints_are_due_by_the_days_of_their_rules(tmp_path: Path) -> None:
    """`转办到2027年2月3日` stood beside `登记后5个工作日内转办` of one that was recorded on 20 November.

    `反馈初步意见到2026年11月30日` stood beside `督导结束后综合10天内` of one that ended on 13 November.
    """
    files = small_sources(tmp_path / "sources")
    store = open_store(Settings(var_folder=tmp_path))
    take_register(store, DEMONSTRATION, draw_registers(files), NOW)
    fill_field(store, load_catalogue(), files)
    kinds = ("complaint", "opinion")
    matters = [matter for kind in kinds for matter in list_matters(store, kind)]
    assert {matter.opened_on for matter in matters} == {A_FRIDAY}
    due = {matter.state: matter.due_on for matter in matters}
    assert due["recorded"] == FIVE_WORKING_DAYS_LATER
    assert due["passed_on"] == FIFTEEN_DAYS_LATER
    (draft,) = [matter for matter in matters if matter.state == "draft"]
    ended, first_due = TEN_DAYS_AFTER_THE_END
    assert draft.note.startswith(ended)
    assert draft.due_on == first_due
    assert due["fed_back"] == THIRTY_DAYS_LATER
