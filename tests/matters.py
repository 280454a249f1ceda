"""Visits, opinions and complaints of units, two of each, with a photograph and a letter; and every way to them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import insert

from data.access import LOCAL_VIEWER
from data.clock import day_of
from data.store import audit
from data.store.engine import Store
from data.store.kept_content import keep_content
from data.store.matters import MatterStep, NewMatter, Writing, add_matter, take_step
from data.store.schema import look_back, visit_answer, visit_photo
from data.store.steps import transitions_of
from data.store.warning_letters import Letter, keep_letter
from tests.visitors import CATALOGUE, now

FIRST_STEP = {"visit": "record", "opinion": "feed_back", "complaint": "pass_on"}
NO_PHOTO = "99999"
PREFIXES = {"visit": "ZF", "opinion": "YJ", "complaint": "RD"}
ACTIONS = {kind: sorted({t.action for t in transitions_of(CATALOGUE, kind)}) for kind in PREFIXES}
Way = tuple[str, dict[str, str] | None]


def matter_code(prefix: str, unit: str, place: int) -> str:
    """The number of a unit's matter of this year."""
    return f"{prefix}{unit}-{now().year}-{place:04}"


def put_matters(store: Store, units: Sequence[str], word: str) -> None:
    """Of each unit and kind one on its desk and one that was told, every word of it `word` and the unit's code.

    Of each unit a letter too, numbered in the order of the units.
    """
    hand = replace(LOCAL_VIEWER, name="某人")
    with store.write() as connection:
        audit.hold_head(connection)
        writing = Writing(store, connection, CATALOGUE, hand, now())
        for number, unit in enumerate(units, 1):
            said, school = f"{word}{unit}", f"S{unit}-001"
            for kind, action in FIRST_STEP.items():
                new = NewMatter(kind, unit, said, school_code=school, note=said, due_on=date(2027, 6, 1), assignee=said)
                add_matter(writing, new, is_demonstration=True)
                told = add_matter(writing, new, is_demonstration=True)
                numbered = {"document_number": said} if kind == "opinion" else {}
                take_step(writing, told, MatterStep(told.matter_code, 1, action, said), changes=numbered)
            _put_photo(writing, matter_code("ZF", unit, 2), said)
            content = said.encode()
            letter = Letter(unit, number, said, "2026", "", f"{said}.docx", content, is_demonstration=True)
            digest = keep_content(store.evidence_folder, content)
            keep_letter(writing, letter, digest, [f"veto.{unit}"], date(2027, 6, 1))


def put_look_back(store: Store, issue_code: str, said: str) -> None:
    """A look at an issue today, every word of it as it is said."""
    day = day_of(now())
    looked = {"words": said, "looked_by": said, "looked_by_id": "", "looked_at": now(), "outcome": "stable"}
    with store.write() as connection:
        listed = {"issue_code": issue_code, "closed_on": day, "listed_on": day, "due_on": day}
        connection.execute(insert(look_back).values(**listed, **looked))


def matter_paths(unit: str, others: Iterable[str]) -> list[str]:
    """Lists, pages, letters, files and photographs of the own unit and of others."""
    paths = [f"/{kind}s{ask}" for kind in PREFIXES for ask in ("", "/list.xlsx", f"?plan={unit}", f"?new={unit}")]
    for one in (unit, *others):
        paths += [f"/{kind}s/{matter_code(PREFIXES[kind], one, place)}" for kind in PREFIXES for place in (1, 2)]
        paths += [f"/{kind}s{ask}?district={one}&plan={one}" for kind in PREFIXES for ask in ("", "/list.xlsx")]
        paths += [f"/opinions/{matter_code('YJ', one, 2)}/letter.docx", f"/visits/file.xlsx?district={one}"]
        paths += [f"{path}?district={one}" for path in ("/duties", "/duties/file.xlsx", "/visits/calendar")]
        paths += [f"/look-back{ending}?district={one}" for ending in ("", "/list.xlsx", "/report.docx")]
    letters = [f"/letters/{now().year}/{asked}" for asked in (*range(1, 46), "1-46.zip", "1-9999.zip")]
    return [*paths, *letters, "/visits/record", *[f"/visits/photo/{number}" for number in range(1, 46)]]


def matters_asked(other: str, number: str) -> Iterator[tuple[Way, Way]]:
    """Each way to them of another unit and of nobody: by number, as files and as forms."""
    day = now().date().isoformat()
    said = {"version": "2", "reason": "说明", "document_number": "1号", "due_on": "2027-06-01"}
    for kind, prefix in PREFIXES.items():
        path = f"/{kind}s"
        for place in (1, 2):
            code, nobody = (
                f"{path}/{matter_code(prefix, other, place)}",
                f"{path}/{matter_code(prefix, '599999', place)}",
            )
            yield (code, None), (nobody, None)
            for action in ACTIONS[kind]:
                yield (code, {**said, "action": action}), (nobody, {**said, "action": action})
        for ask in ("?district={}", "?new={}", "?plan={}", "/list.xlsx?district={}"):
            yield (path + ask.format(other), None), (path + ask.format("599999"), None)
    for unit in ("opinions", "complaints"):
        new = {"subject": "事", "note": "事", "scale": "full", "channel": "letter", "ended_on": day}
        typed = {**new, "district": other, "school_code": f"S{other}-001"}
        yield (f"/{unit}", typed), (f"/{unit}", {**typed, "district": "599999", "school_code": "S599999-001"})
    letter = "/opinions/{}/letter.docx"
    yield ((letter.format(matter_code("YJ", other, 1)), None), (letter.format(matter_code("YJ", "599999", 1)), None))
    planned = {"school": f"S{other}-001", "round": "1", "due_on": "2027-06-01"}
    yield (
        ("/visits/plan", {**planned, "district": other}),
        ("/visits/plan", {**planned, "district": "599999", "school": "S599999-001"}),
    )
    yield (f"/visits/photo/{number}", None), (f"/visits/photo/{NO_PHOTO}", None)
    for asked in ("{}", "{}-{}.zip"):
        path = f"/letters/{now().year}/{asked}"
        yield (path.format(number, number), None), (path.format(NO_PHOTO, NO_PHOTO), None)
    for path in ("/duties", "/duties/file.xlsx", "/visits/calendar", "/look-back", "/look-back/list.xlsx"):
        yield (f"{path}?district={other}", None), (f"{path}?district=599999", None)
    photo = {"key": "b" * 32, "position": "0", "taken_at": "2026-11-20T02:00:00Z", "place": ""}
    yield (
        ("/visits/photo", {**photo, "visit": matter_code("ZF", other, 2)}),
        ("/visits/photo", {**photo, "visit": matter_code("ZF", "599999", 2)}),
    )


def _put_photo(writing: Writing, visit: str, said: str) -> None:
    answer = {"matter_code": visit, "position": 0, "check_code": "asked.x", "side": "soft", "title": said}
    writing.connection.execute(insert(visit_answer).values(**answer, answer="differs", words=said))
    content = b"\xff\xd8\xff" + said.encode()
    digest = keep_content(writing.store.evidence_folder, content)
    key = f"{int(visit[2:8], 36):032x}"
    photo = {"matter_code": visit, "position": 0, "client_key": key, "sha256": digest, "size_bytes": len(content)}
    added = {"taken_at": writing.at, "place": said, "added_by": said, "added_by_id": "", "added_at": writing.at}
    writing.connection.execute(insert(visit_photo).values(**photo, **added))
