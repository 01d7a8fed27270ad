"""Why steps hold: a file for each rule. Data alone; a checker of the same name in `mathcore.proof.rules` judges a step by it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from mathcore.rules.rule import Rule


def _defined_in(name: str) -> type[Rule]:
    """The one rule of a file."""
    module = import_module(f"{__name__}.{name}")
    own = (value for value in vars(module).values() if getattr(value, "__module__", "") == module.__name__)
    (rule,) = (value for value in own if isinstance(value, type) and issubclass(value, Rule))
    return rule


#: The rules, by the names of their files.
RULES: dict[str, type[Rule]] = {m.name: _defined_in(m.name) for m in iter_modules(__path__) if m.name != "rule"}
