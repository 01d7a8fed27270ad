"""Who imports whom: the rooms' contract, and what the light doors load. Each rule has a twin that shows it can fail."""

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.sampling import sampled

ROOT = Path(__file__).resolve().parents[1]
HEAVY = ("sympy", "hypothesis", "flint", "lark", "rich", "matplotlib", "sklearn", "scipy")


def loaded(python, statement: str, among: tuple[str, ...] = HEAVY) -> list[str]:
    """Which of the heavy packages a fresh interpreter holds after the statement."""
    answer = python("-c", f"{statement}\nimport sys\nprint(*[m for m in {among!r} if m in sys.modules])")
    return answer.stdout.split()


@pytest.mark.parametrize(
    "statement",
    [
        "import mathcore",
        "from mathcore.numeric import softmax",
        "import mathcore; mathcore.numeric.softmax",
        "import mathcore.cli",
        "import mathcore; mathcore.models.LinearRegression().fit([[0.0], [1.0]], [0.0, 1.0]).predict([[2.0]])",
    ],
)
def test_a_light_door_loads_nothing_heavy(python, statement):
    assert loaded(python, statement) == []


def test_the_check_of_light_doors_can_fail(python):
    assert loaded(python, "import mathcore.language.parser as p; p.Context().parse('1 = 1')") == ["lark"]


def test_import_mathcore_does_not_even_load_numpy(python):
    assert loaded(python, "import mathcore; mathcore.names()", ("numpy",)) == []


def test_the_proof_room_never_loads_numpy(python):
    modules = sorted(
        ".".join(p.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for p in (ROOT / "mathcore" / "proof").rglob("*.py")
    )
    assert modules
    assert loaded(python, f"import {', '.join(modules)}", ("numpy", "hypothesis")) == []


def test_numeric_hands_out_the_regressions_without_loading_them(python):
    assert loaded(python, "import mathcore.numeric", ("mathcore.models",)) == []
    assert loaded(python, "from mathcore.numeric import SoftmaxRegression", ("mathcore.models",)) == ["mathcore.models"]


def test_softmax_costs_little_over_numpy(python, tmp_path):
    """The limit is 30 ms, from compiled files as everybody has them after the first time; a busy machine gets twice that."""
    compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(tmp_path)}
    program = (
        "import time, numpy; start = time.process_time(); from mathcore.numeric import softmax; "
        "print(time.process_time() - start)"
    )
    assert min(float(python("-c", program, **compiled).stdout) for _ in range(4)) < 0.06


def test_help_is_quick():
    """The limit is 0.15 s; a busy machine gets three times that."""
    times = []
    for _ in range(3):
        start = time.perf_counter()
        answer = subprocess.run([sys.executable, "-m", "mathcore", "--help"], cwd=ROOT, capture_output=True, timeout=60)
        times.append(time.perf_counter() - start)
        assert answer.returncode == 0
    assert min(times) < 0.45


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    program = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    variables = os.environ | {"PYTHONPATH": str(tree), "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=tree, env=variables, capture_output=True, encoding="utf-8", timeout=120
    )


def test_no_room_imports_against_the_contract():
    answer = lint(ROOT)
    assert answer.returncode == 0, answer.stdout[-3000:] + answer.stderr[-1000:]


def circles(edges: dict[str, set[str]]) -> set[frozenset[str]]:
    """Modules each of which imports, by way of others, every one of them."""

    def reached(start: str) -> set[str]:
        found, ends = set[str](), [start]
        while ends:
            new = edges.get(ends.pop(), set()) - found
            found |= new
            ends += new
        return found

    behind = {module: reached(module) for module in edges}
    found = {frozenset(b for b in behind[a] if a in behind.get(b, ())) for a in edges}
    return {circle for circle in found if len(circle) > 1}


def test_no_files_import_each_other():
    from grimp import build_graph

    graph = build_graph("mathcore", exclude_type_checking_imports=True, cache_dir=None)
    graph.remove_module("mathcore.render.notebook")  # of which `_repr_html_` asks
    edges = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circles(edges) == set()


def test_a_circle_is_seen():
    edges = {"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"e"}, "e": {"d"}, "f": {"a", "g"}, "g": set[str]()}
    assert circles(edges) == {frozenset("abc"), frozenset("de")}


AGAINST = [  # contract that is broken, file, line that is added to it, import that is named
    ("proof", "proof/__init__.py", "import numpy", "proof -> numpy"),
    ("proof", "proof/derive.py", "from mathcore.formulas import load", "proof.derive -> mathcore.formulas"),
    ("judging", "proof/judging.py", "from mathcore.proof.vacuous import emptiness", "proof.judging -> mathcore.proof.vacuous"),
    ("numeric", "numeric/softmax.py", "from mathcore.language import tree", "numeric.softmax -> mathcore.language.tree"),
    ("numeric", "numeric/softmax.py", "import mathcore.models", "numeric.softmax -> mathcore.models"),
    ("models", "models/trainer.py", "from mathcore.formulas import load", "models.trainer -> mathcore.formulas"),
    ("models", "models/trainer.py", "import sklearn", "models.trainer -> sklearn"),
    ("formulas", "formulas/__init__.py", "from mathcore.numeric import softmax", "formulas -> mathcore.numeric.softmax"),
    ("render", "render/document.py", "from mathcore.verify import run", "render.document -> mathcore.verify.run"),
    ("language", "language/tree.py", "from mathcore import card", "language.tree -> mathcore.card"),
    ("rules", "rules/use.py", "from mathcore.proof.scope import NotShown", "rules.use -> mathcore.proof.scope"),
    ("sphinxext", "cli.py", "import docutils", "cli -> docutils"),
]


@pytest.fixture(scope="module")
def broken(tmp_path_factory) -> dict[str, str]:
    """What the linter says of a copy with all these lines: of each contract that is broken, by which imports."""
    tree = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "mathcore", tree / "mathcore", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tree)
    for _, module, line, _ in AGAINST:
        with (tree / "mathcore" / module).open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    answer = lint(tree)
    assert answer.returncode != 0
    _, said = answer.stdout.split("\nBroken contracts\n")
    return {part.partition(":")[0]: part for part in re.split(r"^(?=[a-z][a-z ]*: )", said, flags=re.M)}


@sampled(("contract", "named"), [(contract, named) for contract, _, _, named in AGAINST], keep=3)
def test_the_contract_can_fail(broken, contract, named):
    assert re.search(rf"^- +mathcore\.{re.escape(named)} \(l\.\d+\)$", broken[contract], re.M)
    assert "mistakes" not in broken
