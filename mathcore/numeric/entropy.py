"""Shannon entropy: the mean surprisal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from ._arrays import AS_THEY_ARE, check_probabilities, log_of_base, quiet, real_array, result_format, rows_of
from ._sums import scaled_sum

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from ._arrays import Axis


def expected_surprisal(p: NDArray[np.float64], log_q: NDArray[np.float64], divisor: float = 1.0) -> NDArray[np.float64]:
    """-sum(p log q) / divisor for each row, where 0 log 0 = 0."""
    return scaled_sum(lambda c: np.where((p == 0) & (log_q == -np.inf), 0.0, -(p * c) * log_q), divisor)


@quiet
def entropy(p: ArrayLike, *, base: float | None = None, axis: Axis = -1, validate: bool = True) -> Any:
    """Mean surprisal -sum(p log p) in nats, within 6 ULP for any pmf with p <= 1 (float32, float16: 0.51 ULP).

    An entry that rounding left above 1 has a negative surprisal: where it cancels the rest, within 4 u sum|p log p|.

    Parameters
    ----------
    p : array_like
        Probabilities: float16, float32, float64, integers or booleans, of any shape. 0 log 0 = 0.
    base : float, optional
        2 for bits, 10 for hartleys; None for nats.
    axis : int, tuple of int or None
        The axes of the outcomes; None takes all of them.
    validate : bool
        Check that p >= 0 and that rows sum to 1 within min(4 (4 + sqrt n) u, 1/64), u the unit roundoff of the format.
        With False the sum is that of the bits as they are: nothing is normalised.

    Returns
    -------
    numpy.ndarray or numpy scalar
        One value a row, in the float format of `p` (float64 for integers). A nan makes its row nan.

    Raises
    ------
    ValueError
        If `p` is not a pmf, an axis is out of range or empty, or `base` is not positive, is 1 or is not finite.
    TypeError
        If `p` holds anything but real numbers.

    Notes
    -----
    Shannon, *A mathematical theory of communication* (1948), section 6.

    Examples
    --------
    >>> float(entropy([0.5, 0.25, 0.25], base=2))
    1.5
    """
    p = real_array("entropy", "p", p)
    rows = rows_of("entropy", "p", p, axis)
    divisor = log_of_base("entropy", base)
    if validate:
        check_probabilities("entropy", "p", p, rows, axis, AS_THEY_ARE)
    batch = rows.split(p)
    return rows.join_values(expected_surprisal(batch, np.log(batch), divisor), result_format(p))
