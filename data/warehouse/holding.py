"""What stands in the way of a publication: missing batches, and what a rollback took back."""

from collections.abc import Sequence
from pathlib import Path

from data.atomic_files import read_signed
from data.importing.batch_records import Batch
from data.importing.register import read_register
from data.warehouse.snapshots import in_force, moves, path_of, published_batches


def missing_of_publications(batches_folder: Path, snapshots_folder: Path) -> list[str]:
    """The batches that a publication held and that neither are there nor were ever registered."""
    known = {e.batch_id for e in read_register(batches_folder)}
    published = published_batches(snapshots_folder)
    return sorted({batch_id for ids in published.values() for batch_id in ids} - known)


def held_back(folder: Path, batches: Sequence[Batch], versions: tuple[str, str]) -> str:
    """Why a publication of these batches has to wait, in words; empty where it has not to.

    It waits while readers stand where a rollback put them, and every batch that the publication
    taken back had added still counts, uncorrected. Where it had added none, it waits until
    catalogue or rules change; `versions` are those of now.

    Raises:
        DamagedFileError: the moves or the record of a publication cannot be read.
    """
    last = next(iter(reversed(moves(folder))), None)
    if last is None or last.to != in_force(folder):
        return ""
    published = published_batches(folder)
    added = set(published.get(last.left, ())) - set(published.get(last.to, ()))
    if added:
        valid = {b.batch_id for b in batches}
        corrected = {earlier for b in batches if b.batch_id not in published[last.left] for earlier in b.supersedes}
        if not added <= valid or added & corrected:
            return ""
    else:
        record = read_signed(path_of(folder, last.left).with_suffix(".json"))
        if (record["catalogue_version"], record["rules_version"]) != versions:
            return ""
    named = "、".join(sorted(added)[:5]) or "没有新增批次，指标目录和规则也没有变"
    return (
        f"数据版本 {last.left} 已由{last.by}回退（{last.reason}），再发布会重新得到它："
        f"{named}。请先撤回有误的批次，或导入更正。"
    )
