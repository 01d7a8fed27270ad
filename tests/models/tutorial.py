"""Runs the tutorial and draws its pictures: `python -m tests.models.tutorial` writes them beside the page."""

import contextlib
import doctest
import re
from pathlib import Path

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorials" / "train-a-classifier.md"


def run(directory, text=None):
    """Runs all blocks of the page, one after the other, in the directory; returns how many failed and what was said."""
    import matplotlib

    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    blocks = re.findall(r"```python\n(.*?)```", PAGE.read_text(encoding="utf-8") if text is None else text, re.S)
    test = doctest.DocTestParser().get_doctest("\n".join(blocks), {}, PAGE.name, str(PAGE), 0)
    said = []
    options = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    with contextlib.chdir(directory), plt.style.context("default"):
        result = doctest.DocTestRunner(verbose=False, optionflags=options).run(test, out=said.append)
        plt.close("all")
    return result, "".join(said)


def pictures():
    """The names of the pictures that the page shows."""
    return re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    found, said = run(PAGE.parent)
    print(said or f"{found.attempted} statements, pictures: {', '.join(pictures())}")
    raise SystemExit(bool(found.failed))
