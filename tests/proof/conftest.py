"""Parts that a test breaks on purpose judge with memories of their own: what they found must not outlive the test."""

from importlib import import_module

import pytest

MEMORIES = (("mathcore.proof.judging", "_judged"), ("mathcore.proof.scope", "_FACTS"), ("mathcore.proof.balls.compare", "_draws"))


@pytest.fixture(autouse=True)
def memories_of_its_own(request):
    if "monkeypatch" in request.fixturenames:
        for module, memory in MEMORIES:
            request.getfixturevalue("monkeypatch").setattr(import_module(module), memory, {})
