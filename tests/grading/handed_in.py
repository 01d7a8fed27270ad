"""What students hand in, for the tests."""

from mathcore.grading.assignment import Assignment, read
from mathcore.grading.submissions import File, Submission

RIGHT = """
import numpy as np
def relu(x):
    return np.maximum(x, 0)
"""
WRONG = """
import numpy as np
def relu(x):
    return np.abs(x)
"""
SUM = """
```derivation sum
sum(i: s[i])
= sum(i: exp(z[i]) / sum(k: exp(z[k])))
= sum(i: exp(z[i])) / sum(k: exp(z[k]))
= 1
```
"""


def submission(**files: str | bytes) -> Submission:
    """A submission of files: `relu_py="..."` is `relu.py`."""
    found = []
    for name, text in files.items():
        stem, _, end = name.rpartition("_")
        found.append(File(f"{stem}.{end}", text if isinstance(text, bytes) else text.encode()))
    return Submission("ada", tuple(found))


def derivation(show: str = "sum(i: softmax(z)[i]) = 1", more: str = "") -> Assignment:
    return read(f'[[derivation]]\nname = "d"\ncard = "softmax"\npoints = 6\nshow = "{show}"\n{more}\n')


def function(name: str = "relu", more: str = "", top: str = "") -> Assignment:
    return read(f'[assignment]\n{top}\n[[function]]\nname = "{name}"\npoints = 10\n{more}\n')


def page(*lines: str) -> str:
    return "\n".join(["```derivation d", *lines, "```", ""])
