"""ARCHITECTURE.md names every module in its own words, and none that is not there."""

from tests.modules import modules, said, section, written


def test_every_module_is_named_in_its_own_words() -> None:
    assert written()[1].strip() == section().strip(), "python -m tests.modules writes the list anew"


def test_every_module_says_what_it_is() -> None:
    assert [str(p) for p in modules() if not said(p).endswith((".", "?"))] == []
