"""What must be there for a test to go on."""

from typing import TypeVar

Thing = TypeVar("Thing")


def present(thing: Thing | None) -> Thing:
    """The thing itself; fails the test where there is none."""
    assert thing is not None
    return thing
