"""`python -m data check|import`: all files of one scope are one return."""

import csv
import getpass
import io
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from data.atomic_files import DamagedFileError
from data.clock import moment
from data.importing.asked import Asked
from data.importing.batch_records import find_same, valid_batches
from data.importing.batches import record_batch
from data.importing.cell_checks import district_words
from data.importing.findings import Finding, Place
from data.importing.grouped import grouped
from data.importing.ownership import foreign_codes
from data.importing.prepare import PreparedReturn, prepare_return
from data.importing.previous_return import known_schools, last_return, year_before
from data.importing.replacement import kinds_not_sent, replacements
from data.importing.stored_rows import scopes_of
from data.periods import parse_period
from data.reading.child import read_in_child
from data.reading.limits import TooLargeError, UnreadableFileError
from data.reading.model import Sheet
from data.reading.plain_text import decoded
from data.settings import Settings
from data.verdict_lines import verdict_lines
from data.warehouse.check import check_return

EXIT_BLOCKED, EXIT_UNREADABLE = 1, 2
return_app = typer.Typer()


class Format(StrEnum):
    """Output for people or for programs."""

    table = "table"
    json = "json"


class Regime(StrEnum):
    """Which standard a return is checked against."""

    quality_balanced = "quality_balanced"
    basic_balanced = "basic_balanced"


Files = Annotated[
    list[Path], typer.Argument(help=".xlsx、.xls、.xlsb、.ods、.csv 等；同一单位同一期的几个文件合为一份报表")
]
OutputFormat = Annotated[Format, typer.Option("--format", help="输出格式")]
PeriodOption = Annotated[str, typer.Option(help="表中没有数据期时的数据期（如官方表Ⅱ-2）")]
DistrictOption = Annotated[str, typer.Option(help="表中没有区县代码时的区县代码（如官方表Ⅱ-2）")]
MapOption = Annotated[
    Path | None, typer.Option("--map", help="对应关系，UTF-8 的 .csv，每行“文件中的表头,模板中的列名”")
]


def say_findings(findings: Sequence[Finding]) -> None:
    """Print findings, one a line: level, file, sheet, cell, what is wrong and how to mend it."""
    labels = {"error": "须改", "query": "请说明", "hint": "提示"}
    for f in findings:
        place = f.file_name + (f" · {f.sheet}" if f.sheet else "")
        cell = (f" 第{f.row}行" if f.row else "") + (f" “{f.column}”" if f.column else "")
        address = f"（{f.cells[0]}）" if len(f.cells) == 1 else ""
        _say(f"[{labels[f.severity]}] {place}{cell}{address}：{f.message}。{f.suggested_fix}")


@return_app.command("import")
def import_files(  # noqa: PLR0913, PLR0917  each is an option of the command
    files: Files,
    output: OutputFormat = Format.table,
    period: PeriodOption = "",
    district: DistrictOption = "",
    by: Annotated[str, typer.Option(help="导入人")] = "",
    reason: Annotated[str, typer.Option(help="更正原因")] = "",
    mapping: MapOption = None,
    replace: Annotated[bool, typer.Option("--replace", help="确认替换或减少已入库的数据")] = False,
) -> None:
    """导入报表：任何须改的问题都使全部文件不导入（退出码 1）；导入后请 publish。

    会改动或减少已入库的数据时，逐项列出，不加 --replace 不导入。
    """
    settings = Settings()
    try:
        known = valid_batches(settings.batches_folder)
    except DamagedFileError as error:
        typer.echo(f"已有批次损坏，请先从备份恢复：{error}", err=True)
        raise typer.Exit(EXIT_BLOCKED) from None
    returns = _returns(settings, files, _asked(settings, period, district, mapping))
    for item in returns:
        same = None if item.is_blocked else find_same(item, known)
        if same is not None:
            detail = f"{moment(datetime.fromisoformat(same.imported_at))}（批次 {same.batch_id}）"
            item.findings.append(Place(item.names, "").finding("already_imported", detail=detail))
        elif not item.is_blocked:
            item.findings += replacements(settings.batches_folder, item, is_agreed=replace)
    findings = [f for item in returns for f in item.findings]
    batches: list[dict[str, Any]] = []
    if not any(f.is_blocking for f in findings):
        who = by or getpass.getuser()
        for item in returns:
            made = record_batch(
                settings.batches_folder, item, imported_at=datetime.now(UTC), imported_by=who, reason=reason
            )
            batches.append(asdict(made))
    told = grouped(findings)
    if output is Format.json:
        _say_json({"findings": [f.as_dict() for f in told], "batches": batches})
    else:
        say_findings(told)
        for batch in batches:
            rows = sum(t["row_count"] for t in batch["tables"])
            replaced = "、".join(batch["supersedes"]) or "无"
            _say(f"已导入 {batch['file_name']}：批次 {batch['batch_id']}，{rows}行，替代：{replaced}")
        if not batches:
            _say("没有导入任何内容。")
    raise typer.Exit(0 if batches else EXIT_BLOCKED)


@return_app.command()
def check(
    files: Files,
    regime: Regime = Regime.quality_balanced,
    output: OutputFormat = Format.table,
    period: PeriodOption = "",
    district: DistrictOption = "",
    mapping: MapOption = None,
) -> None:
    """报送前自查：不改动任何数据。退出码 0 已核对，1 有须改的问题，2 无法读取。"""
    settings = Settings()
    returns = _returns(settings, files, _asked(settings, period, district, mapping))
    for item in returns:
        if not item.is_blocked:
            item.findings += replacements(settings.batches_folder, item)
    whole = PreparedReturn(list(files), is_readable=all(item.is_readable for item in returns))
    whole.tables = [table for item in returns for table in item.tables]
    whole.findings = grouped(f for item in returns for f in item.findings)
    result = check_return(whole, settings.rules_folder, regime.value)
    if output is Format.json:
        _say_json(result)
    else:
        say_findings(whole.findings)
        for line in verdict_lines(result):
            _say(line)
    if not whole.is_readable:
        raise typer.Exit(EXIT_UNREADABLE)
    raise typer.Exit(EXIT_BLOCKED if whole.is_blocked else 0)


def _asked(settings: Settings, period: str, district: str, mapping: Path | None) -> Asked:
    folder = settings.batches_folder
    period, district = _scope(period, district)
    return Asked(
        period,
        district,
        earlier=lambda p, d: last_return(folder, p, d),
        year_before=lambda p, d: year_before(folder, p, d),
        schools=lambda d: known_schools(folder, d),
        by_hand=_mapping(mapping),
    )


def _mapping(path: Path | None) -> dict[str, str]:
    """Which of our headers each of theirs means, from a file in any coding of an office."""
    if path is None:
        return {}
    try:
        decoded_text = decoded(path.read_bytes())
        return {row[0].strip(): row[1].strip() for row in csv.reader(io.StringIO(decoded_text)) if len(row) > 1}
    except (OSError, UnreadableFileError, csv.Error):
        raise _refused(f"--map 的文件“{path}”读不出：请给出每行“文件中的表头,模板中的列名”的 .csv") from None


def _scope(period: str, district: str) -> tuple[str, str]:
    """The period and the unit that were given, as codes."""
    known_period = parse_period(period)
    if period and known_period is None:
        raise _refused(f"--period 不能是“{period}”：请填 2026 或 2026-03")
    units = district_words()
    if district and district not in units:
        raise _refused(f"--district 不能是“{district}”：请填名录中的六位区划代码、全称或简称")
    return (known_period.code if known_period else ""), units.get(district, "")


def _refused(message: str) -> typer.Exit:
    typer.echo(message, err=True)
    return typer.Exit(EXIT_UNREADABLE)


def _returns(settings: Settings, files: Sequence[Path], asked: Asked) -> list[PreparedReturn]:
    """The files, each read once, put together where they hold rows of one scope."""
    read: dict[Path, list[Sheet] | UnreadableFileError | TooLargeError] = {}

    def once(path: Path) -> list[Sheet]:
        if path not in read:
            try:
                read[path] = read_in_child(path)
            except (UnreadableFileError, TooLargeError) as error:
                read[path] = error
        outcome = read[path]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    files = list(dict.fromkeys(files))
    alone = [prepare_return([path], asked, once) for path in files]
    returns = [
        alone[group[0]] if len(group) == 1 else prepare_return([files[n] for n in group], asked, once)
        for group in _groups(alone)
    ]
    folder = settings.batches_folder
    for item in returns:
        for table in item.tables:
            item.findings += foreign_codes(folder, table, Place(table.file_name, table.sheet))
    if returns and not any(item.is_blocked for item in returns):
        returns[0].findings += kinds_not_sent(folder, returns)
    return returns


def _groups(alone: Sequence[PreparedReturn]) -> list[list[int]]:
    """Which files share a scope, directly or through others, by their numbers."""
    groups: list[tuple[set[int], set[tuple[str, ...]]]] = []
    for number, item in enumerate(alone):
        members = {number}
        scopes = {(t.input_kind, *scope) for t in item.tables for scope in scopes_of(t.input_kind, t.rows)}
        for group in [g for g in groups if g[1] & scopes]:
            groups.remove(group)
            members |= group[0]
            scopes |= group[1]
        groups.append((members, scopes))
    return sorted(sorted(members) for members, _ in groups)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def _say_json(value: Any) -> None:
    _say(json.dumps(value, ensure_ascii=False, indent=1, default=str))
