"""The wrong versions: each stands on a card (which refutes it) and says in one sentence what it gets wrong."""

import importlib
import inspect
import pkgutil

import mathcore.mistakes
from mathcore.formulas import load, names

MISTAKES = {
    f"{module.__name__}.{name}": function
    for found in pkgutil.iter_modules(mathcore.mistakes.__path__)
    if not found.name.startswith("_")
    for module in [importlib.import_module(f"mathcore.mistakes.{found.name}")]
    for name, function in vars(module).items()
    if inspect.isfunction(function) and function.__module__ == module.__name__ and not name.startswith("_")
}
USED = {dotted.partition("(")[0] for name in names() for dotted in load(name).mistakes}


def test_every_mistake_stands_on_a_card_that_refutes_it():
    assert MISTAKES and [dotted for dotted in MISTAKES if dotted not in USED] == []


def test_every_mistake_says_what_it_is_in_one_sentence():
    for dotted, mistake in MISTAKES.items():
        assert "\n" not in mistake.__doc__, dotted
        assert mistake.__doc__.endswith("."), dotted


def test_a_whole_card_has_at_least_four_mistakes():
    whole = [card for card in map(load, names()) if card.derivations and card.numeric]
    assert whole and [card.name for card in whole if len(card.mistakes) < 4] == []
