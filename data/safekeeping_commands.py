"""`python -m data verify|backup|backup-key|restore`."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from data.age_files import new_identity, read_identity
from data.atomic_files import DamagedFileError, NoSpaceError, private_folder, write_synced
from data.backup_manifest import ForeignBackupError, SealedBackupError
from data.backups import backup, restore
from data.safekeeping import Report, as_json, recompute, verify
from data.settings import Settings
from data.store.audit import parse_head
from data.store.copying import NotEmptyError
from data.store.engine import open_store
from data.warehouse.publish import PublicationError

safekeeping_app = typer.Typer()
EXIT_DAMAGED = 1
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


@safekeeping_app.command("verify")
def verify_command(
    head: Annotated[list[str] | None, typer.Option(help="另处记下的审计链头，序号:哈希；可多次")] = None,
    as_json_text: AsJson = False,
) -> None:
    """核对批次、数据版本、报送文件、佐证文件和审计链；退出码 0 完好，1 有损坏。"""
    settings = Settings()
    try:
        heads = dict(parse_head(noted_head) for noted_head in head or ())
    except ValueError as error:
        raise typer.BadParameter(f"不是 序号:哈希 的形式：{error}") from None
    _say(verify(settings, open_store(settings), heads), as_json_text=as_json_text)


@safekeeping_app.command("backup")
def backup_command(
    folder: Annotated[Path, typer.Argument(help="备份到哪里；可重复备份到同一处")], as_json_text: AsJson = False
) -> None:
    """备份全部数据和指标目录；审计密钥不在其中，请另行保管。设了 OVERSIGHT_BACKUP_RECIPIENT 则加密。"""
    settings = Settings()
    try:
        report = backup(settings, folder)
    except DamagedFileError as error:
        raise _stopped(f"没有备份：{error}") from None
    except (NoSpaceError, PermissionError) as error:
        raise _stopped(f"没有备份，原有备份仍然有效：{error} 空间不足或不可写") from None
    except OSError as error:
        raise _stopped(f"没有备份，原有备份仍然有效：{error.strerror} {error.filename or folder}") from None
    if not settings.backup_recipient:
        report.notes.append("备份未加密（OVERSIGHT_BACKUP_RECIPIENT 可指定 age 公钥）")
    report.notes.append(f"审计密钥不在备份中，请另行保管：{settings.audit_key_file}")
    _say(report, as_json_text=as_json_text)


@safekeeping_app.command("backup-key")
def backup_key_command(file: Annotated[Path, typer.Argument(help="私钥写到哪里；请移到本机和备份之外保管")]) -> None:
    """为加密备份生成 age 密钥；打印公钥，填入 OVERSIGHT_BACKUP_RECIPIENT。"""
    if file.exists():
        raise _stopped(f"{file} 已存在，没有覆盖")
    secret, public = new_identity()
    write_synced(file, f"# public key: {public}\n{secret}\n")
    typer.echo(public)


@safekeeping_app.command("restore")
def restore_command(
    folder: Path,
    audit_key: Annotated[Path | None, typer.Option(help="审计密钥文件")] = None,
    identity: Annotated[Path | None, typer.Option(help="加密备份的 age 私钥文件")] = None,
    unsigned: Annotated[bool, typer.Option(help="没有签名或由别的密钥签名的备份，确认来源后仍恢复")] = False,
    recomputed: Annotated[bool, typer.Option("--verify", help="由批次重新计算全部指标并与备份的数据版本比较")] = False,
    as_json_text: AsJson = False,
) -> None:
    """恢复到空的运行目录；每个文件都与清单核对。"""
    settings = Settings()
    key = settings.audit_key_file
    if audit_key is not None and not key.exists():
        private_folder(key.parent)
        key.touch(mode=0o600)
        key.write_bytes(audit_key.read_bytes())
    try:
        secret = read_identity(identity) if identity is not None else ""
        report = restore(folder, settings, identity=secret, accepts_unsigned=unsigned)
        if recomputed:
            _recompute(settings, report)
    except NotEmptyError as error:
        raise _stopped(f"没有恢复：{error} 不是空的") from None
    except ForeignBackupError as error:
        raise _stopped(
            f"没有恢复：{error} 不是用这把审计密钥签名的。请用 --audit-key 给出当时的密钥；"
            "密钥遗失或备份出自早先版本时，确认来源后加 --unsigned"
        ) from None
    except SealedBackupError as error:
        raise _stopped(f"没有恢复：{error} 已加密，请用 --identity 给出 age 私钥文件") from None
    except (DamagedFileError, PublicationError, ValueError) as error:
        raise _stopped(f"没有恢复：{error}") from None
    _say(report, as_json_text=as_json_text)


def _stopped(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(EXIT_DAMAGED)


def _recompute(settings: Settings, report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept, fresh = recompute(settings, Path(folder))
    report.content_sha256 = kept
    if kept != fresh:
        report.damaged.append("重新计算的指标与备份的数据版本不同")


def _say(report: Report, *, as_json_text: bool) -> None:
    if as_json_text:
        typer.echo(as_json(report))
    else:
        typer.echo(
            f"批次 {report.batches}，数据版本 {report.snapshots}，佐证 {report.evidence_files}，"
            f"审计 {report.audit_entries} 条，链头 {report.audit_head}"
        )
        for line in (*report.notes, *report.damaged):
            typer.echo(line)
        typer.echo("有损坏，见上。" if report.damaged else "完好。")
    raise typer.Exit(EXIT_DAMAGED if report.damaged else 0)
