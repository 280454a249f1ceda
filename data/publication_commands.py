"""`python -m data publish|rollback|withdraw`."""

import getpass
import json
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from typing import Annotated

import typer

from data.acceptance import missing_of_decisions, settle
from data.access import OPERATOR, Actor
from data.atomic_files import DamagedFileError
from data.catching_up import catch_up, follow
from data.settings import Settings
from data.store.catalogue_change import write_released
from data.store.engine import Store, StoreDownError, open_store
from data.store.refusals import RefusedError
from data.taking_back import note_in_audit, rollback, withdraw
from data.text import text
from data.warehouse.publish import Compute, PublicationError, publish
from data.warehouse.rules import run_rules

publication_app = typer.Typer()
EXIT_REFUSED, EXIT_TO_FOLLOW = 1, 3
TO_FOLLOW = "存储暂时连不上：问题台账、预警和审计还没有跟上，存储恢复后下次发布、启动或打开“数据报送”时自动补做"
NOT_AUDITED = "存储暂时连不上：审计记录待补，恢复后自动补记"
Reason = Annotated[str, typer.Option(help="原因，写入审计")]
By = Annotated[str, typer.Option(help="经办人")]
Account = Annotated[str, typer.Option(hidden=True)]


class Format(StrEnum):
    """Output for people or for programs."""

    table = "table"
    json = "json"


class Engine(StrEnum):
    """What computes the rules at publication."""

    duckdb = "duckdb"
    spark = "spark"


@publication_app.command("publish")
def publish_command(
    output: Annotated[Format, typer.Option("--format", help="输出格式")] = Format.table,
    engine: Annotated[Engine, typer.Option(help="计算规则的引擎")] = Engine.duckdb,
    master: Annotated[str, typer.Option(help="Spark 主节点地址 spark://…")] = "",
    again: Annotated[bool, typer.Option(help="回退之后仍照原批次发布")] = False,
    after: Annotated[str | None, typer.Option(help="仅当现行数据版本仍是这一个时发布")] = None,
    by: By = "",
    account_id: Account = "",
) -> None:
    """由全部有效批次生成一个新的只读数据版本，并切换读者。

    退出码 0 已发布，1 没有发布，3 已发布但台账待补（存储连不上）。
    """
    settings = Settings()
    store = _store(settings)
    try:
        if store is not None:
            _settled(settings, store)
            write_released(store, settings.overlay_file)
        publication = publish(
            settings,
            datetime.now(UTC),
            lambda step: typer.echo(f"… {step}", err=True),
            _compute(settings, engine, master),
            again=again,
            after=after,
            by=Actor(by or OPERATOR.name, account_id),
        )
    except PublicationError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(EXIT_REFUSED) from error
    ledger = _followed(settings, store)
    if output is Format.json:
        typer.echo(json.dumps({**asdict(publication), "ledger": ledger}, ensure_ascii=False, indent=1, default=str))
    else:
        typer.echo(f"已发布数据版本 {publication.snapshot_id}，用时 {publication.seconds} 秒")
        if ledger is not None:
            typer.echo(
                f"问题台账：新增{ledger['added']}条，更新说明{ledger['described']}条，状态以系统台账为准"
                f"{ledger['state_kept']}条，反弹{ledger['rebound']}条"
            )
    if ledger is None:
        typer.echo(f"已发布数据版本 {publication.snapshot_id}。{TO_FOLLOW}。", err=True)
        raise typer.Exit(EXIT_TO_FOLLOW)


@publication_app.command("rollback")
def rollback_command(
    snapshot: Annotated[str, typer.Argument(help="退到哪个数据版本；不写则退到上一个完好的")] = "",
    reason: Reason = "",
    by: By = "",
) -> None:
    """有误的发布：让读者退回较早的完好数据版本。文件都保留；批次未撤回或更正前，不会照原样再发布。"""
    settings = Settings()
    try:
        move = rollback(settings, snapshot, Actor(by or getpass.getuser()), reason)
    except (RefusedError, DamagedFileError) as error:
        raise _refused(error, "没有回退") from None
    typer.echo(f"已由数据版本 {move.left} 退回 {move.to}。")
    _audited(settings)


@publication_app.command("withdraw")
def withdraw_command(batch: str, reason: Reason = "", by: By = "") -> None:
    """有误的批次：今后的发布不再计入，它所替代的数据重新有效。批次本身保留。"""
    settings = Settings()
    try:
        withdraw(settings, batch, Actor(by or getpass.getuser()), reason)
    except (RefusedError, DamagedFileError) as error:
        raise _refused(error, "没有撤回") from None
    typer.echo(f"已撤回批次 {batch}；已发布的数据版本不变，请 publish 重新发布，或 rollback 先行回退。")
    _audited(settings)


def _refused(error: RefusedError | DamagedFileError, what: str) -> typer.Exit:
    reason = text(f"refused.{error.code}") if isinstance(error, RefusedError) else str(error)
    typer.echo(f"{what}：{reason}", err=True)
    return typer.Exit(EXIT_REFUSED)


def _store(settings: Settings) -> Store | None:
    """The store, or None while it cannot be reached: what was decided stands in the register."""
    try:
        return open_store(settings)
    except StoreDownError:
        return None


def _settled(settings: Settings, store: Store) -> None:
    """End interrupted acceptances, and compare the batches with what was decided.

    Raises:
        PublicationError: a batch that the city took over is not there, or the set is damaged.
    """
    try:
        settle(settings, store, _now(), waits=True)
        missing = missing_of_decisions(settings, store)
    except StoreDownError:
        return  # lost since it was opened; what is decided but not registered waits
    except DamagedFileError as error:
        raise PublicationError(f"批次文件已损坏，请先从备份恢复：{error}") from error
    if missing:
        raise PublicationError("；".join(missing) + "。请先从备份恢复")


def _followed(settings: Settings, store: Store | None) -> dict[str, int] | None:
    try:
        store = store or open_store(settings)
        counts = follow(settings, store, _now())
        catch_up(settings, store, _now())
    except StoreDownError:
        return None
    return counts


def _audited(settings: Settings) -> None:
    try:
        note_in_audit(settings, open_store(settings))
    except StoreDownError:
        typer.echo(NOT_AUDITED, err=True)


def _compute(settings: Settings, engine: Engine, master: str) -> Compute:
    if engine is Engine.duckdb:
        return run_rules
    from data.warehouse.spark_engine import run_rules_on_spark

    if not master:
        raise typer.BadParameter("--engine spark 需要 --master spark://主机:端口")
    return partial(run_rules_on_spark, master=master, folder=settings.var_folder / "spark")


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
