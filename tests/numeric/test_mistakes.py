"""The wrong versions: each stands on a card (which refutes it) and says in one sentence what it gets wrong."""

import importlib
import inspect
import pkgutil

import pytest

import mathcore.mistakes
from mathcore.formulas import load, names

MISTAKES = [
    pytest.param(f"{module.__name__}.{name}", function, id=f"{module.__name__.rpartition('.')[2]}.{name}")
    for found in pkgutil.iter_modules(mathcore.mistakes.__path__)
    if not found.name.startswith("_")
    for module in [importlib.import_module(f"mathcore.mistakes.{found.name}")]
    for name, function in vars(module).items()
    if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
]
USED = {dotted.partition("(")[0] for name in names() for dotted in load(name).mistakes}


@pytest.mark.parametrize(("dotted", "mistake"), MISTAKES)
def test_every_mistake_stands_on_a_card_that_refutes_it(dotted, mistake):
    assert dotted in USED


@pytest.mark.parametrize(("dotted", "mistake"), MISTAKES)
def test_every_mistake_says_what_it_is_in_one_sentence(dotted, mistake):
    assert "\n" not in mistake.__doc__
    assert mistake.__doc__.endswith(".")


@pytest.mark.parametrize("name", [name for name in names() if load(name).derivations and load(name).numeric])
def test_a_whole_card_has_at_least_four_mistakes(name):
    assert len(load(name).mistakes) >= 4
