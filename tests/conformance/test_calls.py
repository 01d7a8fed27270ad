"""A call as its author writes it: read, never run; and the arrays of other libraries."""

import numpy as np
import pytest

from mathcore.conformance.calls import LONGEST, NoBackend, WrongTemplate, as_numpy, backend, template

Z, T, ETA = np.array([1.0, 2.0]), np.array([0.0, 1.0]), np.float64(0.5)


def made(text, letters=("t", "z"), inputs=(T, Z), axis=-1):
    return template(text, letters).arguments(list(inputs), axis)


def test_inputs_stand_in_any_order_under_their_letters():
    given, more = made("f(z, t)")
    assert given[0] is Z
    assert given[1] is T
    assert more == {}


def test_inputs_are_passed_by_keyword():
    given, more = made("f(labels=t, scores=z)")
    assert given == []
    assert more["labels"] is T
    assert more["scores"] is Z


def test_the_axis_is_passed_where_the_call_names_it():
    assert made("f(z, dim=axis)", axis=1)[1] == {"dim": 1}
    assert made("f(z, axis)", axis=0)[0][1] == 0
    assert template("f(z, dim=axis)", ("z",)).takes_axis
    assert template("f(z, axis)", ("z",)).takes_axis
    assert not template("f(z, dim=-1)", ("z",)).takes_axis


def test_a_part_of_the_result_is_asked_for():
    assert template("f(z)[1]", ("z",)).part == 1
    assert template("f(z)", ("z",)).part is None


@pytest.mark.parametrize("literal", ["0.5", "-1", "'mean'", "True", "None", "(0, 1)", "[1.0, 2.0]", "{'a': 1}"])
def test_literals_are_passed_as_they_are(literal):
    given, more = made(f"f(z, {literal}, reduction={literal})")
    assert given[1] == eval(literal)
    assert more["reduction"] == eval(literal)


@pytest.mark.parametrize(
    ("text", "right"),
    [("-z", -Z), ("list(z)", [1.0, 2.0]), ("tuple(z)", (1.0, 2.0)), ("array(z)", Z)],
)
def test_an_input_may_be_turned_in_sign_or_passed_as_another_kind(text, right):
    found = made(f"f({text}, key={text})")
    for value in (found[0][0], found[1]["key"]):
        assert type(value) is type(right)
        assert list(value) == list(right)


def test_a_number_may_be_passed_as_pythons_own():
    given, _ = made("f(float(eta), int(n))", ("eta", "n"), (ETA, np.float64(3.0)))
    assert [type(v) for v in given] == [float, int]
    assert given == [0.5, 3]


def test_names_that_are_no_letters_stand_for_the_letters_left_in_order():
    given, _ = made("f(labels, z)")
    assert given[0] is T
    given, _ = made("f(labels, scores, axis=axis)")
    assert given[0] is T
    assert given[1] is Z
    given, _ = made("f(first, t)")
    assert given[0] is Z


REFUSED = [
    "__import__('os').system('x')",
    "f(__import__('os').system('x'))",
    "f(*z)",
    "f(**z)",
    "f(z.T)",
    "z.f(z)",
    "f(lambda: z)",
    "f(g(z))",
    "f(float(float(z)))",
    "f(float(z, 1))",
    "f(exec('x'))",
    "f(z)(z)",
    "f(z) + f(z)",
    "f(z), f(z)",
    "f(z); f(z)",
    "f(z[0])",
    "f(-(-z))",
    "f(z)[i]",
    "f(z)[0][1]",
    "f(z)[0:1]",
    "f(z := 1)",
    "f([v for v in z])",
    "f(f'{z}')",
    "z",
    "",
    " ",
    "f(",
    "\0",
    "f(" + "(" * 300 + "z",
]


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: text[:24] or "empty")
def test_what_is_no_plain_call_is_refused(text):
    with pytest.raises(WrongTemplate, match="--call"):
        template(text, ("t", "z"))


def test_too_many_names_are_refused_and_the_letters_are_named():
    with pytest.raises(WrongTemplate, match=r"names 3 inputs, and the card has 2: t, z"):
        template("f(a, b, c)", ("t", "z"))


@pytest.mark.parametrize("text", ["f(" + "-" * 10**6 + "z)", "f(z" + ", 0" * 10**5, "x" * 10**6, "(" * 10**6])
def test_a_text_of_a_million_characters_is_refused_briefly(text):
    with pytest.raises(WrongTemplate) as refused:
        template(text, ("z",))
    assert len(str(refused.value)) < 500


def test_a_longest_call_is_read_and_a_longer_one_is_not():
    assert template("f(z, '" + "x" * (LONGEST - 8) + "')", ("z",)).positional[0] == 0
    with pytest.raises(WrongTemplate, match="characters"):
        template("f(z, '" + "x" * (LONGEST - 7) + "')", ("z",))


def test_a_call_is_read_and_never_run(tmp_path):
    place = tmp_path / "written"
    for text in (f"f(open({str(place)!r}, 'w'))", f"f(list(open({str(place)!r}, 'w')))"):
        with pytest.raises(WrongTemplate):
            template(text, ("z",)).arguments([Z], -1)
    assert template(f"open({str(place)!r}, 'w')", ("z",)).arguments([Z], -1) == ([str(place), "w"], {})  # arguments of f
    assert not place.exists()


# other libraries ----------------------------------------------------------------------------------------------------------


def test_numpys_arrays_stay_what_they_are():
    assert backend("numpy")(Z).tolist() == Z.tolist()
    assert backend("numpy")("mean") == "mean"


def test_arrays_of_the_standard_are_made_and_read_back():
    pytest.importorskip("array_api_strict")
    made = backend("array-api")(np.flip(Z))
    assert type(made).__module__.startswith("array_api_strict")
    assert np.asarray(made).tolist() == [2.0, 1.0]
    assert backend("array-api")(3) == 3


def test_an_unknown_library_is_refused_with_the_known_ones():
    with pytest.raises(NoBackend, match="choose one of numpy, torch, jax, array-api"):
        backend("cupy")


def test_an_absent_library_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr("mathcore.conformance.calls.BACKENDS", {"absent": ("no_such_library.numpy", "asarray")})
    with pytest.raises(NoBackend, match=r"pip install no_such_library$"):
        backend("absent")


class Tensor:
    """What torch's tensors offer."""

    def __init__(self, steps=()):
        self.steps = steps

    def detach(self):
        return Tensor((*self.steps, "detach"))

    def cpu(self):
        return Tensor((*self.steps, "cpu"))

    def numpy(self):
        return (*self.steps, "numpy")


def test_a_tensor_is_detached_and_brought_to_the_cpu():
    assert as_numpy(Tensor()) == ("detach", "cpu", "numpy")
    assert as_numpy(Z) is Z
