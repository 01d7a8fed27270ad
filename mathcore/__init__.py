"""An educational math engine: every step of a formula proved for every length, every implementation checked.

>>> import mathcore
>>> mathcore.names()                          # the formulas
>>> mathcore.load("softmax")                  # one of them: statement, derivations, laws, mistakes
>>> mathcore.read("lecture.md")               # a page of your own, in the same form
>>> mathcore.verify("softmax")                # prove and check it: Evidence
>>> mathcore.check(my_softmax, "softmax")     # the same checks on any callable: Report
>>> mathcore.models.LogisticRegression()      # the course's models, trained with the derived gradients
>>> mathcore.prove("a^2 >= 0", given="a: real")  # anybody's claim, for every n: Verdict
"""

from typing import TYPE_CHECKING

import lazy_loader

__version__ = "0.2.0"

if TYPE_CHECKING:
    from mathcore import models as models
    from mathcore import numeric as numeric
    from mathcore.conformance.check import check as check
    from mathcore.document.course import read as read
    from mathcore.formulas import load as load
    from mathcore.formulas import names as names
    from mathcore.proving import prove as prove
    from mathcore.verify.run import verify as verify

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["models", "numeric", "verify"],  # `mathcore.verify` is a room and, called, the main job
    submod_attrs={
        "document.course": ["read"],
        "formulas": ["load", "names"],
        "proving": ["prove"],
        "conformance.check": ["check"],
    },
)
__all__ = [*__all__, "__version__"]
