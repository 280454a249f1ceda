"""Command line of the warehouse: `python -m data --help`."""

import getpass
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from tqdm import tqdm

from data.account_commands import account_app
from data.atomic_files import DamagedFileError
from data.clock import moment
from data.importing.batch_records import find_same, valid_batches
from data.importing.batches import record_batch
from data.importing.findings import Finding, Place
from data.importing.prepare import PreparedFile, prepare_file
from data.publication_commands import publication_app
from data.safekeeping_commands import safekeeping_app
from data.settings import Settings
from data.verdict_lines import verdict_lines
from data.warehouse.check import check_return

EXIT_BLOCKED, EXIT_UNREADABLE = 1, 2

app = typer.Typer(add_completion=False, no_args_is_help=True, help="优质均衡督导：数据命令")


class Format(StrEnum):
    """Output for people or for programs."""

    table = "table"
    json = "json"


class Scale(StrEnum):
    """How large an invented country is; `trial` is for tests."""

    trial = "trial"
    province = "province"
    nation = "nation"


class Regime(StrEnum):
    """Which standard a return is checked against."""

    quality_balanced = "quality_balanced"
    basic_balanced = "basic_balanced"


Files = Annotated[list[Path], typer.Argument(help=".xlsx 或 .csv")]
OutputFormat = Annotated[Format, typer.Option("--format", help="输出格式")]
PeriodOption = Annotated[str, typer.Option(help="官方表Ⅱ-2 的数据期")]
DistrictOption = Annotated[str, typer.Option(help="官方表Ⅱ-2 的区县代码")]


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


def _moment(words: str) -> str:
    """A stored instant as a person reads it."""
    return moment(datetime.fromisoformat(words))


def _say_json(value: Any) -> None:
    _say(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def _say_findings(findings: Sequence[Finding]) -> None:
    words = {"error": "阻断", "query": "疑问", "hint": "提示"}
    for f in findings:
        place = f.file_name + (f" · {f.sheet}" if f.sheet else "")
        cell = (f" 第{f.row}行" if f.row else "") + (f" “{f.column}”" if f.column else "")
        _say(f"[{words[f.severity]}] {place}{cell}：{f.message}。{f.suggested_fix}")


app.add_typer(account_app, name="account")
app.add_typer(safekeeping_app)
app.add_typer(publication_app)


@app.callback()
def for_the_owner_alone() -> None:
    """优质均衡督导：数据命令"""
    os.umask(0o077)


@app.command("import")
def import_files(
    files: Files,
    output: OutputFormat = Format.table,
    period: PeriodOption = "",
    district: DistrictOption = "",
    by: Annotated[str, typer.Option(help="导入人")] = "",
    reason: Annotated[str, typer.Option(help="更正原因")] = "",
) -> None:
    """导入报表：任何阻断问题都使全部文件不导入（退出码 1）；导入后请 publish。"""
    settings = Settings()
    prepared = [prepare_file(p, period=period, district_code=district) for p in files]
    try:
        known = valid_batches(settings.batches_folder)
    except DamagedFileError as error:
        typer.echo(f"已有批次损坏，请先从备份恢复：{error}", err=True)
        raise typer.Exit(EXIT_BLOCKED) from None
    repeated = 0
    for item in prepared:
        same = None if item.is_blocked else find_same(item, known)
        if same is not None:
            repeated += 1
            item.findings.append(
                Place(item.path.name, "").finding(
                    "already_imported", detail=f"{_moment(same.imported_at)}（批次 {same.batch_id}）"
                )
            )
    findings = [f for item in prepared for f in item.findings]
    batches: list[dict[str, Any]] = []
    if not any(f.is_blocking for f in findings):
        who = by or getpass.getuser()
        batches = [
            asdict(
                record_batch(
                    settings.batches_folder, item, imported_at=datetime.now(UTC), imported_by=who, reason=reason
                )
            )
            for item in prepared
        ]
    if output is Format.json:
        _say_json({"findings": [f.as_dict() for f in findings], "batches": batches})
    else:
        _say_findings(findings)
        for batch in batches:
            rows = sum(t["row_count"] for t in batch["tables"])
            replaced = "、".join(batch["supersedes"]) or "无"
            _say(f"已导入 {batch['file_name']}：批次 {batch['batch_id']}，{rows}行，替代：{replaced}")
        if not batches:
            _say("没有导入任何内容。")
    raise typer.Exit(0 if batches else EXIT_BLOCKED)


@app.command()
def check(
    file: Path,
    regime: Regime = Regime.quality_balanced,
    output: OutputFormat = Format.table,
    period: PeriodOption = "",
    district: DistrictOption = "",
) -> None:
    """报送前自查：不改动任何数据。退出码 0 已核对，1 有阻断问题，2 无法读取。"""
    prepared = prepare_file(file, period=period, district_code=district)
    result = check_return(prepared, Settings().rules_folder, regime.value)
    if output is Format.json:
        _say_json(result)
    else:
        _say_findings(prepared.findings)
        for line in verdict_lines(result):
            _say(line)
    raise typer.Exit(_exit_code(prepared))


def _exit_code(prepared: PreparedFile) -> int:
    if not prepared.is_readable:
        return EXIT_UNREADABLE
    return EXIT_BLOCKED if prepared.is_blocked else 0


@app.command()
def demo(
    with_vetoes: Annotated[bool, typer.Option(help="另加虚构单位的一票否决")] = False,
    folder: Annotated[Path | None, typer.Option(help="演示报表写到哪里")] = None,
    scale: Annotated[Scale | None, typer.Option(help="虚构的一省或全国，写成 Parquet 批次")] = None,
) -> None:
    """写出演示报表，按正常途径导入并标记为演示数据，然后发布。"""
    from data.demo import build
    from data.demo.sources import write_sources

    settings = Settings()
    if scale is not None:
        _write_scale(settings, scale.value)
        return
    target = folder or settings.var_folder / "demo_sources"
    files = write_sources(target, with_vetoes=with_vetoes)
    before, last = build.split_at_last_period(files)
    bar = tqdm(total=len(files), desc="导入演示数据", unit="表")
    try:
        for position, part in enumerate((before, last)):
            news = 0
            for path in part:
                news += build.import_sources(settings, [path])
                bar.update()
            if position == 0 and news:
                publication = build.publish_and_follow(settings)
                build.hold_meeting(settings, publication.snapshot_id)
    except build.BlockedSourceError as error:
        _say_findings(error.findings)
        raise typer.Exit(EXIT_BLOCKED) from None
    bar.close()
    publication = build.publish_and_follow(settings)
    _say(f"已发布演示快照 {publication.snapshot_id}，用时 {publication.seconds} 秒")


def _write_scale(settings: Settings, scale: str) -> None:
    """Write the batches of a scale into a runtime folder of its own; goes on where it stopped."""
    from data.demo.scale import steps, write_catalogue, write_step

    own = settings.model_copy(update={"var_folder": settings.var_folder / scale})
    write_catalogue(scale, own.own_catalogue_folder)
    for step in tqdm(steps(scale), desc=f"写出演示批次 {scale}", unit="批"):
        write_step(own, step)
    _say(f"已写入 {own.batches_folder}。")
    _say(f"发布：OVERSIGHT_VAR_FOLDER={own.var_folder} python -m data publish")


if __name__ == "__main__":
    app()
