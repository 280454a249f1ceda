"""What is kept is bounded in bytes, as they are in truth, whoever asks for whatever."""

import threading
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from queries.memo import BYTES_PER_ENTRY, LruCache, size_of


@dataclass(frozen=True)
class Row:
    code: str
    name: str
    value: float | None
    day: date


def text_of(number: int, length: int) -> str:
    return f"{number:0>{length}}"


def rows(count: int) -> tuple[Row, ...]:
    return tuple(
        Row(text_of(n, 12), "渝中区" + text_of(n, 9), n + 0.5, date(2026, 11, 1 + n % 28)) for n in range(count)
    )


def test_the_longest_unused_goes_and_failures_are_not_kept() -> None:
    made: list[str] = []
    kept = LruCache(2 * (size_of(("a",)) + size_of(None) + BYTES_PER_ENTRY))
    for key in "abab":
        kept.get((key,), lambda k=key: made.append(k))
    assert made == ["a", "b"]
    kept.get(("a",), lambda: made.append("a"))
    kept.get(("c",), lambda: made.append("c"))
    kept.get(("a",), lambda: made.append("a"))
    kept.get(("b",), lambda: made.append("b"))
    assert made == ["a", "b", "c", "b"]
    with pytest.raises(ZeroDivisionError):
        kept.get(("d",), lambda: 1 / 0)
    assert kept.get(("d",), lambda: 4) == 4


def test_what_is_larger_than_the_room_is_handed_out_and_pushes_nothing_away() -> None:
    kept = LruCache(10_000)
    kept.put(("small",), "a" * 1_000)
    assert kept.get(("large",), lambda: "a" * 20_000) == "a" * 20_000
    assert len(kept) == 1
    assert kept.find(("small",)) is not None


def test_long_keys_count() -> None:
    kept = LruCache(100_000)
    for number in range(1_000):
        kept.get(("page", text_of(number, 5_000)), lambda: None)
    assert len(kept) < 20
    assert kept.size <= 100_000


def test_dropping_gives_the_room_back() -> None:
    kept = LruCache(100_000)
    for first in ("one", "other"):
        for number in range(10):
            kept.put((first, number), "a" * 100)
    half = kept.size // 2
    kept.put(("one", 0), "a" * 100)
    assert kept.size == 2 * half
    kept.drop_all_of("one")
    assert kept.size == pytest.approx(half, rel=0.01)
    kept.drop(("other", 0))
    assert len(kept) == 9
    kept.drop_all_of("other")
    assert (kept.size, len(kept)) == (0, 0)


@pytest.mark.parametrize(
    "make",
    [
        lambda: rows(10),
        lambda: rows(5_000),
        lambda: [text_of(n, 40) for n in range(3_000)],
        lambda: {text_of(n, 20): (n + 0.5, text_of(n, 30)) for n in range(2_000)},
        lambda: ("标题", [["div", {"className": text_of(n, 10)}, [text_of(n, 50)]] for n in range(900)]),
    ],
    ids=["few rows", "many rows", "texts", "by name", "tree"],
)
def test_the_measure_is_what_memory_grows_by(make: Callable[[], Any]) -> None:
    make()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    thing = make()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert 0.9 * grown < size_of(thing) < 1.6 * grown


def test_the_bound_holds_while_many_threads_ask() -> None:
    kept, over = LruCache(200_000), list[int]()

    def ask(seed: int) -> None:
        for number in range(400):
            wanted = (seed * 7 + number * 13) % 300
            assert kept.get(("t", wanted), lambda n=wanted: text_of(n, 2_000)) == text_of(wanted, 2_000)
            if kept.size > 200_000 + 3_000:
                over.append(kept.size)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert over == []
    assert kept.size == sum(entry.size for entry in kept._entries.values())
