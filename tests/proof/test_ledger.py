"""What an answer rests on: a ledger is only added to, and what was tried in vain leaves no trace."""

import ast
from pathlib import Path

import pytest

import mathcore.proof
from mathcore.language.parser import Context
from mathcore.proof.kernel.ledger import Attempt, Condition, Ledger
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.polynomial import KernelError
from mathcore.proof.kernel.signs import Fact

PROOF = Path(mathcore.proof.__file__).parent
HELD = {"ledger", "used", "required", "conditions", "axioms", "declared", "settled"}


def put_back(source: str) -> list[str]:
    """Where what a ledger holds is replaced, emptied or taken out instead of added to, outside of what makes one."""
    found = []
    for function in (n for n in ast.walk(ast.parse(source)) if isinstance(n, (ast.FunctionDef, ast.Module))):
        if isinstance(function, ast.Module) or function.name in ("__init__", "__enter__", "__exit__"):
            continue
        for node in ast.walk(function):
            targets: list[ast.expr] = []
            if isinstance(node, ast.Assign):
                targets = [e for target in node.targets for e in (target.elts if isinstance(target, ast.Tuple) else [target])]
            elif isinstance(node, ast.Delete):
                targets = [target.value for target in node.targets if isinstance(target, ast.Subscript)]
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                targets = [node.func.value] if node.func.attr in ("clear", "pop", "popitem", "discard", "remove") else []
            found += [f"line {t.lineno}: {t.attr}" for t in targets if isinstance(t, ast.Attribute) and t.attr in HELD]
    return found


@pytest.mark.parametrize(
    "source",
    [
        "def f(self):\n    before = set(self.used)\n    self.used = before",
        "def f(self):\n    kept, self.conditions = self.conditions, {}",
        "def f(normal):\n    normal.conditions.clear()",
        "def f(normal):\n    del normal.conditions[key]",
    ],
)
def test_what_puts_a_ledger_back_by_hand_is_seen(source: str) -> None:
    assert put_back(source)


def test_no_ledger_is_put_back_by_hand() -> None:
    found = {str(path.relative_to(PROOF)): put_back(path.read_text(encoding="utf-8")) for path in PROOF.rglob("*.py")}
    assert {path: places for path, places in found.items() if places} == {}


def test_an_attempt_counts_only_where_it_is_included() -> None:
    context = Context().given("x, y: real")
    normal = Normal(Facts(), {})
    with normal.attempt() as own:
        normal.read(context.parse("1 / x"))
    assert [c.relation for c in own.conditions.values()] == ["!="]
    assert not normal.conditions
    normal.include(own)
    assert list(normal.conditions) == list(own.conditions)


def test_what_fails_leaves_no_condition() -> None:
    context, normal = Context().given("x: real"), Normal(Facts(), {})
    with pytest.raises(KernelError):
        normal.read(context.parse("1 / x + 1 / (x - x)"))
    assert not normal.conditions


def test_a_sign_names_the_hypotheses_that_it_needs_and_no_others() -> None:
    context, facts = Context().given("x, y, z: real"), Facts()
    read = Normal(Facts(), {}).read
    x, y, z = (read(context.symbols[name]) for name in "xyz")
    for value, source in ((x, "x > 0"), (y - x, "y > x"), (z, "z > 0")):
        facts.add(Fact(value, True, frozenset({source})))
    assert facts.positive(y)
    assert facts.ledger == {"x > 0", "y > x"}
    again = facts.copy()
    assert not again.ledger
    assert again.positive(y)  # remembered
    assert again.ledger == facts.ledger


def test_a_condition_that_matters_elsewhere_is_kept_before_one_that_does_not() -> None:
    normal = Normal(Facts(), {})
    x = normal.read(Context().given("x: real").symbols["x"])
    normal.require(x, "!=")
    with normal.attempt() as own:
        normal.require(x, "!=", elsewhere=True)
    normal.include(own)
    assert [c.elsewhere for c in normal.conditions.values()] == [True]


def test_the_ledger_around_is_back_whatever_happens() -> None:
    normal = Normal(Facts(), {})
    around = normal.ledger
    with pytest.raises(ZeroDivisionError), Attempt(normal, Ledger()):
        raise ZeroDivisionError
    assert normal.ledger is around
    assert Condition(normal.pi(), "!=", "").key == (normal.pi(), "!=")
