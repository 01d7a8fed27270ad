"""Wheels and our own package as byte code in three archives; runs in Pyodide, whose byte code it is (`pack.mjs`).

The same input gives the same bytes: entries in order, one date, no time of a source in the byte code.
"""

import ast
import importlib.util
import marshal
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

DATE = (1980, 1, 1, 0, 0, 0)
UNCHECKED = (0b01).to_bytes(4, "little") + bytes(8)  # PEP 552: byte code by a hash of its source that nobody compares
LEFT_OUT = re.compile(
    r"(^|/)(tests?|benchmarks|testing)/|/test_[^/]*$"
    r"|^sympy/(categories|codegen|crypto|diffgeom|holonomic|liealgebras|physics|sandbox|stats|unify|vector)/"
    r"|^sympy/parsing/[^/]+/|^lark/__pyinstaller/|^markdown_it/cli/"
    r"|\.dist-info/|\.data/|\.pxd$|\.pyi$"
)


def without_docstrings(block: list[ast.stmt]) -> None:
    """A page does not show them, and they are half of the byte code. Only statements are walked, which is quick."""
    for node in block:
        match node:
            case ast.FunctionDef(body=[ast.Expr(ast.Constant(str()) as text), *_]):
                text.value = ""
            case ast.ClassDef(body=[ast.Expr(ast.Constant(str()) as text), *_]):
                text.value = ""
        for name in ("body", "orelse", "finalbody"):
            without_docstrings(getattr(node, name, None) or [])


def byte_code(name: str, source: bytes) -> bytes:
    tree = ast.parse(source)
    without_docstrings(tree.body)
    code = compile(tree, name, "exec", dont_inherit=True)
    return importlib.util.MAGIC_NUMBER + UNCHECKED + marshal.dumps(code)


def entries(source: Path) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(source) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith("/") or LEFT_OUT.search(name):
                continue
            data = archive.read(name)
            yield (f"{name}c", byte_code(name, data)) if name.endswith(".py") else (name, data)


def write(target: Path, sources: list[Path]) -> None:
    if not sources:
        return
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for source in sources:
            for name, data in entries(source):
                archive.writestr(zipfile.ZipInfo(name, DATE), data, zipfile.ZIP_DEFLATED)


def main(source: Path, target: Path) -> None:
    wheels = sorted(source.glob("*.whl"))
    pure = [wheel for wheel in wheels if wheel.name.endswith("-none-any.whl")]
    write(target / "libraries.zip", pure)
    write(target / "flint.zip", [wheel for wheel in wheels if wheel not in pure])
    write(target / "mathcore.zip", sorted(source.glob("*.zip")))


main(Path("/in"), Path("/out"))
