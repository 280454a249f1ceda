"""What a list adds to the registers, compared with what they hold: each school in one area, each inspector once."""

from collections.abc import Sequence

from data.access import is_machine_name
from data.account_lists.reading import ListFinding
from data.register_lists.reading import ListedEntry
from data.store.inspector_changes import FIRST_DAY
from data.store.new_accounts import LONGEST_PERSON
from data.store.refusals import LONGEST_WORDS
from data.store.register_lists import AreaKey, Registered, RegisterPlan, person_key


def plan_of_list(entries: Sequence[ListedEntry], registered: Registered) -> tuple[RegisterPlan, list[ListFinding]]:
    """What the rows add, and where they contradict each other or the registers."""
    plan, findings = RegisterPlan(), list[ListFinding]()
    area_of = {code: (a.district_code, a.name) for a in registered.areas for code in a.school_codes}
    known_people = {person_key(p) for p in registered.people}
    seen_people: set[tuple[str, str, str]] = set()
    for entry in entries:
        key = (entry.district_code, entry.area_name) if entry.area_name and entry.district_code else None
        if key is not None:
            findings += _place(entry, key, area_of)
            plan.schools[key] = plan.schools.get(key, frozenset()) | frozenset(entry.school_codes)
        if entry.person is None:
            continue
        findings += _faults(entry)
        identity = person_key(entry.person)
        if identity in seen_people:
            findings.append(entry.finding("person_twice", "person", entry.person.name))
        elif identity in known_people:
            plan.known_people += 1
        else:
            plan.people.append((entry.person, key))
        seen_people.add(identity)
    findings += _empty_areas(entries, plan, registered)
    return plan, findings


def _place(entry: ListedEntry, key: AreaKey, area_of: dict[str, AreaKey]) -> list[ListFinding]:
    """Give the area its schools; those that are in another one already are told with its name."""
    findings: list[ListFinding] = []
    if not entry.area_name.isprintable() or len(entry.area_name) > LONGEST_WORDS:
        findings.append(entry.finding("bad_area_name", "area", entry.area_name[:LONGEST_PERSON]))
    for code in entry.school_codes:
        other = area_of.setdefault(code, key)
        if other != key:
            is_told = other[0] == key[0]
            kind, name = ("school_taken", other[1]) if is_told else ("school_elsewhere", "")
            findings.append(entry.finding(kind, "schools", code, name))
    return findings


def _faults(entry: ListedEntry) -> list[ListFinding]:
    person = entry.person
    if person is None:
        return []
    name = person.name
    is_name = name.isprintable() and len(name) <= LONGEST_PERSON and not is_machine_name(name)
    findings = [] if is_name else [entry.finding("bad_person", "person", name[:LONGEST_PERSON])]
    if person.appointed_on is not None and person.appointed_on < FIRST_DAY:
        findings.append(entry.finding("too_early", "appointed", person.appointed_on.isoformat(), FIRST_DAY.isoformat()))
    return findings


def _empty_areas(entries: Sequence[ListedEntry], plan: RegisterPlan, registered: Registered) -> list[ListFinding]:
    """New areas without any school, each where the list names it first."""
    empty = {key for key in plan.new_areas(registered) if not plan.schools[key]}
    findings: list[ListFinding] = []
    for entry in entries:
        key = (entry.district_code, entry.area_name)
        if key in empty:
            findings.append(entry.finding("area_needs_schools", "area", entry.area_name))
            empty.remove(key)
    return findings
