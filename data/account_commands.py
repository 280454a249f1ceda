"""`python -m data account …`: the first administrator, and what an administrator does by hand."""

import json
from typing import Annotated

import typer

from data.access import OPERATOR
from data.catalogue.access_tables import Capability, Role, RoleCapability
from data.catalogue.loader import load_catalogue
from data.clock import day_of, utc_now
from data.settings import Settings
from data.store import accounts
from data.store.account_changes import clear_factor
from data.store.engine import Store, open_store
from data.store.identities import bind_account
from data.store.new_accounts import NewAccount
from data.store.personal import data_of, erase_person
from data.store.refusals import RefusedError
from data.text import text

account_app = typer.Typer(help="账号", no_args_is_help=True)
Password = Annotated[str, typer.Option(prompt="密码", confirmation_prompt=True, hide_input=True, help="首次密码")]


def _store() -> Store:
    return open_store(Settings())


def _refused(error: RefusedError) -> typer.Exit:
    typer.echo(text(f"refused.{error.code}"), err=True)
    return typer.Exit(1)


@account_app.command("create")
def create(
    name: Annotated[str, typer.Argument(help="账号名，小写字母开头")],
    person: Annotated[str, typer.Option(help="姓名")],
    role: Annotated[str, typer.Option(help="角色代码，见 data/catalogue/roles.csv")],
    password: Password,
    district: Annotated[list[str] | None, typer.Option(help="区县代码，可重复")] = None,
    school: Annotated[list[str] | None, typer.Option(help="学校代码，可重复")] = None,
) -> None:
    """新建账号；首次登录须改密码。"""
    account = NewAccount(name, person, role, tuple(district or ()), tuple(school or ()))
    try:
        accounts.create_account(_store(), load_catalogue(), OPERATOR, account, password, utc_now())
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(f"已建账号 {name}")


@account_app.command("disable")
def disable(name: str) -> None:
    """停用账号，立即结束其会话。"""
    try:
        accounts.disable_account(_store(), load_catalogue(), OPERATOR, name, utc_now())
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(f"已停用 {name}")


@account_app.command("password")
def password(name: str, password: Password) -> None:
    """重设首次密码并启用账号。"""
    try:
        accounts.reset_password(_store(), load_catalogue(), OPERATOR, name, password, utc_now())
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(f"已重设 {name} 的密码")


@account_app.command("drop-factor")
def drop_factor(name: str) -> None:
    """清除遗失的两步验证，结束其会话。"""
    try:
        clear_factor(_store(), load_catalogue(), OPERATOR, name, utc_now())
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(f"已清除 {name} 的两步验证")


@account_app.command("bind")
def bind(name: str, subject: Annotated[str, typer.Argument(help="统一身份认证编号 sub；留空则解除")]) -> None:
    """绑定统一身份认证编号；管理员、审计员登录前必须先绑定。"""
    settings = Settings()
    try:
        bind_account(_store(), load_catalogue(), OPERATOR, name, settings.issuer, subject, utc_now())
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(f"已保存 {name} 的绑定")


@account_app.command("erase")
def erase(name: str) -> None:
    """注销已停用账号的个人信息：各处姓名换成账号编号，登录和绑定删除；审计日志依法保留。"""
    try:
        gone = erase_person(_store(), load_catalogue(), OPERATOR, name, utc_now())
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(f"已注销 {name}，今后为 {gone.account_name if gone else name}")


@account_app.command("export")
def export(name: str) -> None:
    """以 JSON 输出与一个账号有关的全部信息（本人申请时）。"""
    try:
        kept = data_of(_store(), name)
    except RefusedError as error:
        raise _refused(error) from None
    typer.echo(json.dumps(kept, ensure_ascii=False, indent=1, default=str))


@account_app.command("list")
def show() -> None:
    """列出账号。"""
    roles = {r.role_code: r.name for r in load_catalogue().rows(Role)}
    for account in accounts.list_accounts(_store()):
        in_days = "启用" if account.is_valid_on(day_of(utc_now())) else "有效期外"
        state = "停用" if account.is_disabled else in_days
        scope = "、".join((*account.district_codes, *account.school_codes))
        typer.echo(f"{account.account_name}\t{account.person}\t{roles[account.role_code]}\t{scope}\t{state}")


@account_app.command("matrix")
def matrix() -> None:
    """以 Markdown 输出角色与权限对照表（SECURITY.md 所载）。"""
    catalogue = load_catalogue()
    may = {(r.role_code, r.permission) for r in catalogue.rows(RoleCapability)}
    columns = sorted(catalogue.rows(Capability), key=lambda c: c.display_order)
    heads = ["角色 role", "范围 scope", *(f"{c.name} `{c.permission}`" for c in columns)]
    typer.echo("| " + " | ".join(heads) + " |")
    typer.echo("|" + " --- |" * len(heads))
    for role in sorted(catalogue.rows(Role), key=lambda r: r.display_order):
        marks = ["●" if (role.role_code, c.permission) in may else "" for c in columns]
        cells = [f"{role.name} `{role.role_code}`", role.scope_kind, *marks]
        typer.echo("| " + " | ".join(cells) + " |")
