"""What a look ahead found, in sentences: who flips from which verdict to which, by name."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from data.text import text
from layouts import formatting
from layouts.components.elements import block, bullet_list, list_item, paragraph, run, strong
from layouts.components.sections import heading, region
from layouts.markup import Node
from layouts.office.catalogue_places import places_part

MOST_NAMED = 40
LONGEST_SHORT = 400
Effect = Mapping[str, Any]


def effect_sentences(effect: Effect) -> list[str]:
    """All that would differ, most important first; one sentence that nothing does where nothing does."""
    if effect.get("is_of_no_rule"):
        return []
    problems: Sequence[str] = effect.get("problems", ())
    sentences = [
        *[text("catalogue.effect.unpublishable", problem=problem) for problem in problems],
        *_flips("verdict", effect["verdicts"]),
        *_items(effect["items"]),
        *_schools(effect["schools"]),
        *_sections(effect["sections"]),
        *_flips("progress", effect["progress"]),
        *_warnings("new_warning", effect["new_warnings"]),
        *_warnings("ended_warning", effect["ended_warnings"]),
        *[text("catalogue.effect.renamed", before=n["before"], after=n["after"]) for n in effect["names"]],
        *[
            text(f"catalogue.effect.{kind}", units=_named(effect[kind]))
            for kind in ("added", "removed")
            if effect[kind]
        ],
    ]
    if effect["earlier"]:
        sentences.append(text("catalogue.effect.earlier", count=formatting.count(effect["earlier"])))
    return sentences or [text("catalogue.effect.nothing", period=effect["period"])]


def effect_in_short(effect: Effect) -> str:
    """The same in a line, for records."""
    if effect.get("is_of_no_rule"):
        return text("catalogue.effect.no_rule")
    return "；".join(s.rstrip("。") for s in effect_sentences(effect))[:LONGEST_SHORT]


def effect_headline(effect: Effect) -> str:
    """What matters most, without names."""
    if effect.get("is_of_no_rule"):
        return text("catalogue.effect.no_rule")
    if effect.get("problems"):
        return text("catalogue.effect.headline_unpublishable")
    flips: Sequence[Mapping[str, str]] = effect["verdicts"]
    if flips:
        lost = sum(1 for f in flips if f["before"] == "met")
        gained = sum(1 for f in flips if f["after"] == "met")
        key = "lost" if lost and not gained else "gained" if gained and not lost else "flipped"
        counts = {"lost": lost, "gained": gained, "flipped": len(flips)}
        return text(f"catalogue.effect.headline_{key}", count=formatting.count(counts[key]))
    is_nothing = effect_sentences(effect) == [text("catalogue.effect.nothing", period=effect["period"])]
    return text("catalogue.effect.headline_nothing") if is_nothing else text("catalogue.effect.headline_no_verdict")


def effect_panel(effect: Effect) -> Node:
    """The box of a hypothesis: band, what it rests on, sentences, and the count of units that comply."""
    basis = text("catalogue.effect.as_if" if effect["is_as_if"] else "catalogue.effect.as_is", period=effect["period"])
    lines = [list_item(sentence, key=str(n)) for n, sentence in enumerate(effect_sentences(effect))]
    counts = paragraph(
        strong(f"{effect['met_before']} → {effect['met_after']}", look="simulated"),
        " ",
        text("catalogue.effect.met_count", total=formatting.count(effect["unit_count"])),
    )
    return region(
        block(strong(text("catalogue.effect.band")), run(basis), look="sim-band"),
        block(
            heading(effect_headline(effect)),
            *places_part(effect.get("places", {})),
            bullet_list(lines, look="effects"),
            counts,
            look="sim-body",
        ),
        paragraph(text("catalogue.effect.foot"), look="src"),
        look="simulation",
        label=text("catalogue.effect.band"),
    )


def _flips(kind: str, flips: Sequence[Mapping[str, str]]) -> list[str]:
    return [
        text(
            f"catalogue.effect.{kind}",
            count=formatting.count(len(units)),
            before=text(f"level.{before}"),
            after=text(f"level.{after}"),
            units=_named(units),
        )
        for (before, after), units in _grouped(((f["before"], f["after"]), f["unit"]) for f in flips)
    ]


def _items(flips: Sequence[Mapping[str, str]]) -> list[str]:
    return [
        text(
            "catalogue.effect.item",
            item=item,
            count=formatting.count(len(units)),
            before=text(f"level.{before}"),
            after=text(f"level.{after}"),
            units=_named(units),
        )
        for (item, before, after), units in _grouped(((f["item"], f["before"], f["after"]), f["unit"]) for f in flips)
    ]


def _schools(counts: Sequence[Mapping[str, Any]]) -> list[str]:
    sentences: list[str] = []
    for (limit,), units in _grouped(((c["limit"],), c) for c in counts):
        named = "、".join(
            text("catalogue.effect.from_to", unit=c["unit"], before=c["before"], after=c["after"])
            for c in units[:MOST_NAMED]
        )
        totals = [sum(c[when] for c in units) for when in ("before", "after")]
        sentences.append(
            text(
                "catalogue.effect.schools",
                limit=text(f"catalogue.limit.{limit}"),
                count=formatting.count(len(units)),
                before=formatting.count(totals[0]),
                after=formatting.count(totals[1]),
                units=named,
            )
        )
    return sentences


def _sections(counts: Sequence[Mapping[str, Any]]) -> list[str]:
    if not counts:
        return []
    named = "、".join(
        text("catalogue.effect.from_to", unit=c["unit"], before=c["before"], after=c["after"])
        for c in counts[:MOST_NAMED]
    )
    return [text("catalogue.effect.sections", count=formatting.count(len(counts)), units=named)]


def _warnings(kind: str, rows: Sequence[Mapping[str, str]]) -> list[str]:
    return [
        text(
            f"catalogue.effect.{kind}",
            warning=warning,
            level=text(f"catalogue.value.{level}"),
            count=formatting.count(len(units)),
            units=_named(units),
        )
        for (level, warning), units in _grouped(((r["level"], r["warning"]), r["unit"]) for r in rows)
    ]


def _grouped(pairs: Iterable[tuple[tuple[Any, ...], Any]]) -> list[tuple[tuple[Any, ...], list[Any]]]:
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for key, member in pairs:
        groups.setdefault(key, []).append(member)
    return list(groups.items())


def _named(units: Sequence[str]) -> str:
    named = "、".join(units[:MOST_NAMED])
    if len(units) <= MOST_NAMED:
        return named
    return text("catalogue.effect.and_more", units=named, count=formatting.count(len(units) - MOST_NAMED))
