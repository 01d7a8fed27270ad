"""An assignment is read as it is meant; what cannot be meant is told with file, table, key, value and remedy."""

import pytest

from mathcore.grading.assignment import DerivationItem, FunctionItem, LawItem, WrongAssignment, load, read
from mathcore.grading.isolation import Level

WHOLE = """
[assignment]
title = "Week 3"
deadline = 2026-12-24T18:00:00
level = "limits only"
seed = 7
effort = "normal"
batches = "required"

[split]
simple = 30
hard = 10

[[function]]
name = "softmax"
points = 10
[[function]]
name = "loss"
card = "mean_squared_error"
points = 2.5
call = "loss(t, y)"
file = "loss.py"
batches = "optional"

[[derivation]]
card = "softmax"
show = "sum(i: s[i]) = 1"
points = 4
least_steps = 3
[[derivation]]
name = "slope"
card = "softmax"
claim = "jacobian"
points = 4

[[law]]
card = "softmax"
points = 3
catches = 5
"""


def test_all_of_it_is_read():
    found = read(WHOLE)
    assert (found.title, found.level, found.seed, found.effort, found.points) == ("Week 3", Level.LIMITS, 7, "normal", 2350)
    assert found.deadline is not None and found.deadline.hour == 18
    assert found.split["simple"] == 30
    softmax, loss, sums, slope, law = found.items
    assert softmax == FunctionItem("softmax", "softmax", 1000, batches="required")
    assert loss == FunctionItem("loss", "mean_squared_error", 250, ("loss.py",), "loss(t, y)")
    assert sums == DerivationItem("sum(i: s[i]) = 1", "softmax", 400, "sum(i: s[i]) = 1", least_steps=3)
    assert slope.show.startswith("D(s[i], z[j]) = ") and slope.least_steps == 2
    assert law == LawItem("law of softmax", "softmax", 300, catches=5)


def function(line: str) -> str:
    return f'[[function]]\nname = "softmax"\npoints = 10\n{line}\n'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "asks for nothing; write a table [[function]]"),
        ("a = [", "is not TOML"),
        ("[[functions]]\n", "[top level] functions is no key of this table; did you mean function?"),
        ("[function]\n", "function must be a table; write [[function]]"),
        ("assignment = 3\n", "assignment must be a table; write [assignment]"),
        (function("poinst = 3"), "[function 1] poinst is no key of this table; did you mean points?"),
        ('[[function]]\nname = "softmax"\n', "[function 1] points is missing; write points = 10"),
        ("[[function]]\npoints = 1\n", '[function 1] name is missing; write name = "..."'),
        ('[[function]]\nname = "softmax"\npoints = "10"\n', "points = '10' must be a number above 0"),
        ('[[function]]\nname = "softmax"\npoints = 1.005\n', "points = 1.005 has more than two decimals"),
        ('[[function]]\nname = "softmax"\npoints = nan\n', "points = nan must be a number above 0"),
        (function('card = "sotfmax"'), "card = 'sotfmax' is not known; did you mean 'softmax'?"),
        (function('card = "adam_bound"'), "card = 'adam_bound' is about no function"),
        (function('batches = "yes"'), "batches = 'yes' is not known; choose one of 'optional', 'required'"),
        (function("file = 3"), 'file = 3 must be a pattern or a list of patterns; write file = "*.py"'),
        (function('call = "softmax(z"'), "call: 'softmax(z' is no call"),
        ('[[function]]\nname = "a b"\npoints = 1\n', "name = 'a b' must be the name of a Python function"),
        (function("") + function(""), "two items are named 'softmax'"),
        ('[assignment]\nlevel = "landlok"\n' + function(""), "level = 'landlok' is not known; did you mean 'landlock'?"),
        ('[assignment]\nseed = "x"\n' + function(""), "[assignment] seed = 'x' must be a whole number, 0 or more"),
        ('[assignment]\ndeadline = "soon"\n' + function(""), "deadline = 'soon' must be a date"),
        ("[split]\nsimple = 1\n" + function(""), "[split] the shares make 76; let them make 100"),
        ('[[derivation]]\ncard = "softmax"\npoints = 1\n', "[derivation 1] show or claim is needed"),
        ('[[derivation]]\ncard = "softmax"\npoints = 1\nclaim = "jacobean"\n', "did you mean 'jacobian'?"),
        ('[[derivation]]\ncard = "softmax"\npoints = 1\nshow = "sum(i: s[i])"\n', "is no statement; write a relation"),
        ('[[derivation]]\ncard = "softmax"\npoints = 1\nshow = "s[i] = foo(z)"\n', "show = 's[i] = foo(z)': foo is no function"),
        ('[[derivation]]\ncard = "softmax"\npoints = 1\nshow = "1 = 1"\ngiven = "q: reel"\n', "given = 'q: reel'"),
    ],
)
def test_what_cannot_be_meant_is_told_with_a_remedy(text, said):
    with pytest.raises(WrongAssignment) as error:
        read(text, "course.toml")
    assert str(error.value).startswith("course.toml: ") and said in str(error.value)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    with pytest.raises(WrongAssignment, match="cannot be read"):
        load(tmp_path / "none.toml")
    (tmp_path / "bad.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(WrongAssignment, match="is not UTF-8"):
        load(tmp_path / "bad.toml")


def test_the_digest_of_an_item_speaks_of_all_that_decides_its_points():
    first, same = read(WHOLE), read(WHOLE.replace('title = "Week 3"', 'title = "Week 4"'))
    softmax = first.items[0]
    assert first.digest(softmax) == same.digest(softmax)
    for old, new in (
        ("seed = 7", "seed = 8"),
        ("simple = 30\nhard = 10", "simple = 29\nhard = 11"),
        ("points = 10", "points = 9"),
    ):
        other = read(WHOLE.replace(old, new))
        assert first.digest(softmax) != other.digest(other.items[0])
    other = read(WHOLE.replace("catches = 5", "catches = 6"))
    assert first.digest(softmax) == other.digest(other.items[0])
    assert first.digest(first.items[-1]) != other.digest(other.items[-1])
