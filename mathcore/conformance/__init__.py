"""The judge of implementations, ours and anybody's: exact values, accuracy, laws, worked examples, known mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mathcore.conformance.suite import conformance_tests

__all__ = ["conformance_tests"]


def __getattr__(name: str) -> Any:
    """The public doors, loaded when they are asked for: pytest imports this room in every run."""
    if name == "conformance_tests":
        from mathcore.conformance.suite import conformance_tests

        return conformance_tests
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
