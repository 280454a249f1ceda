"""Columns about persons are refused whatever they are called, and those about schools are not."""

from pathlib import Path

import openpyxl
import pytest

from data.importing.findings import Finding
from data.importing.prepare import prepare_file
from tests.returns import HEADERS, school, write_csv

HEADED = (
    "身份证号",
    "身份证号码",
    "居民身份证",
    "学生身份证号",
    "公民身份号码",
    "证件号码",
    "有效证件号",
    "护照号码",
    "学籍号",
    "全国学籍号",
    "学籍主号",
    "学号",
    "考号",
    "准考证号",
    "姓名",
    "姓 名",
    "姓\u3000名",
    "姓\n名",
    "学生姓名",
    "教师姓名",
    "学生名单",
    "曾用名",
    "父亲姓名",
    "监护人",
    "家长电话",
    "联系人",
    "联系方式",
    "联系电话",
    "手机",
    "手机号码",
    "移动电话",
    "座机",
    "微信号",
    "QQ号",
    "电子邮箱",
    "家庭住址",
    "家庭地址",
    "现住址",
    "户籍地址",
    "籍贯",
    "出生日期",
    "生日",
    "银行卡号",
    "开户行",
    "学生照片",
    "人脸",
    "残疾证号",
    "社保号",
    "Student Name",
    "ID Number",
    "phone",
)
VALUES = (
    "500242199001011234",
    "50024219900101123X",
    "500242 19900101 1234",
    "５００２４２１９９００１０１１２３４",
    "G500242201501011234",
    "13812345678",
    "138-1234-5678",
    "+86 13812345678",
    "张小明13812345678",
)
OF_SCHOOLS = (
    "学校地址",
    "户籍学生数",
    "残疾学生数",
    "家庭经济困难学生数",
    "学籍人数",
    "随迁子女数",
    "校名",
    "课程名称",
    "名次",
    "寄宿生数",
    "学校标识码二",
    "社保缴纳人数",
    "grid",
)


def refused(findings: list[Finding]) -> list[str]:
    return [f.column for f in findings if f.finding_code == "personal_column" and f.is_blocking]


def return_with(folder: Path, header: str, value: str) -> Path:
    rows = [{**school(学校代码=f"S{n}", 学校名称=f"第{n}小学"), header: value} for n in range(4)]
    return write_csv(folder / "报表.csv", rows)


def test_fifty_columns_about_persons_are_refused(tmp_path: Path) -> None:
    for header in HEADED:
        assert refused(prepare_file(return_with(tmp_path, header, "甲")).findings) == [header]
    for value in VALUES:
        assert refused(prepare_file(return_with(tmp_path, "补充", value)).findings) == ["补充"], value
    assert len(HEADED) >= 50


def test_columns_about_schools_are_left_out_with_a_hint(tmp_path: Path) -> None:
    for header in OF_SCHOOLS:
        found = prepare_file(return_with(tmp_path, header, "120")).findings
        assert refused(found) == []
        assert [f.severity for f in found if f.column == header] == ["hint"]


@pytest.mark.parametrize("has_header", [True, False])
def test_a_list_of_pupils_beside_the_return_is_refused(tmp_path: Path, has_header: bool) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADERS)
    for n in range(4):
        row = school(学校代码=f"S{n}", 学校名称=f"第{n}小学")
        book.worksheets[0].append([row.get(h) for h in HEADERS])
    book.save(tmp_path / "good.xlsx")
    assert refused(prepare_file(tmp_path / "good.xlsx").findings) == []
    if has_header:
        sheet = book.create_sheet("附表")
        for line in (["三年级一班"], ["序号", "姓名", "性别"], [1, "张小明", "男"], [2, "李小红", "女"]):
            sheet.append(line)
    else:
        column = len(HEADERS) + 2
        for n in range(4):
            book.worksheets[0].cell(n + 2, column, "500242199001011234")
    book.save(tmp_path / "bad.xlsx")
    assert refused(prepare_file(tmp_path / "bad.xlsx").findings) == ["姓名" if has_header else "X"]


def test_notes_beside_the_return_are_no_list(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(HEADERS)
    row = school()
    book.worksheets[0].append([row.get(h) for h in HEADERS])
    sheet = book.create_sheet("填表说明")
    for line in (["填表人姓名", "张三"], ["联系电话", "023-12345678"], ["请按学校填写"]):
        sheet.append(line)
    book.save(tmp_path / "notes.xlsx")
    assert refused(prepare_file(tmp_path / "notes.xlsx").findings) == []
