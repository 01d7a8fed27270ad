"""A failure as code of its own: a pytest function, or a cell of a notebook, that fails as long as the fault is there."""

from __future__ import annotations

import json
import platform
import re
from pathlib import PurePath

from mathcore.evidence import Finding, Report


def code(report: Report, target: str, call: str = "", seed: int | None = None) -> str:
    """A pytest file with one test for each finding; `target` is MODULE:FUNCTION."""
    module, _, name = target.partition(":")
    import numpy as np

    from mathcore import __version__

    versions = f"Python {platform.python_version()}, NumPy {np.__version__}, mathcore {__version__}"
    seeded = f", seed {seed}" if seed is not None else ""
    head = [
        f'"""What mathcore found of {name}, judged as {report.card}{seeded} ({versions})."""',
        "",
        "import numpy as np",
        *_imports(module, name),
        "",
    ]
    tests = [_test(finding, report, name, number, call) for number, finding in enumerate(report.findings, 1)]
    return "\n".join([*head, *tests])


def _imports(module: str, name: str) -> list[str]:
    first = name.partition(".")[0]
    if module.endswith(".py"):
        stem = PurePath(module).stem
        return [
            "import importlib.util",
            "",
            f"spec = importlib.util.spec_from_file_location({stem!r}, {module!r})",
            "module = importlib.util.module_from_spec(spec)",
            "spec.loader.exec_module(module)",
            f"{first} = module.{first}",
        ]
    return ["", f"from {module} import {first}"]


def _test(finding: Finding, report: Report, name: str, number: int, call: str) -> str:
    words = re.sub(r"\W+", "_", finding.slip or finding.check).strip("_").lower()[:60]
    shown = finding.shown.replace("\\", "\\\\").replace('"""', "'''")
    lines = ["", f"def test_{report.card}_{number}_{words}():", f'    """{shown[:300]}"""']
    if finding.code and finding.exact and not call:
        lines += [
            f"    result = {name}({finding.code})",
            f"    exact, allowed = np.array({finding.exact}), np.array({finding.allowed})",
            "    assert np.shape(result) == exact.shape",
            "    with np.errstate(invalid='ignore'):",
            "        right = (abs(result - exact) <= allowed) | (result == exact)",
            "    assert np.all(right), f'{result}, exact {exact}'",
        ]
    else:
        more = f", call={call!r}" if call else ""
        lines += [
            "    import mathcore",
            "",
            f"    report = mathcore.check({name}, {report.card!r}{more})",
            f"    assert report.check({finding.check!r}).passed, report",
        ]
    return "\n".join([*lines, ""])


def notebook(report: Report, target: str, call: str = "", seed: int | None = None) -> str:
    """The same as a notebook: the tests in one cell, their calls in another."""
    text = code(report, target, call, seed)
    calls = "\n".join(f"{name}()" for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE))
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"cell{k}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for k, source in enumerate((text, calls))
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
