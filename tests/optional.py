"""Packages that a newcomer need not have: what is missing, in one line that says how to get it."""

import importlib


def missing(*packages: str, extra: str = "peers") -> str:
    """Which of the packages cannot be imported, and the remedy; empty if all are there."""
    absent = []
    for package in packages:
        try:
            importlib.import_module(package)
        except ImportError:
            absent.append(package)
    if not absent:
        return ""
    return f'{", ".join(absent)}: not installed; python -m pip install ".[{extra}]" brings what these tests need'
