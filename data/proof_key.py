"""The `why` value of an address: which verdict is to be proved.

`unit.<district>` · `item.<district>.<item>` · `cv.<district>.<stage>.<indicator>` ·
`section.<stage>.<indicator>.<school>`; a school code may contain dots, so it stands last.
"""

from dataclasses import dataclass

PARTS = {
    "unit": ("district",),
    "item": ("district", "item"),
    "cv": ("district", "stage", "indicator"),
    "section": ("stage", "indicator", "school"),
}


@dataclass(frozen=True)
class ProofKey:
    """What is to be proved; only the fields of its kind are filled."""

    kind: str
    district: str = ""
    stage: str = ""
    indicator: str = ""
    item: str = ""
    school: str = ""

    def __str__(self) -> str:
        return ".".join((self.kind, *(getattr(self, name) for name in PARTS[self.kind])))


def parse_key(why: str) -> ProofKey | None:
    """The key of a `why` value, None where it is none."""
    kind, _, rest = why.partition(".")
    names = PARTS.get(kind)
    if names is None:
        return None
    values = rest.split(".", len(names) - 1)
    if len(values) != len(names) or not all(values):
        return None
    return ProofKey(kind, **dict(zip(names, values, strict=True)))


def unit_key(district: str) -> str:
    """Key of a unit's overall verdict."""
    return f"unit.{district}"


def item_key(district: str, item: str) -> str:
    """Key of one item of a unit."""
    return f"item.{district}.{item}"


def cv_key(district: str, stage: str, indicator: str) -> str:
    """Key of one CV."""
    return f"cv.{district}.{stage}.{indicator}"


def section_key(school: str, stage: str, indicator: str) -> str:
    """Key of one indicator of one section."""
    return f"section.{stage}.{indicator}.{school}"
