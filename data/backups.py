"""A backup of everything but the keys, for the owner alone, and the way back."""

import json
import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.age_files import seal_file, unseal_file
from data.atomic_files import (
    DamagedFileError,
    file_lock,
    fsync_path,
    owner_only,
    private_folder,
    read_signed,
    replace_synced,
    require_space,
    sha256_of,
    sign_record,
)
from data.backup_manifest import (
    CATALOGUE_IN_USE,
    FORMAT,
    KEPT_FOLDERS,
    MANIFEST,
    OBJECTS,
    KeptFile,
    SealedBackupError,
    object_name,
    older_listing,
    read_listing,
    read_manifest,
    signed_manifest,
)
from data.catalogue.loader import catalogue_folder, forget_catalogue
from data.safekeeping import Report, verify
from data.settings import Settings
from data.store import audit
from data.store.catalogue_change import write_released
from data.store.copying import NotEmptyError, copy_from_file, copy_to_file
from data.store.engine import STORE_FILE, Store, open_store
from data.warehouse.publish import catalogue_version
from data.warehouse.snapshots import POINTER

LAST_BACKUP = "last_backup.json"
OTHER_CATALOGUE = "备份时的指标目录与本机的不同，已另放在 {folder}"


@dataclass(frozen=True)
class LastBackup:
    """The last backup that was made whole: when (UTC), where, how much, and whether only a key's holder reads it."""

    made_at: str
    folder: str
    files: int
    size_bytes: int
    is_encrypted: bool

    def age_seconds(self, at: datetime) -> float:
        """How long ago, at an instant with its zone; never less than 0, wherever a clock was put."""
        return max(0.0, (at - datetime.fromisoformat(self.made_at)).total_seconds())


def last_backup(settings: Settings) -> LastBackup | None:
    """The last good backup as this host noted it; None where there is none, or the note is damaged."""
    path = settings.var_folder / LAST_BACKUP
    try:
        return LastBackup(**read_signed(path)) if path.is_file() else None
    except (DamagedFileError, TypeError):
        return None


def backup(settings: Settings, target: Path) -> Report:
    """Keep everything but the keys in `target`; what lies there is not written again.

    With `backup_recipient` only the holder of that key can read it. The earlier backup there holds until this one is
    whole.

    Raises:
        DamagedFileError: something to be kept is damaged already.
        NoSpaceError: there is not room enough.
    """
    store = open_store(settings)
    report = verify(settings, store)
    if report.damaged:
        raise DamagedFileError("；".join(report.damaged))
    audit.append_head(store, settings.audit_heads_file)
    with (
        file_lock(target),
        file_lock(settings.batches_folder),
        file_lock(settings.snapshots_folder),
        _private_temporary(settings.var_folder) as temporary,
    ):
        copy_to_file(store, temporary / STORE_FILE)
        paths = {STORE_FILE: temporary / STORE_FILE, **_catalogue(settings)}
        for name in KEPT_FOLDERS:
            paths |= {str(p.relative_to(settings.var_folder)): p for p in files_below(settings.var_folder / name)}
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        size = _write(store, settings, target, temporary, paths, report, made_at)
    noted = LastBackup(made_at, str(target.absolute()), len(paths), size, bool(settings.backup_recipient))
    replace_synced(settings.var_folder / LAST_BACKUP, sign_record(asdict(noted)))
    return report


def _write(
    store: Store,
    settings: Settings,
    target: Path,
    temporary: Path,
    paths: dict[str, Path],
    report: Report,
    made_at: str,
) -> int:
    """Write objects, then the manifest, then let go of what it does not name; the bytes that it names."""
    keeper = _Keeper(store.audit_key, settings.backup_recipient, target)
    files = {name: keeper.keep(path) for name, path in paths.items()}
    listing = temporary / "listing.json"
    content = {"files": files, "catalogue_version": catalogue_version(), "report": asdict(report)}
    listing.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    _, held_by = keeper.keep(listing)
    record = {
        "format": FORMAT,
        "made_at": made_at,
        "recipient": settings.backup_recipient,
        "objects": keeper.objects,
        "listing": held_by,
    }
    replace_synced(target / MANIFEST, signed_manifest(store.audit_key, record))
    for path in (target / OBJECTS).iterdir():
        if path.name not in keeper.objects:
            path.unlink()
    for name in (STORE_FILE, *KEPT_FOLDERS) if keeper.is_after_older else ():
        _remove(target / name)  # as earlier versions laid them down
    for path in (target, *target.rglob("*")):
        owner_only(path)
    return sum((target / OBJECTS / name).stat().st_size for name in keeper.objects)


class _Keeper:
    """Writes contents once each; `objects` are those of this backup, with the hash of their bytes."""

    def __init__(self, key: bytes, recipient: str, target: Path) -> None:
        self._key, self._recipient, self._folder = key, recipient, target / OBJECTS
        self.objects: dict[str, str] = {}
        private_folder(self._folder)
        try:
            before = read_signed(target / MANIFEST)
        except DamagedFileError:
            before = {}
        self.is_after_older = "format" not in before and "files" in before
        self._before: dict[str, str] = dict(before.get("objects", {}))

    def keep(self, path: Path) -> tuple[str, str]:
        """Keep a file's content; its hash, and the object that holds it."""
        sha256 = sha256_of(path)
        name = object_name(self._key, sha256, self._recipient)
        if name not in self.objects:
            self.objects[name] = self._kept_before(name) or self._write(path, sha256, name)
        return sha256, name

    def _kept_before(self, name: str) -> str:
        lies, known = self._folder / name, self._before.get(name, "")
        return known if known and lies.is_file() and sha256_of(lies) == known else ""

    def _write(self, path: Path, sha256: str, name: str) -> str:
        require_space(self._folder, path.stat().st_size * 11 // 10 + 1024 * 1024)
        temporary = self._folder / f".{name}.tmp"
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=0o600)
        if self._recipient:
            seal_file(path, temporary, self._recipient)
        else:
            shutil.copyfile(path, temporary)
        written = sha256_of(temporary)
        if not self._recipient and written != sha256:
            raise DamagedFileError(str(path))
        fsync_path(temporary)
        temporary.replace(self._folder / name)
        fsync_path(self._folder)
        return written


def restore(source: Path, settings: Settings, *, identity: str = "", accepts_unsigned: bool = False) -> Report:
    """Bring a backup back into empty runtime folders, checking each file against the manifest; all or nothing.

    `identity` is the secret key of an encrypted one. Nothing is written but below the runtime folder.

    Raises:
        DamagedFileError: the backup is damaged, or a name in it leads elsewhere.
        SealedBackupError: it is encrypted, and there is no `identity`.
        ForeignBackupError: it is not signed with this installation's audit key, and `accepts_unsigned` is not set.
        NotEmptyError: there is something already.
    """
    for name in KEPT_FOLDERS:
        if any(files_below(settings.var_folder / name)):
            raise NotEmptyError(str(settings.var_folder / name))
    manifest = read_manifest(source, settings.audit_key_file, accepts_unsigned=accepts_unsigned)
    if manifest.is_encrypted and not identity:
        raise SealedBackupError(str(source))
    private_folder(settings.var_folder)
    with _private_temporary(settings.var_folder) as temporary:
        files, version = older_listing(source, manifest), ""
        if manifest.objects:
            held, listing = source / OBJECTS / manifest.listing, temporary / "listing.json"
            _unpack(held, listing, identity, is_encrypted=manifest.is_encrypted)
            files, record = read_listing(listing, source, manifest)
            version = str(record.get("catalogue_version", ""))
        ready = _unpacked(files, temporary / "files", identity, is_encrypted=manifest.is_encrypted)
        store = open_store(settings)
        for heads in (settings.audit_heads_file, *settings.audit_heads_file.parent.glob("*.head")):
            if heads.exists():  # heads of what is lost: kept, but not of these chains
                heads.rename(heads.with_name(f"{heads.name}.before"))
        copy_from_file(ready.pop(STORE_FILE), store)
        beside = {n: p for n, p in ready.items() if n.startswith(f"{CATALOGUE_IN_USE}/")}
        # the pointer last: readers see nothing until everything is there
        for name in sorted(ready.keys() - beside.keys(), key=lambda n: n.endswith(f"/{POINTER}")):
            _put(ready[name], settings.var_folder / name)
        write_released(store, settings.overlay_file)
        forget_catalogue()  # another one may be in use now
        report = verify(settings, store)
        if beside and version != catalogue_version():
            for name, path in beside.items():
                _put(path, settings.var_folder / name)
            report.notes.append(OTHER_CATALOGUE.format(folder=settings.var_folder / CATALOGUE_IN_USE))
    return report


def _unpacked(files: list[KeptFile], folder: Path, identity: str, *, is_encrypted: bool) -> dict[str, Path]:
    """Every file beside its place, found to be as it was kept."""
    ready: dict[str, Path] = {}
    for number, kept in enumerate(files):
        path = folder / str(number)
        _unpack(kept.source, path, identity, is_encrypted=is_encrypted)
        if sha256_of(path) != kept.sha256:
            raise DamagedFileError(kept.name)
        ready[kept.name] = path
    if STORE_FILE not in ready:
        raise DamagedFileError(STORE_FILE)
    return ready


def _unpack(held: Path, path: Path, identity: str, *, is_encrypted: bool) -> None:
    private_folder(path.parent)
    if is_encrypted:
        unseal_file(held, path, identity)
    else:
        shutil.copyfile(held, path)


def _put(ready: Path, place: Path) -> None:
    private_folder(place.parent)
    owner_only(ready)
    fsync_path(ready)
    ready.replace(place)
    fsync_path(place.parent)


def _catalogue(settings: Settings) -> dict[str, Path]:
    """The project's own catalogue, where the installation has none of its own among what is kept."""
    if catalogue_folder() == settings.own_catalogue_folder:
        return {}
    return {f"{CATALOGUE_IN_USE}/{path.name}": path for path in sorted(catalogue_folder().glob("*.csv"))}


def files_below(folder: Path) -> list[Path]:
    """The files that are kept of a folder: all but hidden ones, which are locks and halves."""
    return sorted(p for p in folder.rglob("*") if p.is_file() and not p.name.startswith("."))


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def _private_temporary(folder: Path) -> Generator[Path]:
    """A folder of the owner's on the same disk, gone afterwards."""
    with tempfile.TemporaryDirectory(prefix=".keeping-", dir=folder) as name:
        yield Path(name)
