"""Command line of the warehouse: `python -m data --help`."""

import os
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from tqdm import tqdm

from data.account_commands import account_app
from data.pruning_commands import pruning_app
from data.publication_commands import publication_app
from data.return_commands import EXIT_BLOCKED, return_app, say_findings
from data.safekeeping_commands import safekeeping_app
from data.settings import Settings

app = typer.Typer(add_completion=False, no_args_is_help=True, help="优质均衡督导：数据命令")


class Scale(StrEnum):
    """How large an invented country is; `trial` is for tests."""

    trial = "trial"
    province = "province"
    nation = "nation"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")


app.add_typer(account_app, name="account")
app.add_typer(safekeeping_app)
app.add_typer(pruning_app)
app.add_typer(return_app)
app.add_typer(publication_app)


@app.callback()
def for_the_owner_alone() -> None:
    """优质均衡督导：数据命令"""
    os.umask(0o077)


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
        say_findings(error.findings)
        raise typer.Exit(EXIT_BLOCKED) from None
    bar.close()
    publication = build.publish_and_follow(settings)
    build.fill_registers(settings, files)
    build.make_task_books(settings)
    _say(f"已发布演示数据版本 {publication.snapshot_id}，用时 {publication.seconds} 秒")


def _write_scale(settings: Settings, scale: str) -> None:
    """Write the batches of a scale into a runtime folder of its own; goes on where it stopped."""
    from data.demo.scale import steps, write_catalogue, write_step

    scale_settings = settings.model_copy(update={"var_folder": settings.var_folder / scale})
    write_catalogue(scale, scale_settings.own_catalogue_folder)
    for step in tqdm(steps(scale), desc=f"写出演示批次 {scale}", unit="批"):
        write_step(scale_settings, step)
    _say(f"已写入 {scale_settings.batches_folder}。")
    _say(f"发布：OVERSIGHT_VAR_FOLDER={scale_settings.var_folder} python -m data publish")


if __name__ == "__main__":
    app()
