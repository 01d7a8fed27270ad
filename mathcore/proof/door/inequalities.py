"""Inequalities."""
from __future__ import annotations
from collections.abc import Iterator
from mathcore.language import tree as t
from mathcore.language.parser import Context


def inequalities(context: Context, left: t.Expr, op: str, right: t.Expr) -> Iterator:
    return iter(())
