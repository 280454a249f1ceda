"""Rows about meetings: running orders to begin with."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AgendaTemplate:
    """One item of a running order that an office uses again and again.

    `address` is a page with its filters; `{district}` in it stands for the unit that the meeting is about.
    """

    template_code: str
    position: int
    name: str
    title: str
    address: str
    minutes: int
