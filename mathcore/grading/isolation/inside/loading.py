"""A submitted file becomes a module: its source is run once, and its functions are listed."""

from __future__ import annotations

import ast
import inspect
import re
import sys
import traceback
import types
from typing import Any

NAME = "submission"
MAGIC = re.compile(r"%{1,2}[A-Za-z]|[!?]|.*\?$")


def without_magics(cell: str) -> str:
    """A notebook cell as Python: lines that begin with % or ! or end with ? go, cells of another language go whole."""
    try:
        ast.parse(cell)
        return cell
    except SyntaxError:
        pass
    lines = cell.split("\n")
    first = next((line.strip() for line in lines if line.strip()), "")
    if first.startswith("%%") and first.split()[0] not in ("%%time", "%%timeit", "%%capture", "%%prun"):
        return "\n" * (len(lines) - 1)
    kept = []
    for line in lines:
        bare = line.strip()
        kept.append(line[: len(line) - len(line.lstrip())] + "pass" if MAGIC.match(bare) else line)
    return "\n".join(kept)


def failure(error: BaseException, filename: str) -> dict[str, Any]:
    """An exception as data: its name, its message, and the last line of the submitted file that it passed."""
    try:
        message = str(error.msg if isinstance(error, SyntaxError) else error)
    except BaseException:
        message = "(its message cannot be read)"
    line = error.lineno if isinstance(error, SyntaxError) else None
    try:
        for frame, number in traceback.walk_tb(error.__traceback__):
            if frame.f_code.co_filename == filename:
                line = number
    except BaseException:
        pass
    found: dict[str, Any] = {"type": type(error).__name__, "message": message[:500], "line": line}
    for key, kind in (("memory", MemoryError), ("syntax", SyntaxError), ("exit", SystemExit), ("eof", EOFError)):
        if isinstance(error, kind):
            found["is"] = key
    if isinstance(error, ModuleNotFoundError):
        found |= {"is": "module", "module": str(error.name)}
    return found


def parameters(function: Any) -> list[list[Any]] | None:
    """Name, kind and whether there is a default, of each parameter; None where no signature can be read."""
    try:
        found = inspect.signature(function).parameters.values()
        return [[p.name, p.kind.name, p.default is not p.empty] for p in found]
    except BaseException:
        return None


def functions(module: types.ModuleType) -> list[dict[str, Any]]:
    """What the file defines and can be called: its own functions, and callable objects of any make; no classes, no imports."""
    listed = []
    for name, value in list(vars(module).items()):
        plain = isinstance(value, (types.FunctionType, types.BuiltinFunctionType, types.ModuleType))
        own = getattr(value, "__module__", None) == module.__name__ if plain else callable(value)
        if own and not isinstance(value, type) and not name.startswith("__"):
            listed.append({"name": name, "parameters": parameters(value)})
    return listed[:500]


def load(cells: list[str], filename: str, notebook: bool) -> types.ModuleType:
    """The module of a file; whatever the file raises is raised."""
    text = "\n\n".join(without_magics(cell) for cell in cells) if notebook else "".join(cells)
    code = compile(text, filename, "exec", dont_inherit=True)
    module = types.ModuleType(NAME)
    module.__file__ = filename
    sys.modules[NAME] = module
    exec(code, module.__dict__)
    return module
