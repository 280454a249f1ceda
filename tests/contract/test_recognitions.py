"""国家认定 on every page that says it, against what standard.md 4 knows of the batches."""

import re
import shutil
from pathlib import Path

import pytest

from app import create_app
from data.catalogue import loader
from data.settings import Settings
from tests.visitors import plain

UNLISTED = "2025年首批6个，名单待录入"
THREE = "国家认定3个（截至2024年批次），另有原两江新区"
COUNTS = [
    ("2024", "as_was", "", ""),
    ("2025", "as_was", "国家认定4个（截至2024年批次）", ""),
    ("2025", "current", THREE, ""),
    ("2026", "as_was", THREE, UNLISTED),
    ("2026", "current", THREE, UNLISTED),
]


@pytest.fixture(scope="module")
def ask(demo_settings: Settings):
    client = create_app(demo_settings).server.test_client()
    return lambda address: plain(client.get(address))


@pytest.mark.parametrize(("period", "basis", "count", "unlisted"), COUNTS)
@pytest.mark.parametrize("mode", ["", "&mode=meeting"])
def test_the_count_names_its_batch_the_unit_that_ended_and_the_missing_list(
    ask, mode: str, period: str, basis: str, count: str, unlisted: str
) -> None:
    words = ask(f"/?period={period}&basis={basis}{mode}")
    if not count:
        assert "国家认定" not in words
        return
    assert count in words
    assert ("另有原" in words) == ("另有原" in count)
    assert (UNLISTED in words) == bool(unlisted)


def test_a_group_counts_its_own_units(ask) -> None:
    assert THREE in ask("/?group=central_city")
    assert "国家认定" not in ask("/?group=northeast").split("公开信息")[0]


def test_the_source_names_document_and_day(ask) -> None:
    sentence = "公开信息：沙坪坝、九龙坡、南岸、原两江新区2024年批次国家认定（教督函〔2025〕3号，2025年3月21日公布）。"
    assert sentence in ask("/")


@pytest.mark.parametrize("address", ["/district/{}?", "/?district={}", "/?district={}&mode=meeting"])
def test_one_unit_says_its_batch_and_a_new_district_that_it_was_not_it(ask, address: str) -> None:
    def said(address: str) -> str:
        return ask(address).split("公开信息")[0]

    assert "2024年批次国家认定" in said(address.format("500106"))
    new = "原两江新区获2024年批次国家认定，不是本区县的认定"
    assert new in said(address.format("P50LJ2"))
    assert new not in said(address.format("500106"))
    assert "2024年批次国家认定" not in said(address.format("500103"))
    assert "2024年批次国家认定" not in said(address.format("500106") + "&period=2024")


@pytest.mark.parametrize("period", ["2025", "2025-03", "2026-03", "2026"])
def test_a_recognised_unit_reads_its_batch_on_the_plan_and_no_later_year(ask, period: str) -> None:
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", ask(f"/plan?period={period}"))
    for short_name in ("沙坪坝", "九龙坡", "南岸"):
        [row] = [row for row in rows if f">{short_name}</a>" in row]
        assert "2024年批次国家认定，" in row
        assert "年起达标" not in row


def test_the_catalogue_refuses_more_names_than_a_batch_has_units(tmp_path: Path) -> None:
    folder = tmp_path / "catalogue"
    shutil.copytree(loader.FOLDER, folder)
    with (folder / "recognitions.csv").open("a", encoding="utf-8") as stream:
        stream.write("500103,2024,\n")
    with pytest.raises(loader.CatalogueError, match=r"recognitions\.csv:6: .*5.*4"):
        loader.load_catalogue(folder)


def test_the_method_page_lists_procedure_and_batches_with_their_source(ask) -> None:
    words = ask("/method")
    for cells in (
        (
            "申报前三年每年小学基本均衡综合差异系数不超过",
            "0.6",
            "2024年9月25日–至今",
            "九龙坡区政府公开的优质均衡申报条件",
            "未确认",
        ),
        ("问责：督导工作完成后多少天内调查认定", "60", "2021年9月1日–至今", "国教督〔2021〕2号", "已确认"),
        (
            "2024年批次",
            "教督函〔2025〕3号",
            "2025年3月21日",
            "4",
            "沙坪坝区、九龙坡区、南岸区、两江新区（认定时为功能区；不是2025-11-06设立的行政区的认定）",
            "已确认",
        ),
        ("2025年首批", "未收录", "未收录", "6", "名单待录入", "已确认"),
    ):
        row = "</td>".join(rf"<td[^>]*>{re.escape(cell)}" for cell in cells)
        assert re.search(row, words), cells
