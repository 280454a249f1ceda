"""`python -m data prune`."""

from typing import Annotated

import typer

from data.access import OPERATOR, Actor
from data.catalogue.loader import load_catalogue
from data.clock import utc_now
from data.pruning import Outlived, outlived, prune
from data.settings import Settings
from data.store.engine import open_store

pruning_app = typer.Typer()


@pruning_app.command("prune")
def prune_command(
    yes: Annotated[bool, typer.Option("--yes", help="确认清理；不加只列出")] = False,
    by: Annotated[str, typer.Option(help="经办人")] = "",
) -> None:
    """清理超过保存期限的文件和记录（期限见 kept_records.csv 和 parameters.csv）；会议引用的发布不清理。"""
    settings, catalogue, now = Settings(), load_catalogue(), utc_now()
    store = open_store(settings)
    if yes:
        _say(prune(settings, store, catalogue, Actor(by or OPERATOR.name), now), "已清理")
    else:
        _say(outlived(settings, store, catalogue, now), "可清理（加 --yes 执行）")


def _say(gone: Outlived, what: str) -> None:
    megabytes = f"{gone.size_bytes / 1e6:.0f} MB"
    typer.echo(
        f"{what}：发布 {len(gone.publications)} 期（{megabytes}），未报送的核对 {len(gone.drafts)} 份，"
        f"已办结的报送文件 {len(gone.submissions)} 份，佐证 {len(gone.evidence)} 份，走访照片 {len(gone.photos)} 张，"
        f"账号 {len(gone.accounts)} 个，会话 {gone.sessions} 条，"
        f"提醒 {gone.reminders} 条"
    )
    for snapshot_id in gone.publications:
        typer.echo(f"  {snapshot_id}")
