"""Files of the browser half under addresses that say their version, so that a browser may keep them."""

import hashlib
import re
from functools import cache
from pathlib import Path

from data.settings import ROOT

STYLES_FOLDER = ROOT / "assets" / "css"
STYLES = "/assets/app.css"
MODULES_FOLDER = ROOT / "assets" / "modules"
MODULES = "/assets/modules/"
ENTRY = "main.js"
JOINED, VISIT = "page.js", "visit-page.js"
ENTRIES = {JOINED: ENTRY, VISIT: "visit.js"}
"""Each page's scripts as one file, and the module that it begins with."""
_IMPORT = re.compile(
    r'^import (?:\* as (?P<all>\w+)|\{(?P<some>[^}]*)\}) from "\./(?P<file>[\w-]+\.js)";\n', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:const|class) (\w+))", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*/\*(?:(?!\*/)[\s\S])*\*/[ \t]*\n|/\*\* @\w+ [^*]*\*/ ?| /\*[^*]*\*/$", re.MULTILINE)
_STYLE_COMMENT = re.compile(r"/\*[\s\S]*?\*/")
_INDENT = re.compile(r"\s*\n\s*")
_LEFT = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)


class UnknownModuleError(ValueError):
    """A module imports or exports in a way that is not joined, or two import each other."""


@cache
def style_sheet() -> str:
    """All style sheets as one, in the order of their names, which is that of the cascade."""
    whole = "\n".join(file.read_text("utf-8") for file in sorted(STYLES_FOLDER.glob("*.css")))
    return _INDENT.sub("\n", _STYLE_COMMENT.sub("", whole))


@cache
def style_address() -> str:
    """The address of the style sheet."""
    return f"{STYLES}?v={hashlib.sha256(style_sheet().encode()).hexdigest()[:8]}"


@cache
def modules_address() -> str:
    """The folder of the scripts: one version for all, since they name each other by relative addresses."""
    content = hashlib.sha256()
    for file in sorted(MODULES_FOLDER.glob("*.js")):
        content.update(file.name.encode() + b"\0" + file.read_bytes())
    return f"{MODULES}{content.hexdigest()[:8]}/"


@cache
def joined_modules(folder: Path = MODULES_FOLDER, entry: str = ENTRY) -> str:
    """The entry and all that it imports as one module, without comments: one request instead of thirty.

    Raises:
        UnknownModuleError: a module has another form than `import … from "./x.js"`, `export const` and
            `export class`, or imports itself by a detour.
    """
    bodies: dict[str, str] = {}
    _collect(folder, entry, bodies, ())
    exported = ", ".join(_EXPORT.findall((folder / entry).read_text("utf-8")))
    last = f'export const {{ {exported} }} = modules["{entry}"];'
    return "\n".join(["const modules = {};", *bodies.values(), last, ""])


def _collect(folder: Path, name: str, bodies: dict[str, str], importing: tuple[str, ...]) -> None:
    """Add a module after those that it needs."""
    if name in importing:
        raise UnknownModuleError(" → ".join((*importing, name)))
    if name in bodies:
        return
    source = (folder / name).read_text("utf-8")
    for imported in _IMPORT.finditer(source):
        _collect(folder, imported["file"], bodies, (*importing, name))
    code = _IMPORT.sub(_constant, _EXPORT.sub("", _COMMENT.sub("", source)))
    if left := _LEFT.search(code):
        raise UnknownModuleError(f"{name}: {left[0]}")
    exports = ", ".join(_EXPORT.findall(source))
    bodies[name] = f'modules["{name}"] = (() => {{\n{code.strip()}\nreturn {{ {exports} }};\n}})();'


def _constant(imported: re.Match[str]) -> str:
    """An import as the constant that it is once its module has run."""
    names = imported["all"] or "{" + imported["some"].replace(" as ", ": ") + "}"
    return f'const {names} = modules["{imported["file"]}"];\n'
