"""The one error of the bridge."""

from __future__ import annotations

from typing import NoReturn


class SympyError(ValueError):
    """What has no form on the other side: says what and what to do instead."""


def refuse(message: str) -> NoReturn:
    raise SympyError(message)
