"""Eight processes on one ledger lose nothing; what was acknowledged survives kill -9."""

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

from sqlalchemy import select

from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import audit
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import Move, list_issues, move
from data.store.refusals import ChangedMeanwhileError
from data.store.schema import issue as issue_table
from tests.depth import record, times
from tests.stores import NOW, SUPERVISOR, an_issue, put

CATALOGUE = load_catalogue()
PROCESSES, TRIES, KILLS = 8, times(20, 500), times(20, 200)
PATIENCE_S = times(120, 600)


def _contend(folder: Path, seed: int, results: "multiprocessing.Queue[tuple[int, int]]") -> None:
    store = open_store(Settings(var_folder=folder))
    chance, done, conflicts = random.Random(seed), 0, 0
    for number in range(TRIES):
        code = f"I{chance.randrange(5)}"
        with store.read() as connection:
            asked = select(issue_table.c.status, issue_table.c.version)
            seen = connection.execute(asked.where(issue_table.c.issue_code == code)).one()
        action = {"untouched": "start", "under_way": "submit", "awaiting_review": "return"}
        wanted = Move(code, seen.version, action[seen.status], "退回", "调配")
        viewer = type(SUPERVISOR)(f"{seed}-{number}", SUPERVISOR.permissions)
        try:
            move(store, CATALOGUE, viewer, wanted, NOW)
            done += 1
        except ChangedMeanwhileError:
            conflicts += 1
    results.put((done, conflicts))


def test_eight_processes_on_one_ledger_lose_nothing(tmp_path: Path) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    put(store, *[an_issue(f"I{n}") for n in range(5)])
    _give_evidence(store)
    context = multiprocessing.get_context("spawn")
    results: multiprocessing.Queue[tuple[int, int]] = context.Queue()
    children = [context.Process(target=_contend, args=(tmp_path, n, results)) for n in range(PROCESSES)]
    for child in children:
        child.start()
    outcomes = [results.get(timeout=PATIENCE_S) for _ in children]
    for child in children:
        child.join()
    assert sum(done + conflicts for done, conflicts in outcomes) == PROCESSES * TRIES
    done, conflicts = map(sum, zip(*outcomes, strict=True))
    kept = sum(i.version - 1 for i in list_issues(store))
    chain = audit.check_chain(store)
    record(
        "ledger_contention",
        processes=PROCESSES,
        tries=PROCESSES * TRIES,
        done=done,
        conflicts=conflicts,
        lost=done - kept,
        audit_entries=chain.entry_count,
    )
    assert kept == done
    assert (chain.first_broken, chain.entry_count) == (None, done + 5)


def test_no_acknowledged_write_is_lost_at_kill_9(tmp_path: Path) -> None:
    store = open_store(Settings(var_folder=tmp_path))
    put(store, an_issue("I0"))
    _give_evidence(store)
    chance = random.Random(20261123)
    acknowledged = 0
    for _ in range(KILLS):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _write_until_killed(tmp_path, writer)
        os.close(writer)
        assert os.read(reader, 2) == b"ok"
        time.sleep(chance.uniform(0.01, 0.15))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(reader, "rb") as stream:
            heard = stream.read().split()
        acknowledged += len(heard)
        kept = list_issues(store)[0].version
        assert not heard or kept >= int(heard[-1])
    assert acknowledged > KILLS
    record("ledger_kills", kills=KILLS, acknowledged=acknowledged, lost=0)
    chain = audit.check_chain(store)
    version = list_issues(store)[0].version
    assert (chain.first_broken, chain.entry_count) == (None, version - 1 + 1)


def _write_until_killed(folder: Path, pipe: int) -> None:
    """In the child: change the issue again and again, saying each version once it is committed."""
    store = open_store(Settings(var_folder=folder))
    people = [type(SUPERVISOR)(name, SUPERVISOR.permissions) for name in ("甲", "乙")]
    action = {"untouched": "start", "under_way": "submit", "awaiting_review": "return"}
    os.write(pipe, b"ok")
    while True:
        now = list_issues(store)[0]
        who = people[1] if now.rectified_by == "甲" else people[0]
        wanted = Move("I0", now.version, action[now.status], "退回", "调配")
        after = move(store, CATALOGUE, who, wanted, NOW)
        os.write(pipe, f"{after.version}\n".encode())


def _give_evidence(store: Store) -> None:
    for one in list_issues(store):
        add_evidence(store, CATALOGUE, SUPERVISOR, one.issue_code, "a.pdf", b"%PDF-", NOW)
