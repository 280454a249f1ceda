"""The changes: one operator, one joining word or one truth value of a line of code, and the line as it would read."""

import ast
import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb

ROOT = Path(__file__).parents[2]
EQUIVALENT = Path(__file__).with_name("equivalent.csv")
EITHER = (
    (r"\band\b", "or"),
    (r"\bor\b", "and"),
    (r"<=", "<"),
    (r">=", ">"),
    (r"(?<![<>=-])<(?![=>])", "<="),
    (r"(?<![<>=-])>(?!=)", ">="),
    (r" \+ ", " - "),
    (r" - ", " + "),
    (r" \* ", " / "),
    (r"\bmin\(", "max("),
    (r"\bmax\(", "min("),
    (r"\bnot (?=\w)", ""),
)
SQL = ((r"<>", "="), (r"\btrue\b", "false"), (r"\bfalse\b", "true"))
PYTHON = ((r" == ", " != "), (r" != ", " == "), (r"(?<!frozen=)\bTrue\b", "False"), (r"\bFalse\b", "True"))


@dataclass(frozen=True)
class Mutant:
    """One change: the text of a line before and after, and where in the line it is."""

    file: str
    line: int
    before: str
    after: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What `equivalent.csv` names it by: a line's number would not stay."""
        return self.file, self.before.strip(), self.after.strip()

    def applied(self, text: str) -> str:
        """The file's text with the change."""
        lines = text.splitlines(keepends=True)
        assert lines[self.line - 1].rstrip("\n") == self.before, self
        lines[self.line - 1] = self.after + "\n"
        return "".join(lines)


def mutants_of(file: Path) -> list[Mutant]:
    """Every change of a file's code that still is code; comments, texts and imports are left alone, and so is
    `frozen=True`: that nobody assigns to a frozen row is what the type checker holds.
    """
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    is_sql = file.suffix == ".sql"
    bare = _without_words_sql(lines) if is_sql else _without_words_python(text, lines)
    found: dict[tuple[int, str], Mutant] = {}
    for number, (line, code) in enumerate(zip(lines, bare, strict=True), 1):
        for pattern, other in EITHER + (SQL if is_sql else PYTHON):
            for match in re.finditer(pattern, code):
                after = line[: match.start()] + other + line[match.end() :]
                found.setdefault((number, after), Mutant(str(file.relative_to(ROOT)), number, line, after))
    is_code = _is_sql if is_sql else _is_python
    return [mutant for mutant in found.values() if is_code(mutant.applied(text))]


def equivalents() -> dict[tuple[str, str, str], str]:
    """Changes that no answer can show, set aside by hand, and why."""
    with EQUIVALENT.open(encoding="utf-8", newline="") as stream:
        return {(row["file"], row["before"], row["after"]): row["reason"] for row in csv.DictReader(stream)}


def files_of(folder: str, left_out: Iterable[str] = ()) -> list[Path]:
    """The code of a folder; of one written with a final `/.`, of itself without the folders in it."""
    base = ROOT / folder.removesuffix("/.")
    every = base.glob("*") if folder.endswith("/.") else base.rglob("*")
    code = (path for path in every if path.suffix in (".py", ".sql"))
    return sorted(path for path in code if not str(path.relative_to(ROOT)).startswith(tuple(left_out)))


def function_of(mutant: Mutant) -> int | None:
    """The first line of the innermost function that the change is in; none where it is read at import."""
    tree = ast.parse((ROOT / mutant.file).read_text(encoding="utf-8"))
    around = [
        (node.lineno - node.body[0].lineno, first)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for first in [min([node.lineno, *(d.lineno for d in node.decorator_list)])]
        if node.body[0].lineno <= mutant.line <= (node.end_lineno or 0)
    ]
    return max((first for _, first in around), default=None)


def _without_words_sql(lines: list[str]) -> list[str]:
    """Lines of the same length with comments and texts blank."""
    cut = [line.split("--", 1)[0].ljust(len(line), "\0") for line in lines]
    return [re.sub(r"'[^']*'", lambda m: "\0" * len(m[0]), line) for line in cut]


def _without_words_python(text: str, lines: list[str]) -> list[str]:
    """Lines of the same length with comments, texts and imports blank; what an f-string computes is a text."""
    blank = [list(line) for line in lines]
    for node in ast.walk(ast.parse(text)):
        is_word = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if isinstance(node, ast.JoinedStr | ast.Import | ast.ImportFrom) or (
            is_word and isinstance(node, ast.Constant)
        ):
            _blank(blank, lines, node)
    return [re.sub(r"#.*", lambda m: "\0" * len(m[0]), "".join(line)) for line in blank]


def _blank(blank: list[list[str]], lines: list[str], node: ast.expr | ast.stmt) -> None:
    for number in range(node.lineno, (node.end_lineno or node.lineno) + 1):
        line = lines[number - 1]
        begun = len(line.encode()[: node.col_offset].decode()) if number == node.lineno else 0
        ended = len(line.encode()[: node.end_col_offset].decode()) if number == node.end_lineno else len(line)
        for place in range(begun, ended):
            blank[number - 1][place] = "\0"


def _is_python(text: str) -> bool:
    try:
        compile(text, "changed", "exec")
    except SyntaxError:
        return False
    return True


def _is_sql(text: str) -> bool:
    try:
        return bool(duckdb.extract_statements(text))
    except duckdb.Error:
        return False
