"""Cut the font of the PDF papers out of Debian's Noto Sans CJK: `make font` (needs fonttools).

GB 2312 hanzi, Latin, punctuation, units and arrows; a rarer character comes from a font of the
host, or prints as a box.
"""

from pathlib import Path
from typing import Literal, Protocol

from fontTools import subset  # pyright: ignore[reportMissingTypeStubs]  it has no types
from fontTools.ttLib import TTCollection  # pyright: ignore[reportMissingTypeStubs]

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
TARGET = Path(__file__).parent / "fonts" / "NotoSansSC-Regular.otf"
FAMILY = "Noto Sans CJK SC"
RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x180),
    (0x370, 0x400),
    (0x2000, 0x2070),
    (0x2150, 0x2200),
    (0x2200, 0x2300),
    (0x2460, 0x2480),
    (0x25A0, 0x2600),
    (0x2700, 0x2720),
    (0x3000, 0x3040),
    (0x3380, 0x33E0),
    (0xFF00, 0xFFF0),
)
HANZI_HIGH, HANZI_LOW = range(0xB0, 0xF8), range(0xA1, 0xFF)


class Names(Protocol):
    """A font's table of names."""

    def getDebugName(self, name_id: int) -> str | None:  # noqa: N802  of fontTools
        """The name of a kind; 1 is the family's."""
        ...


class Font(Protocol):
    """A font of the collection."""

    def __getitem__(self, table: Literal["name"], /) -> Names:
        """One of its tables."""
        ...

    def save(self, file: Path, /) -> None:
        """Write it down."""
        ...


class Cutter(Protocol):
    """Leaves the glyphs of a font that are wanted."""

    def populate(self, *, unicodes: set[int]) -> None:
        """Say which."""
        ...

    def subset(self, font: Font, /) -> None:
        """Take the others out."""
        ...


def wanted() -> set[int]:
    """The code points that are kept."""
    characters = {point for first, last in RANGES for point in range(first, last)}
    for high in HANZI_HIGH:
        hanzi = b"".join(bytes((high, low)) for low in HANZI_LOW)
        characters |= {ord(c) for c in hanzi.decode("gb2312", errors="ignore")}
    return characters


def main() -> None:
    """Write the font file."""
    fonts: list[Font] = TTCollection(SOURCE).fonts  # pyright: ignore[reportUnknownMemberType]
    font = next(f for f in fonts if f["name"].getDebugName(1) == FAMILY)
    options = subset.Options(hinting=False, notdef_outline=True, name_IDs=["*"])
    options.layout_features = ["kern", "palt", "halt", "locl", "calt", "ccmp"]
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE"]
    _cut(subset.Subsetter(options), font)
    font.save(TARGET)


def _cut(cutter: Cutter, font: Font) -> None:
    cutter.populate(unicodes=wanted())
    cutter.subset(font)


if __name__ == "__main__":
    main()
