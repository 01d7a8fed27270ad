"""What `mathcore new` writes: a page, a numeric function and mistakes that hold as they stand, to be changed line by line."""

from __future__ import annotations

SCALAR_PAGE = """# NAME_IN_WORDS

Say here in two to four sentences what the formula is for, and who needs it. This template states a bell: 1 at 0, falling to 0
on both sides. Change it line by line; ``mathcore verify NAME`` says after each change what still holds.

```formula
given    x: real
define   NAME(x) = 1 / (1 + x^2)
numeric  mathcore.numeric.NAME
units    a number without unit
topic    other
```

At 2 the square is 4, and 1 over 5 is 0.2:

```examples
NAME(0) = 1
NAME(2) = 0.2
NAME(-1/2) = 0.8
```

## It is positive

```derivation positive
NAME(x)
= 1 / (1 + x^2)
    the definition
> 0
    [terms 1 / (1 + x^2)] a square is not negative, so the denominator is at least 1
```

## The slope

```derivation slope
D(NAME(x), x)
= D(1 / (1 + x^2), x)
    the definition
= -2 x / (1 + x^2)^2
    the chain rule: `1 / y` has the slope `-1 / y^2`, and `x^2` the slope `2 x`
```

## Laws

Every implementation has to keep them, within the rounding that its accuracy allows.

```laws
lies between 0 and 1: 0 <= NAME(x) <= 1  # a value lies outside [0, 1]
is even: NAME(-x) = NAME(x)  # the sign of `x` makes a difference
```

## What is false

```false
NAME(x) >= 1 / 2  # true only for `x` from -1 to 1
```

## Mistakes and accuracy

Wrong versions that the checks must catch, and the bars in units in the last place.

```mistakes
without_the_square
with_the_sign_changed
overflowing
twice
```

```accuracy
float64  3
float32  0.51
float16  0.51
```

## Exercises

1. Where is the slope steepest?

   > Where its own slope is 0: at `x = 1 / sqrt(3)` and at its mirror image.

## What is not verified

* What the formula is good for.

## References

* Say where the formula comes from.
"""

SCALAR_NUMERIC = '''"""NAME_IN_WORDS: say in a line what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._space import space

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._space import Space


def NAME(x: ArrayLike) -> Any:
    """1 / (1 + x^2), within 3 ULP for any finite input (float32, float16: 0.51 ULP): an overflow of x^2 gives the right 0.

    Parameters
    ----------
    x : array_like
        float16, float32, float64, integers or booleans, of any shape.

    Returns
    -------
    numpy.ndarray or numpy scalar
        The shape of `x`, in its float format (float64 for integers). 0 at -inf and +inf, nan at nan.

    Raises
    ------
    TypeError
        If `x` holds anything but real numbers.
    """
    return space("NAME", x=x).by_entry(_NAME, "x")


def _NAME(space: Space, x: Any) -> Any:
    # far out the small form keeps the digits that 1 + x^2 loses to overflow
    far = abs(x) > space.largest**0.45
    near = space.where(far, 0.0, x)
    inverse = 1 / space.where(far, x, 1.0)
    return space.where(far, inverse * inverse, 1 / (1 + near * near))
'''

SCALAR_MISTAKES = '''"""Wrong versions of NAME_IN_WORDS."""

import numpy as np


def without_the_square(x):
    """Takes |x| for x^2."""
    return 1 / (1 + np.abs(x))


@np.errstate(all="ignore")
def with_the_sign_changed(x):
    """Subtracts the square: it has poles at -1 and 1."""
    return 1 / (1 - np.square(x))


@np.errstate(all="ignore")
def overflowing(x):
    """Takes exp of the logarithm: digits are lost far out."""
    return np.exp(-np.log1p(np.square(x)))


def twice(x):
    """Is twice as large: 2 at 0."""
    return 2 / (1 + np.square(np.asarray(x, dtype=float)))
'''

VECTOR_PAGE = """# NAME_IN_WORDS

Say here in two to four sentences what the formula is for, and who needs it. This template states the spread of a list of
numbers: the largest minus the smallest. Change it line by line; ``mathcore verify NAME`` says what still holds.

```formula
given    n: size; z: real[n]; c: real; k: index[n]
define   NAME(z) = max(k: z[k]) + max(k: -z[k])
numeric  mathcore.numeric.NAME
units    the unit of `z`
topic    other
```

Of 1, 4 and 2 the largest is 4 and the smallest 1, so the spread is 3:

```examples
NAME([1, 4, 2]) = 3
NAME([-2, 5]) = 7
NAME([3]) = 0
```

## A shift changes nothing

```derivation shift
NAME(vector(k: z[k] + c))
= max(k: z[k] + c) + max(k: -(z[k] + c))
    the definition, for the shifted numbers
= max(k: z[k]) + max(k: -z[k])
    `c` leaves the first maximum with its sign and the second one with the other
= NAME(z)
    the definition, read backwards
```

## Laws

Every implementation has to keep them, within the rounding that its accuracy allows.

```laws
is not negative: NAME(z) >= 0  # the largest is below the smallest
ignores a common sign: NAME(vector(k: -z[k])) = NAME(z)  # turning all signs round changes it
```

## What is false

```false
NAME(vector(k: 2 z[k])) = NAME(z)  # a factor is kept
```

## Mistakes and accuracy

Wrong versions that the checks must catch, and the bars in units in the last place.

```mistakes
largest_alone
of_sizes
first_and_last
half
```

```accuracy
float64  0.5
float32  0.51
float16  0.51
```

## Exercises

1. What is the spread of a single number?

   > 0: it is the largest and the smallest.

## What is not verified

* What the formula is good for.

## References

* Say where the formula comes from.
"""

VECTOR_NUMERIC = '''"""NAME_IN_WORDS: say in a line what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._space import VALUE, space

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from ._arrays import Axis
    from ._space import Space


def NAME(z: ArrayLike, *, axis: Axis = -1) -> Any:
    """max(z) - min(z), correctly rounded for any finite input.

    Parameters
    ----------
    z : array_like
        float16, float32, float64, integers or booleans, of any shape.
    axis : int, tuple of int or None
        The axes of a list; None takes all of them.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the float format of `z` (float64 for integers). A nan makes its row nan.

    Raises
    ------
    ValueError
        If an axis is out of range or empty.
    TypeError
        If `z` holds anything but real numbers.
    """
    call = space("NAME", z=z)
    call.along("z", axis)
    return call.by_row(_NAME, "z", gives=(VALUE,))


def _NAME(row: Space, z: Any) -> Any:
    return row.max(z) - row.min(z)
'''

VECTOR_MISTAKES = '''"""Wrong versions of NAME_IN_WORDS."""

import numpy as np


def largest_alone(z):
    """Forgets the smallest."""
    return np.max(z, axis=-1)


def of_sizes(z):
    """Takes the absolute values first."""
    return np.ptp(np.abs(z), axis=-1)


def first_and_last(z):
    """Takes the last minus the first, as if the list were sorted."""
    z = np.asarray(z)
    return z[..., -1] - z[..., 0]


def half(z):
    """Is half as large."""
    return np.ptp(np.asarray(z, dtype=float), axis=-1) / 2
'''


def files(name: str, *, vector: bool = False, function: bool = True) -> dict[str, str]:
    """The files of a new formula by their place in the package."""
    page, numeric, mistakes = (
        (VECTOR_PAGE, VECTOR_NUMERIC, VECTOR_MISTAKES) if vector else (SCALAR_PAGE, SCALAR_NUMERIC, SCALAR_MISTAKES)
    )
    if not function:
        page = _without_function(page)
    places = {f"formulas/{name}.md": page}
    if function:
        places |= {f"numeric/{name}.py": numeric, f"mistakes/{name}.py": mistakes}
    words = name.replace("_", " ").capitalize()
    return {place: text.replace("NAME_IN_WORDS", words).replace("NAME", name) for place, text in places.items()}


def _without_function(page: str) -> str:
    """A page about something that is no function of floats: two false claims in the place of mistakes and laws."""
    before, _, rest = page.partition("## Laws")
    false = rest[rest.index("## What is false") : rest.index("## Mistakes and accuracy")]
    end = rest[rest.index("## Exercises") :]
    second = "NAME(x) <= 1 / 2" if "NAME(x)" in page else "NAME(z) = 0"
    false = false.replace("```false\n", f"```false\n{second}  # say for which values it is true\n")
    return (before + false + end).replace("numeric  mathcore.numeric.NAME", "about    what the page explains")
