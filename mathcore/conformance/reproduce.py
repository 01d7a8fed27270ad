"""A failure as code of its own: a pytest function, or a cell of a notebook, that fails as long as the fault is there."""

from __future__ import annotations

import json
import platform
import re
from pathlib import PurePath

from mathcore.evidence import Finding, Report


def code(report: Report, target: str, call: str = "", seed: int | None = None, backend: str = "numpy") -> str:
    """A pytest file with one test for each finding; `target` is MODULE:FUNCTION, the rest as of `mathcore.check`."""
    module, _, name = target.rpartition(":")
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
    options = {"call": call, "seed": seed, "backend": "" if backend == "numpy" else backend}
    more = "".join(f", {option}={value!r}" for option, value in options.items() if value not in ("", None))
    plain = not call and backend == "numpy"  # its arguments are those of the card, as NumPy has them
    tests = [_test(finding, report, name, number, more, plain) for number, finding in enumerate(report.findings, 1)]
    return "\n".join([*head, *tests])


def _imports(module: str, name: str) -> list[str]:
    first = name.partition(".")[0]
    if module.endswith(".py"):
        stem = PurePath(module).stem
        return [
            "import importlib.util",
            "import sys",
            "",
            f"sys.path.insert(0, {str(PurePath(module).parent)!r})  # what lies next to it can be imported",
            f"spec = importlib.util.spec_from_file_location({stem!r}, {module!r})",
            "module = importlib.util.module_from_spec(spec)",
            "spec.loader.exec_module(module)",
            f"{first} = module.{first}",
        ]
    return ["", f"from {module} import {first}"]


def _test(finding: Finding, report: Report, name: str, number: int, more: str, plain: bool) -> str:
    words = re.sub(r"\W+", "_", finding.slip or finding.check).strip("_").lower()[:60]
    shown = finding.shown[:300].replace("\\", "\\\\").replace('"', "'")
    lines = ["", f"def test_{report.card}_{number}_{words}():", f'    """{shown}"""']
    if finding.code and finding.exact and plain:
        lines += [
            f"    exact, allowed = np.array({finding.exact}), np.array({finding.allowed})",
            "    with np.errstate(all='ignore'):",
            f"        result = {name}({finding.code})",
            "        assert np.shape(result) == exact.shape",
            "        right = (abs(result - exact) <= allowed) | (result == exact)",
            "    assert np.all(right), f'{result}, exact {exact}'",
        ]
    else:
        lines += [
            "    import mathcore",
            "",
            f"    report = mathcore.check({name}, {report.card!r}{more})",
            f"    assert {finding.check!r} not in [check.name for check in report.failures], report",
        ]
    return "\n".join([*lines, ""])


def notebook(report: Report, target: str, call: str = "", seed: int | None = None, backend: str = "numpy") -> str:
    """The same as a notebook: the tests in one cell, their calls in another."""
    text = code(report, target, call, seed, backend)
    calls = "\n".join(f"{name}()" for name in re.findall(r"^def (test_\w+)", text, re.MULTILINE))
    cells: list[dict[str, object]] = [
        {"cell_type": "code", "id": f"cell{k}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
        for k, source in enumerate((text, calls))
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1) + "\n"
