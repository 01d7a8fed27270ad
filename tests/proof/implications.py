"""Implications of a first course in equations, by how they are shown, each with a false one that looks like it."""

from __future__ import annotations

GIVEN = "x, y, a, b: real; p, q: positive; u: unit; n: size; z: real[n]; s: simplex[n]; i, j, k: index[n]"
TRUE = (
    # sums of what is >= 0, which vanish only together
    "x^2 + y^2 = 0 => x = 0",
    "x^2 + y^2 = 0 <=> x = 0 and y = 0",
    "abs(x) + abs(y) = 0 => x = 0",
    "sum(k: z[k]^2) = 0 => z[j] = 0",
    "x < 0 => x^2 + y^2 > 0",
    "x != 0 => x^4 + y^2 > 0",
    "z[j] != 0 => sum(k: z[k]^2) > 0",
    # roots, squared
    "sqrt(x + 2) = x => x + 2 = x^2",
    "sqrt(x) = y => x = y^2",
    "x - 1 = sqrt(x + 5) => (x - 1)^2 = x + 5",
    # cubes
    "x^3 = 8 <=> x = 2",
    "x^3 = -8 <=> x = -2",
    "x^3 = y^3 <=> x = y",
    "x < y => x^3 < y^3",
    # several premises
    "x^2 = 9 and x > 0 => x = 3",
    "x^2 = 9 and x > 0 <=> x = 3",
    "x + y = 3 and x - y = 1 => x = 2",
    "x + y = 3 and x - y = 1 <=> x = 2 and y = 1",
    "i != j and x^3 + x > 0 => x > 0",
    "i != j and sum(k: z[k]^2) = 0 => z[i]^2 + z[j]^2 <= 0 + sum(k: z[k]^2)",
    # few solutions
    "(x - 4)(x + 1) = 0 => x <= 4",
    "x^2 - 3 x - 4 = 0 => x <= 4",
    "x^4 = 1 => x^2 = 1",
    "u (1 - u) = 0 => u^2 = u",
    "abs(x) <= 0 => x = 0",
)
FALSE = (
    "x^2 + y^2 = 1 => x = 0",
    "x^2 - y^2 = 0 => x = 0",
    "abs(x) - abs(y) = 0 => x = 0",
    "sum(k: z[k]) = 0 => z[j] = 0",
    "x < 0 => x^3 + y^2 > 0",
    "x != 0 => x^3 + y^2 > 0",
    "x <= 0 => x^2 + y^2 > 0",
    "z[j] != 0 => sum(k: z[k]^3) > 0",
    "z[j] <= 0 => sum(k: z[k]^2) > 0",
    "sqrt(x + 2) = x => x + 2 = x",
    "sqrt(x) = y => x = y",
    "x - 1 = sqrt(x + 5) => (x - 1)^2 = x - 5",
    "x + 2 = x^2 => sqrt(x + 2) = x",
    "x^3 = 8 <=> x = -2",
    "x^3 = y^3 <=> x = -y",
    "x < y => x^2 < y^2",
    "x^2 = 9 and x < 4 => x = 3",
    "x + y = 3 and x - y = 1 => x = 1",
    "(x - 4)(x + 1) = 0 => x <= 3",
    "x^4 = 1 => x = 1",
    "u (1 - u) = 0 => u = 1",
    "abs(x) <= 1 => x = 0",
)
