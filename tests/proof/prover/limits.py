# a limit is one line
"""Limits of sequences and functions as lessons on deep learning, analysis and algorithms state them, and near misses.

`python -m tests.proof.prover.limits` prints the rates; with `--labels` sympy's Gruntz is asked about every one that it can read.
What is true and what is false was decided by hand, and by Gruntz where there are no parameters: never by the prover.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter

from mathcore.formulas import LIBRARY
from mathcore.language import tree as t
from mathcore.language.parser import FormulaError
from mathcore.language.sympy_bridge import limit as by_gruntz
from mathcore.proof.deadline import OutOfTime, limited
from mathcore.proof.kernel.normal import Facts, Normal
from mathcore.proof.kernel.numbers import sign_of_number
from mathcore.proof.kernel.polynomial import Poly
from mathcore.proof.prover.declared import from_text
from mathcore.proof.scope import text_of
from mathcore.proving import prove

R, V, N = "x: real", "v: positive", "n: natural"

TRUE = (
    (
        "huge constants",
        N,
        """
        lim(n -> inf: n / (n + 10^5)) = 1
        lim(n -> inf: log(n)^8 / n) = 0
        lim(n -> inf: (1 + 1000 / n)^n) = exp(1000)
        lim(n -> inf: (1001 / 1000)^n / n^3) = inf
        lim(n -> inf: 1 / log(log(n + 3))) = 0
        lim(n -> inf: n^100 / 2^n) = 0
        lim(n -> inf: (10^9 n + 1) / n^2) = 0
        lim(n -> inf: n^2 - 10^12 n) = inf
        lim(n -> inf: log(n) / n^(1 / 100)) = 0
        lim(n -> inf: (999 / 1000)^n n^50) = 0
        lim(n -> inf: 1000^n / n^n) = 0
        lim(n -> inf: n / 10^8 - log(n)) = inf
        lim(n -> inf: (n + 10^20) / (2 n - 10^20)) = 1 / 2
        lim(n -> inf: log(log(n + 2))) = inf
        lim(n -> inf: log(n + 10^6) - log(n)) = 0
        lim(n -> inf: 10^6 / sqrt(n)) = 0
        lim(n -> inf: exp(-n / 10^6) n) = 0
    """,
    ),
    (
        "huge constants",
        R,
        """
        lim(x -> inf: sqrt(x - 10^20)) = inf
        lim(x -> 0+: x^(1 / 1000) log(x)) = 0
        lim(x -> inf: x^(1 / 1000) / log(x)) = inf
        lim(x -> inf: x / exp(x / 10^6)) = 0
        lim(x -> inf: log(x)^10 / sqrt(x)) = 0
        lim(x -> inf: (x + 10^10) / x) = 1
        lim(x -> inf: x - 10^9 log(x)) = inf
        lim(x -> 0+: x^(1 / 50)) = 0
        lim(x -> -inf: exp(x / 10^6)) = 0
        lim(x -> inf: log(log(x)) / log(x)) = 0
        lim(x -> inf: log(x^2 + 10^20) / log(x)) = 2
        lim(x -> 0: (x + 10^(-30)) / 10^(-30)) = 1
        lim(x -> inf: exp(x) - 10^30 x^3) = inf
        lim(x -> inf: 1 / (1 + exp(10^5 - x))) = 1
        lim(x -> 0+: exp(-1 / x) / x^20) = 0
    """,
    ),
    (
        "activations",
        R,
        """
        lim(x -> inf: log(1 + exp(x)) - x) = 0
        lim(x -> -inf: log(1 + exp(x))) = 0
        lim(x -> inf: log(1 + exp(x)) / x) = 1
        lim(x -> -inf: log(1 + exp(x)) / exp(x)) = 1
        lim(x -> inf: 1 / (1 + exp(-x))) = 1
        lim(x -> -inf: 1 / (1 + exp(-x))) = 0
        lim(x -> inf: exp(x) (1 - 1 / (1 + exp(-x)))) = 1
        lim(x -> -inf: exp(-x) / (1 + exp(-x))) = 1
        lim(x -> inf: (exp(x) - exp(-x)) / (exp(x) + exp(-x))) = 1
        lim(x -> -inf: (exp(x) - exp(-x)) / (exp(x) + exp(-x))) = -1
        lim(x -> 0: (exp(x) - exp(-x)) / (exp(x) + exp(-x)) / x) = 1
        lim(x -> -inf: x / (1 + exp(-x))) = 0
        lim(x -> inf: x / (1 + exp(-x)) - x) = 0
        lim(x -> inf: x / (1 + exp(-x)) / x) = 1
        lim(x -> 0: (1 / (1 + exp(-x)) - 1 / 2) / x) = 1 / 4
        lim(x -> 0: (log(1 + exp(x)) - log(2)) / x) = 1 / 2
        lim(x -> 0: (log(1 + exp(x)) - log(2) - x / 2) / x^2) = 1 / 8
        lim(x -> inf: log(1 / (1 + exp(-x)))) = 0
        lim(x -> -inf: log(1 / (1 + exp(-x)))) = -inf
        lim(x -> -inf: log(1 / (1 + exp(-x))) - x) = 0
        lim(x -> inf: max(0, x) / x) = 1
        lim(x -> -inf: max(0, x)) = 0
        lim(x -> inf: log(1 + exp(x)) - max(x, 0)) = 0
        lim(x -> -inf: max(x, x / 100) / x) = 1 / 100
        lim(x -> -inf: exp(x) - 1) = -1
        lim(x -> inf: x erfc(-x / sqrt(2)) / 2 - x) = 0
        lim(x -> -inf: x erfc(-x / sqrt(2)) / 2) = 0
        lim(x -> inf: erfc(x)) = 0
        lim(x -> -inf: erfc(x)) = 2
        lim(x -> inf: x / sqrt(1 + x^2)) = 1
        lim(x -> -inf: x / sqrt(1 + x^2)) = -1
        lim(x -> inf: x / (1 + abs(x))) = 1
        lim(x -> -inf: x / (1 + abs(x))) = -1
        lim(x -> inf: exp(-x) / (1 + exp(-x))^2) = 0
        lim(x -> inf: 4 exp(2 x) / (exp(x) + exp(-x))^2) = 4
        lim(x -> inf: log((exp(x) + exp(-x)) / 2) - x) = -log(2)
        lim(x -> 0: log((exp(x) + exp(-x)) / 2) / x^2) = 1 / 2
        lim(x -> inf: step(x)) = 1
        lim(x -> -inf: step(x)) = 0
        lim(x -> 0+: step(x)) = 1
        lim(x -> 0-: step(x)) = 0
    """,
    ),
    (
        "elementary",
        R,
        """
        lim(x -> 0: log(1 + x) / x) = 1
        lim(x -> 0: (exp(x) - 1) / x) = 1
        lim(x -> 0: (exp(x) - 1 - x) / x^2) = 1 / 2
        lim(x -> 0: (log(1 + x) - x) / x^2) = -1 / 2
        lim(x -> 0: (exp(x) - 1 - x - x^2 / 2) / x^3) = 1 / 6
        lim(x -> 0: (exp(x) - exp(-x)) / x) = 2
        lim(x -> 0: (exp(x) + exp(-x) - 2) / x^2) = 1
        lim(x -> 0: (2^x - 1) / x) = log(2)
        lim(x -> 0: (3^x - 2^x) / x) = log(3 / 2)
        lim(x -> 0: (sqrt(1 + x) - 1) / x) = 1 / 2
        lim(x -> 0: (sqrt(1 + x) - sqrt(1 - x)) / x) = 1
        lim(x -> 1: (x^2 - 1) / (x - 1)) = 2
        lim(x -> 2: (x^3 - 8) / (x - 2)) = 12
        lim(x -> 1: log(x) / (x - 1)) = 1
        lim(x -> 4: (sqrt(x) - 2) / (x - 4)) = 1 / 4
        lim(x -> 1: (x^5 - 1) / (x^3 - 1)) = 5 / 3
        lim(x -> 0: x / (exp(x) - 1)) = 1
        lim(x -> 0: 1 / x - 1 / (exp(x) - 1)) = 1 / 2
        lim(x -> 0: 1 / log(1 + x) - 1 / x) = 1 / 2
        lim(x -> 1: 1 / log(x) - 1 / (x - 1)) = 1 / 2
        lim(x -> 0: (1 + x)^(1 / x)) = exp(1)
        lim(x -> 0: (exp(x) + x)^(1 / x)) = exp(2)
        lim(x -> 0: ((2^x + 3^x) / 2)^(1 / x)) = sqrt(6)
        lim(x -> 0: ((1 + x)^(1 / x) - exp(1)) / x) = -exp(1) / 2
        lim(x -> 3: x^2 - 2 x) = 3
        lim(x -> 0: abs(x)) = 0
        lim(x -> 0+: abs(x) / x) = 1
        lim(x -> 0-: abs(x) / x) = -1
        lim(x -> 0+: 1 / x) = inf
        lim(x -> 0-: 1 / x) = -inf
        lim(x -> 0: 1 / x^2) = inf
        lim(x -> 1+: 1 / (x - 1)) = inf
        lim(x -> 1-: 1 / (x - 1)) = -inf
        lim(x -> 2-: x / (x - 2)) = -inf
        lim(x -> 0: exp(-1 / x^2)) = 0
        lim(x -> 0-: exp(1 / x)) = 0
        lim(x -> 0+: exp(1 / x)) = inf
        lim(x -> 0-: 1 / (1 + exp(1 / x))) = 1
        lim(x -> 0+: 1 / (1 + exp(1 / x))) = 0
        lim(x -> 0: exp(-1 / x^2) / x^4) = 0
        lim(x -> 0: x^2 log(x^2)) = 0
        lim(x -> 0: (x - log(1 + x)) / (exp(x) - 1 - x)) = 1
        lim(x -> 1: (x^x - 1) / (x - 1)) = 1
        lim(x -> 0: max(x, -x)) = 0
        lim(x -> 1: max(x, 2 - x)) = 1
        lim(x -> 0: x / sqrt(x^2)  * x) = 0
        lim(x -> -2: (x^2 - 4) / (x + 2)) = -4
        lim(x -> 0: 5) = 5
    """,
    ),
    (
        "growth",
        R,
        """
        lim(x -> inf: x^5 / exp(x)) = 0
        lim(x -> inf: log(x) / x) = 0
        lim(x -> inf: log(x) / sqrt(x)) = 0
        lim(x -> inf: exp(x) / x^10) = inf
        lim(x -> inf: x exp(-x)) = 0
        lim(x -> -inf: x exp(x)) = 0
        lim(x -> -inf: x^2 exp(x)) = 0
        lim(x -> inf: x^(1 / x)) = 1
        lim(x -> inf: (x^2 + 3 x) / (2 x^2 - 1)) = 1 / 2
        lim(x -> inf: (3 x + 1) / (x^2 + 1)) = 0
        lim(x -> -inf: (x^3 + 1) / (x^2 + 1)) = -inf
        lim(x -> inf: sqrt(x^2 + x) - x) = 1 / 2
        lim(x -> -inf: sqrt(x^2 + x) + x) = -1 / 2
        lim(x -> inf: sqrt(x + 1) - sqrt(x)) = 0
        lim(x -> inf: sqrt(x) (sqrt(x + 1) - sqrt(x))) = 1 / 2
        lim(x -> inf: sqrt(x + sqrt(x)) - sqrt(x)) = 1 / 2
        lim(x -> inf: sqrt(x + sqrt(x + sqrt(x))) - sqrt(x)) = 1 / 2
        lim(x -> inf: x (sqrt(x^2 + 1) - x)) = 1 / 2
        lim(x -> inf: (x^3 + x^2)^(1 / 3) - x) = 1 / 3
        lim(x -> inf: log(x + 1) - log(x)) = 0
        lim(x -> inf: x log(1 + 1 / x)) = 1
        lim(x -> inf: x (log(x + 3) - log(x))) = 3
        lim(x -> inf: x^2 (log(1 + 1 / x) - 1 / x)) = -1 / 2
        lim(x -> inf: x - x^2 log(1 + 1 / x)) = 1 / 2
        lim(x -> inf: (1 + 1 / x)^x) = exp(1)
        lim(x -> inf: (1 + 2 / x)^(3 x)) = exp(6)
        lim(x -> inf: (1 - 1 / x)^x) = exp(-1)
        lim(x -> inf: ((x + 1) / (x - 1))^x) = exp(2)
        lim(x -> inf: (1 + 1 / x^2)^x) = 1
        lim(x -> inf: (1 + 1 / x)^(x^2)) = inf
        lim(x -> inf: (1 + 1 / x)^(x^2) exp(-x)) = exp(-1 / 2)
        lim(x -> inf: x ((1 + 1 / x)^x - exp(1))) = -exp(1) / 2
        lim(x -> inf: exp(x + exp(-x)) - exp(x)) = 1
        lim(x -> inf: exp(x) (exp(1 / x - exp(-x)) - exp(1 / x))) = -1
        lim(x -> inf: exp(exp(x)) / exp(exp(x - exp(-exp(x))))) = 1
        lim(x -> inf: exp(exp(x) - x) / exp(exp(x / 2))) = inf
        lim(x -> inf: exp(x) / exp(x^2)) = 0
        lim(x -> inf: x^x / exp(x)) = inf
        lim(x -> inf: exp(sqrt(x)) / x^20) = inf
        lim(x -> inf: exp(sqrt(log(x))) / x) = 0
        lim(x -> inf: log(x)^log(x) / x) = inf
        lim(x -> inf: x^(log(log(x)) / log(x)) / log(x)) = 1
        lim(x -> inf: exp(log(x)^2) / x^5) = inf
        lim(x -> inf: log(log(x)) / sqrt(log(x))) = 0
        lim(x -> inf: log(x + exp(x)) / x) = 1
        lim(x -> inf: log(x + exp(x)) - x) = 0
        lim(x -> inf: log(exp(x) + exp(2 x)) - 2 x) = 0
        lim(x -> inf: (2^x + 3^x)^(1 / x)) = 3
        lim(x -> -inf: (2^x + 3^x)^(1 / x)) = 2
        lim(x -> inf: (exp(x) + x)^(1 / x)) = exp(1)
        lim(x -> inf: (x^2 + 1)^(1 / log(x))) = exp(2)
        lim(x -> inf: 2^x / 3^x) = 0
        lim(x -> -inf: 2^x) = 0
        lim(x -> -inf: exp(-x) / x^4) = inf
        lim(x -> inf: log(log(x^2)) - log(log(x))) = log(2)
        lim(x -> inf: log(x) (log(log(x) + 1) - log(log(x)))) = 1
        lim(x -> inf: max(x, log(x)^9) / x) = 1
        lim(x -> inf: min(exp(x), x^100) / x^100) = 1
        lim(x -> inf: abs(3 - x) / x) = 1
        lim(x -> -inf: abs(x) / x) = -1
        lim(x -> inf: log2(x) / log(x)) = 1 / log(2)
        lim(x -> inf: log10(x) / log2(x)) = log(2) / log(10)
        lim(x -> inf: exp(-x) / exp(-x^2)) = inf
        lim(x -> inf: (exp(x) + x) / (exp(x) - x)) = 1
        lim(x -> inf: exp(-x^2) / erfc(x) / x) = sqrt(pi)
        lim(x -> inf: sqrt(x^4 + x^3) - x^2 - x / 2) = -1 / 8
        lim(x -> inf: x^3 / (x^2 + 1) - x) = 0
        lim(x -> inf: (x + 1)^2 / x - x) = 2
    """,
    ),
    (
        "positive numbers",
        V,
        """
        lim(v -> 0+: v log(v)) = 0
        lim(v -> 0+: v log(v)^2) = 0
        lim(v -> 0+: sqrt(v) log(v)) = 0
        lim(v -> 0+: log(v)) = -inf
        lim(v -> 0+: -log(v)) = inf
        lim(v -> 0+: v^v) = 1
        lim(v -> 0+: v^(v^2)) = 1
        lim(v -> 0+: (v^v - 1) / (v log(v))) = 1
        lim(v -> 0+: v^(v^v)) = 0
        lim(v -> 0+: v^(1 / log(v))) = exp(1)
        lim(v -> 0+: log(v) / (1 / v)) = 0
        lim(v -> 0+: (1 + 1 / v)^v) = 1
        lim(v -> 0+: exp(-1 / v)) = 0
        lim(v -> 0+: exp(-1 / v) / v^3) = 0
        lim(v -> 0+: v exp(1 / v)) = inf
        lim(v -> 0+: -v log(v) - (1 - v) log(1 - v)) = 0
        lim(v -> 0+: (-v log(v) - (1 - v) log(1 - v)) / v) = inf
        lim(v -> 0+: (-v log(v) - (1 - v) log(1 - v)) / (v log(1 / v))) = 1
        lim(v -> 1-: -v log(v) - (1 - v) log(1 - v)) = 0
        lim(v -> 0+: log(v) + 1 / v) = inf
        lim(v -> 0+: sqrt(v) / v) = inf
        lim(v -> 0+: log(1 + 1 / v) + log(v)) = 0
        lim(v -> inf: v log(1 + 1 / v)) = 1
        lim(v -> inf: v^(1 / v)) = 1
        lim(v -> inf: log(v) - v) = -inf
        lim(v -> inf: v (1 - exp(-1 / v))) = 1
        lim(v -> inf: v^2 (exp(1 / v) + exp(-1 / v) - 2)) = 1
        lim(v -> inf: (1 - exp(-v)) / v) = 0
        lim(v -> 0+: (1 - exp(-v)) / v) = 1
        lim(v -> inf: v (2^(1 / v) - 1)) = log(2)
        lim(v -> 1: (v - 1 - log(v)) / (v - 1)^2) = 1 / 2
        lim(v -> 1: (v log(v) - v + 1) / (v - 1)^2) = 1 / 2
        lim(v -> inf: v log(v) - v) = inf
        lim(v -> 0+: v log(v) - v) = 0
        lim(v -> 0+: 1 / (v log(v)^2)) = inf
        lim(v -> 0+: (log(v) - log(2 v)) / 1) = -log(2)
        lim(v -> 0+: log(log(1 / v)) / log(1 / v)) = 0
        lim(v -> 0+: v log(log(1 / v))) = 0
        lim(v -> 0+: log(v) / log(v + v^2)) = 1
    """,
    ),
    (
        "sequences",
        N,
        """
        lim(n -> inf: n^(1 / n)) = 1
        lim(n -> inf: (n^2)^(1 / n)) = 1
        lim(n -> inf: log(n) / n) = 0
        lim(n -> inf: n / 2^n) = 0
        lim(n -> inf: n^3 / 3^n) = 0
        lim(n -> inf: 2^n / 3^n) = 0
        lim(n -> inf: (2^n + 3^n)^(1 / n)) = 3
        lim(n -> inf: (2^n + 1) / (2^n - 1)) = 1
        lim(n -> inf: (2 / 3)^n) = 0
        lim(n -> inf: (-1 / 2)^n) = 0
        lim(n -> inf: n (-1 / 2)^n) = 0
        lim(n -> inf: (-1)^n / n) = 0
        lim(n -> inf: 1 + (-1)^n / (n + 1)) = 1
        lim(n -> inf: 1 - (9 / 10)^n) = 1
        lim(n -> inf: (1 - (1 / 2)^n) / (1 - 1 / 2)) = 2
        lim(n -> inf: (1 + 1 / n)^n) = exp(1)
        lim(n -> inf: (1 + 1 / n)^(n + 5)) = exp(1)
        lim(n -> inf: (1 - 1 / n)^n) = exp(-1)
        lim(n -> inf: (1 + 1 / n^2)^n) = 1
        lim(n -> inf: (n / (n + 1))^n) = exp(-1)
        lim(n -> inf: n (2^(1 / n) - 1)) = log(2)
        lim(n -> inf: n log(1 + 2 / n)) = 2
        lim(n -> inf: sqrt(n + 1) - sqrt(n)) = 0
        lim(n -> inf: sqrt(n^2 + n) - n) = 1 / 2
        lim(n -> inf: (n + 1)^2 / n^2) = 1
        lim(n -> inf: n (n + 1) / 2 / n^2) = 1 / 2
        lim(n -> inf: sum(k = 1..n: k) / n^2) = 1 / 2
        lim(n -> inf: sum(k = 0..n: (1 / 2)^k)) = 2
        lim(n -> inf: sum(k = 1..n: 1 / (k (k + 1)))) = 1
        lim(n -> inf: log(n + 1) / log(n)) = 1
        lim(n -> inf: log(n^2 + 1)) = inf
        lim(n -> inf: log(log(n)) / log(n)) = 0
        lim(n -> inf: n log(n) / n^(3 / 2)) = 0
        lim(n -> inf: n^2 / (n log(n))) = inf
        lim(n -> inf: log2(n)^3 / n) = 0
        lim(n -> inf: 2^(log2(n)) / n) = 1
        lim(n -> inf: exp(-n) n^7) = 0
        lim(n -> inf: exp(-sqrt(n)) n^3) = 0
        lim(n -> inf: n^n / exp(n)) = inf
        lim(n -> inf: n^n / (n + 1)^n) = exp(-1)
        lim(n -> inf: (n + 1)^n / n^(n + 1)) = 0
        lim(n -> inf: (1 + 1 / 2^n)^n) = 1
        lim(n -> inf: n^(log(n)) / 2^n) = 0
        lim(n -> inf: 1 / n + 1 / sqrt(n) + 1 / log(n + 1)) = 0
        lim(n -> inf: max(1 / n, 1 / 2)) = 1 / 2
        lim(n -> inf: min(n, 7)) = 7
        lim(n -> inf: (3 n - 1) / (n + 4)) = 3
        lim(n -> inf: 1 / (1 + n / 100)) = 0
        lim(n -> inf: (1 / 10) / sqrt(n)) = 0
        lim(n -> inf: 1 - (999 / 1000)^n) = 1
        lim(n -> inf: (1 / 10) (9 / 10)^(n / 10)) = 0
        lim(n -> inf: (1 - (999 / 1000)^(n + 1)) / (1 - (9 / 10)^(n + 1))) = 1
        lim(n -> inf: sqrt(1 - (999 / 1000)^n) / (1 - (9 / 10)^n)) = 1
        lim(n -> inf: n (9 / 10)^n) = 0
        lim(n -> inf: log(2^n + n^2) / n) = log(2)
        lim(n -> inf: (1 - 1 / n^2)^n) = 1
        lim(n -> inf: (1 - 3 / n)^(2 n)) = exp(-6)
        lim(n -> inf: (log(n + 1) - log(n)) n) = 1
        lim(n -> inf: 4^n / (3^n + 4^n)) = 1
        lim(n -> inf: exp(log(n) / n) - 1) = 0
        lim(n -> inf: n (exp(log(n) / n) - 1) / log(n)) = 1
        lim(n -> inf: (3 / 2)^n / n^2) = inf
        lim(n -> inf: -n^2 + 10 n) = -inf
        lim(n -> inf: 1 - (1 - 1 / n)^n) = 1 - exp(-1)
        lim(n -> inf: (n^2 + 1) / (n + 1) - n) = -1
    """,
    ),
    (
        "parameters",
        "a, b: positive; x: real",
        """
        lim(x -> inf: exp(-a x) x^5) = 0
        lim(x -> inf: x^a / exp(b x)) = 0
        lim(x -> inf: log(x)^a / x^b) = 0
        lim(x -> 0+: x^a log(x)) = 0
        lim(x -> 0: (exp(a x) - 1) / x) = a
        lim(x -> 0: (exp(a x) - exp(b x)) / x) = a - b
        lim(x -> 0: log(1 + a x) / x) = a
        lim(x -> 0: (a^x - 1) / x) = log(a)
        lim(x -> inf: (1 + a / x)^x) = exp(a)
        lim(x -> inf: (1 + a / x)^(b x)) = exp(a b)
        lim(x -> inf: sqrt(x^2 + a x) - x) = a / 2
        lim(x -> inf: sqrt((x + a) (x + b)) - x) = (a + b) / 2
        lim(x -> inf: (a x + 1) / (b x + 2)) = a / b
        lim(x -> inf: log(1 + exp(a x)) / x) = a
        lim(x -> inf: log(1 + exp(a x)) - a x) = 0
        lim(x -> 0: (a^x + b^x)^2) = 4
        lim(x -> 0: ((a^x + b^x) / 2)^(1 / x)) = sqrt(a b)
        lim(x -> inf: a / (1 + b exp(-x))) = a
        lim(x -> inf: x (a^(1 / x) - 1)) = log(a)
        lim(x -> a: (x^2 - a^2) / (x - a)) = 2 a
        lim(x -> a: (log(x) - log(a)) / (x - a)) = 1 / a
        lim(x -> a: (sqrt(x) - sqrt(a)) / (x - a)) = 1 / (2 sqrt(a))
        lim(x -> 0+: exp(-a / x)) = 0
        lim(x -> inf: exp(-a x^2)) = 0
        lim(x -> -inf: exp(a x)) = 0
        lim(x -> 0: (1 - exp(-a x)) / (1 - exp(-b x))) = a / b
        lim(x -> inf: x^a) = inf
        lim(x -> inf: x^(-a)) = 0
        lim(x -> inf: log(x + a) - log(x + b)) = 0
        lim(x -> inf: log(a x) / log(b x)) = 1
    """,
    ),
    (
        "parameters",
        "r: positive; c, y: real; n: natural; r < 1",
        """
        lim(n -> inf: r^n) = 0
        lim(n -> inf: n r^n) = 0
        lim(n -> inf: c r^n) = 0
        lim(n -> inf: 1 - r^n) = 1
        lim(n -> inf: (1 - r^n) / (1 - r)) = 1 / (1 - r)
        lim(n -> inf: y / (1 - r^(n + 1))) = y
        lim(n -> inf: r^n y + (1 - r^n) c) = c
        lim(n -> inf: sum(k = 0..n: r^k)) = 1 / (1 - r)
        lim(n -> inf: c / n) = 0
        lim(n -> inf: (1 + c / n)^n) = exp(c)
        lim(n -> inf: n^3 r^n + c) = c
        lim(n -> inf: (c n + y) / n) = c
        lim(n -> inf: c / sqrt(n + 1)) = 0
        lim(n -> inf: exp(c / n)) = 1
    """,
    ),
    (
        "temperature",
        "y, z: real; T, s: positive",
        """
        lim(T -> inf: 1 / (1 + exp(-y / T))) = 1 / 2
        lim(T -> inf: exp(y / T) / (exp(y / T) + exp(z / T))) = 1 / 2
        lim(T -> inf: T log((exp(y / T) + exp(z / T)) / 2)) = (y + z) / 2
        lim(T -> inf: T (exp(y / T) - 1)) = y
        lim(T -> 0+: exp(-s / T)) = 0
        lim(T -> 0+: 1 / (1 + exp(-s / T))) = 1
        lim(T -> 0+: 1 / (1 + exp(s / T))) = 0
        lim(T -> 0+: T log(1 + exp(s / T))) = s
        lim(T -> 0+: T log(1 + exp(-s / T))) = 0
        lim(T -> 0+: T log(exp(y / T) + exp((y + s) / T))) = y + s
        lim(T -> inf: T log(1 + exp(y / T)) - T log(2)) = y / 2
        lim(T -> 0+: s / (s + T)) = 1
        lim(T -> 0+: sqrt(y^2 + T)) = abs(y)
        lim(T -> 0+: (sqrt(s^2 + T) - s) / T) = 1 / (2 s)
        lim(T -> inf: y / T) = 0
        lim(T -> inf: (exp(y / T) - exp(z / T)) T) = y - z
    """,
    ),
    (
        "divergences",
        "p, q: positive; p < 1; q < 1",
        """
        lim(q -> p: p log(p / q) + (1 - p) log((1 - p) / (1 - q))) = 0
        lim(q -> 0+: p log(p / q) + (1 - p) log((1 - p) / (1 - q))) = inf
        lim(q -> 1-: p log(p / q) + (1 - p) log((1 - p) / (1 - q))) = inf
        lim(q -> p: (p log(p / q) - p + q) / (q - p)^2) = 1 / (2 p)
        lim(p -> 0+: p log(p / q)) = 0
        lim(p -> 0+: p log(p / q) + (1 - p) log((1 - p) / (1 - q))) = -log(1 - q)
        lim(q -> 0+: q log(q)) = 0
        lim(q -> 0+: -(1 - q)^2 log(q)) = inf
        lim(q -> 1-: -(1 - q)^2 log(q)) = 0
        lim(q -> 1-: -log(q) / (1 - q)) = 1
        lim(q -> 1-: log(q / (1 - q))) = inf
        lim(q -> 0+: log(q / (1 - q))) = -inf
        lim(q -> 0+: -p log(q) - (1 - p) log(1 - q)) = inf
    """,
    ),
)

FALSE = (
    (
        "huge constants",
        N,
        """
        lim(n -> inf: n / (n + 10^5)) = 1 / 11
        lim(n -> inf: log(n)^8 / n) = inf
        lim(n -> inf: (1 + 1000 / n)^n) = exp(999)
        lim(n -> inf: (1001 / 1000)^n / n^3) = 0
        lim(n -> inf: 1 / log(log(n + 3))) = 1 / 3
        lim(n -> inf: n^100 / 2^n) = inf
        lim(n -> inf: (10^9 n + 1) / n^2) = 10^4
        lim(n -> inf: n^2 - 10^12 n) = -inf
        lim(n -> inf: (999 / 1000)^n) = 1
        lim(n -> inf: (n + 10^20) / (2 n - 10^20)) = -1
        lim(n -> inf: log(n + 10^6) - log(n)) = log(11)
        lim(n -> inf: (1 + 10^(-9))^n) = 1
        lim(n -> inf: 1 + 10^(-60) n) = 1
        lim(n -> inf: 1 / n + 10^(-60)) = 0
        lim(n -> inf: (n + 1) / n) = 1 + 10^(-70)
    """,
    ),
    (
        "activations",
        R,
        """
        lim(x -> inf: log(1 + exp(x)) - x) = log(2)
        lim(x -> -inf: log(1 + exp(x))) = log(2)
        lim(x -> inf: log(1 + exp(x)) / x) = 0
        lim(x -> inf: 1 / (1 + exp(-x))) = 0
        lim(x -> -inf: 1 / (1 + exp(-x))) = 1
        lim(x -> -inf: (exp(x) - exp(-x)) / (exp(x) + exp(-x))) = 1
        lim(x -> 0: (exp(x) - exp(-x)) / (exp(x) + exp(-x)) / x) = 1 / 2
        lim(x -> -inf: x / (1 + exp(-x))) = -inf
        lim(x -> inf: x / (1 + exp(-x)) - x) = -1
        lim(x -> 0: (1 / (1 + exp(-x)) - 1 / 2) / x) = 1 / 2
        lim(x -> 0: (log(1 + exp(x)) - log(2) - x / 2) / x^2) = 1 / 4
        lim(x -> -inf: log(1 / (1 + exp(-x))) - x) = 1
        lim(x -> inf: max(0, x) / x) = 0
        lim(x -> -inf: max(x, x / 100) / x) = 1
        lim(x -> inf: erfc(x)) = 2
        lim(x -> -inf: x / sqrt(1 + x^2)) = 1
        lim(x -> -inf: x / (1 + abs(x))) = 1
        lim(x -> inf: log((exp(x) + exp(-x)) / 2) - x) = 0
        lim(x -> 0: step(x)) = 1
        lim(x -> 0: step(x)) = 0
        lim(x -> 0: abs(x) / x) = 1
        lim(x -> 0-: step(x)) = 1
    """,
    ),
    (
        "elementary",
        R,
        """
        lim(x -> 0: log(1 + x) / x) = 0
        lim(x -> 0: (exp(x) - 1) / x) = exp(1)
        lim(x -> 0: (exp(x) - 1 - x) / x^2) = 1
        lim(x -> 0: (log(1 + x) - x) / x^2) = 1 / 2
        lim(x -> 0: (exp(x) - 1 - x - x^2 / 2) / x^3) = 1 / 3
        lim(x -> 0: (2^x - 1) / x) = 1
        lim(x -> 0: (3^x - 2^x) / x) = log(2 / 3)
        lim(x -> 0: (sqrt(1 + x) - 1) / x) = 1
        lim(x -> 1: (x^2 - 1) / (x - 1)) = 1
        lim(x -> 2: (x^3 - 8) / (x - 2)) = 8
        lim(x -> 4: (sqrt(x) - 2) / (x - 4)) = 1 / 2
        lim(x -> 0: 1 / x - 1 / (exp(x) - 1)) = 0
        lim(x -> 1: 1 / log(x) - 1 / (x - 1)) = 1
        lim(x -> 0: (1 + x)^(1 / x)) = 1
        lim(x -> 0: (exp(x) + x)^(1 / x)) = exp(1)
        lim(x -> 0: ((2^x + 3^x) / 2)^(1 / x)) = 5 / 2
        lim(x -> 0: ((1 + x)^(1 / x) - exp(1)) / x) = exp(1) / 2
        lim(x -> 0: 1 / x) = inf
        lim(x -> 0: 1 / x) = 0
        lim(x -> 0+: 1 / x) = -inf
        lim(x -> 0-: 1 / x) = inf
        lim(x -> 0: 1 / x^2) = -inf
        lim(x -> 0: exp(1 / x)) = inf
        lim(x -> 0: exp(1 / x)) = 0
        lim(x -> 0-: exp(1 / x)) = inf
        lim(x -> 0: 1 / (1 + exp(1 / x))) = 1 / 2
        lim(x -> 1: 1 / (x - 1)) = inf
        lim(x -> 2-: x / (x - 2)) = inf
        lim(x -> 0: exp(-1 / x^2) / x^4) = inf
        lim(x -> 1: max(x, 2 - x)) = 2
        lim(x -> 0: abs(x) / x^2) = 1
    """,
    ),
    (
        "growth",
        R,
        """
        lim(x -> inf: x^5 / exp(x)) = inf
        lim(x -> inf: log(x) / x) = 1
        lim(x -> inf: exp(x) / x^10) = 0
        lim(x -> -inf: x exp(x)) = -1
        lim(x -> inf: x^(1 / x)) = 0
        lim(x -> inf: x^(1 / x)) = inf
        lim(x -> inf: (x^2 + 3 x) / (2 x^2 - 1)) = 1
        lim(x -> -inf: (x^3 + 1) / (x^2 + 1)) = inf
        lim(x -> inf: sqrt(x^2 + x) - x) = 0
        lim(x -> inf: sqrt(x^2 + x) - x) = 1
        lim(x -> -inf: sqrt(x^2 + x) + x) = 1 / 2
        lim(x -> inf: sqrt(x + sqrt(x)) - sqrt(x)) = 1
        lim(x -> inf: (x^3 + x^2)^(1 / 3) - x) = 1 / 2
        lim(x -> inf: x (log(x + 3) - log(x))) = 1
        lim(x -> inf: x^2 (log(1 + 1 / x) - 1 / x)) = 1 / 2
        lim(x -> inf: (1 + 1 / x)^x) = 1
        lim(x -> inf: (1 + 2 / x)^(3 x)) = exp(5)
        lim(x -> inf: (1 + 1 / x)^(x^2)) = exp(1)
        lim(x -> inf: (1 + 1 / x)^(x^2) exp(-x)) = 1
        lim(x -> inf: x ((1 + 1 / x)^x - exp(1))) = exp(1) / 2
        lim(x -> inf: exp(x + exp(-x)) - exp(x)) = 0
        lim(x -> inf: exp(x) (exp(1 / x - exp(-x)) - exp(1 / x))) = 1
        lim(x -> inf: x^x / exp(x)) = 1
        lim(x -> inf: exp(sqrt(x)) / x^20) = 0
        lim(x -> inf: exp(sqrt(log(x))) / x) = inf
        lim(x -> inf: log(x)^log(x) / x) = 0
        lim(x -> inf: log(x + exp(x)) - x) = 1
        lim(x -> inf: (2^x + 3^x)^(1 / x)) = 5
        lim(x -> -inf: (2^x + 3^x)^(1 / x)) = 3
        lim(x -> inf: (exp(x) + x)^(1 / x)) = 1
        lim(x -> inf: log(log(x^2)) - log(log(x))) = 0
        lim(x -> inf: min(exp(x), x^100) / x^100) = 0
        lim(x -> inf: log2(x) / log(x)) = log(2)
        lim(x -> inf: exp(-x) / exp(-x^2)) = 0
        lim(x -> inf: sqrt(x^4 + x^3) - x^2 - x / 2) = 1 / 8
        lim(x -> inf: (x + 1)^2 / x - x) = 1
        lim(x -> inf: log(x) / log(log(x))) = 1
    """,
    ),
    (
        "positive numbers",
        V,
        """
        lim(v -> 0+: v log(v)) = -1
        lim(v -> 0+: v log(v)) = -inf
        lim(v -> 0+: log(v)) = inf
        lim(v -> 0+: v^v) = 0
        lim(v -> 0+: (v^v - 1) / (v log(v))) = 0
        lim(v -> 0+: v^(v^v)) = 1
        lim(v -> 0+: v^(1 / log(v))) = 1
        lim(v -> 0+: (1 + 1 / v)^v) = exp(1)
        lim(v -> 0+: v exp(1 / v)) = 0
        lim(v -> 0+: (-v log(v) - (1 - v) log(1 - v)) / v) = 1
        lim(v -> 0+: log(v) + 1 / v) = -inf
        lim(v -> inf: log(v) - v) = 0
        lim(v -> inf: v (1 - exp(-1 / v))) = 0
        lim(v -> 0+: (1 - exp(-v)) / v) = 0
        lim(v -> inf: v (2^(1 / v) - 1)) = 1
        lim(v -> 1: (v - 1 - log(v)) / (v - 1)^2) = 1
        lim(v -> 0+: log(v) / log(v + v^2)) = 1 / 2
        lim(v -> 0+: sqrt(v) log(v)) = -inf
    """,
    ),
    (
        "sequences",
        N,
        """
        lim(n -> inf: n^(1 / n)) = 0
        lim(n -> inf: n / 2^n) = 1
        lim(n -> inf: (2^n + 3^n)^(1 / n)) = 2
        lim(n -> inf: (-1 / 2)^n) = 1
        lim(n -> inf: (-1)^n) = 1
        lim(n -> inf: (-1)^n) = -1
        lim(n -> inf: (-1)^n) = 0
        lim(n -> inf: (-2)^n) = inf
        lim(n -> inf: (-1)^n n / (n + 1)) = 1
        lim(n -> inf: (1 + 1 / n)^n) = exp(2)
        lim(n -> inf: (1 - 1 / n)^n) = 1
        lim(n -> inf: (n / (n + 1))^n) = 1
        lim(n -> inf: n (2^(1 / n) - 1)) = 0
        lim(n -> inf: sqrt(n^2 + n) - n) = 0
        lim(n -> inf: sum(k = 1..n: k) / n^2) = 1
        lim(n -> inf: sum(k = 0..n: (1 / 2)^k)) = 1
        lim(n -> inf: log(n + 1) / log(n)) = 0
        lim(n -> inf: n^n / (n + 1)^n) = exp(1)
        lim(n -> inf: (1 - (999 / 1000)^(n + 1)) / (1 - (9 / 10)^(n + 1))) = 1 / 100
        lim(n -> inf: log(2^n + n^2) / n) = log(3)
        lim(n -> inf: (1 - 3 / n)^(2 n)) = exp(-3)
        lim(n -> inf: min(n, 7)) = inf
        lim(n -> inf: 1 - (1 - 1 / n)^n) = exp(-1)
        lim(n -> inf: (n^2 + 1) / (n + 1) - n) = 0
        lim(n -> inf: n log(n) / n^(3 / 2)) = inf
    """,
    ),
    (
        "parameters",
        "a, b: positive; x: real",
        """
        lim(x -> inf: exp(-a x) x^5) = inf
        lim(x -> 0: (exp(a x) - 1) / x) = 1
        lim(x -> 0: (exp(a x) - exp(b x)) / x) = a + b
        lim(x -> 0: (a^x - 1) / x) = a
        lim(x -> inf: (1 + a / x)^x) = 1 + a
        lim(x -> inf: sqrt(x^2 + a x) - x) = a
        lim(x -> inf: (a x + 1) / (b x + 2)) = 1 / 2
        lim(x -> inf: log(1 + exp(a x)) / x) = 1
        lim(x -> 0: ((a^x + b^x) / 2)^(1 / x)) = (a + b) / 2
        lim(x -> a: (x^2 - a^2) / (x - a)) = a
        lim(x -> a: (log(x) - log(a)) / (x - a)) = log(a)
        lim(x -> 0: exp(-a / x)) = 0
        lim(x -> inf: x^(a - b)) = inf
        lim(x -> inf: log(a x) / log(b x)) = a / b
    """,
    ),
    (
        "parameters",
        "r, c: real; n: natural",
        """
        lim(n -> inf: r^n) = 0
        lim(n -> inf: c r^n) = 0
        lim(n -> inf: (1 + c / n)^n) = exp(1)
        lim(n -> inf: c n) = inf
        lim(n -> inf: sum(k = 0..n: r^k)) = 1 / (1 - r)
    """,
    ),
    (
        "temperature",
        "y, z: real; T, s: positive",
        """
        lim(T -> inf: 1 / (1 + exp(-y / T))) = 1
        lim(T -> 0+: 1 / (1 + exp(-y / T))) = 1
        lim(T -> inf: T log((exp(y / T) + exp(z / T)) / 2)) = y + z
        lim(T -> 0+: T log(1 + exp(s / T))) = 0
        lim(T -> 0+: T log(exp(y / T) + exp(z / T))) = y
        lim(T -> inf: T (exp(y / T) - 1)) = 0
        lim(T -> 0+: sqrt(y^2 + T)) = y
        lim(T -> 0+: (sqrt(s^2 + T) - s) / T) = 1 / s
    """,
    ),
)

# the body has no value on one side of the point, or near it at all: never proved
UNDEFINED = (
    (
        "undefined",
        R,
        """
        lim(x -> 0: sqrt(x)) = 0
        lim(x -> 0: x log(x)) = 0
        lim(x -> 0-: log(x)) = -inf
        lim(x -> -inf: sqrt(x)) = inf
        lim(x -> -inf: log(x) / x) = 0
        lim(x -> inf: sqrt(x - x^2)) = 0
        lim(x -> 1: sqrt(x - 1)) = 0
        lim(x -> inf: (-x)^(1 / 2) / x) = 0
        lim(x -> 0: x^x) = 1
        lim(x -> inf: x / (x - x)) = 1
    """,
    ),
)


def listed(groups: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, str]]:
    """(area, claim, given) of every line."""
    return [(area, line.strip(), given) for area, given, lines in groups for line in lines.strip().splitlines()]


def rates(kind: str, groups: tuple[tuple[str, str, str], ...], wanted: str, timeout: float, every: int) -> Counter[str]:
    """The levels of the claims; those that are not as wanted are printed."""
    found: Counter[str] = Counter()
    for area, claim, given in listed(groups)[::every]:
        start = time.process_time()
        verdict = prove(claim, given=given, timeout=timeout)
        found[str(verdict.level)] += 1
        if verdict.level != wanted:
            seconds = time.process_time() - start
            print(f"{verdict.level!s:10} {seconds:5.2f} s  {kind:6} {area:16} {claim:70} | {verdict.reason[:150]}", flush=True)
    return found


def gruntz(claim: str, given: str, seconds: float = 20.0) -> str:
    """What sympy says of a claim: "true", "false" or why it says nothing."""
    question = from_text(claim, given, LIBRARY)
    left, right = t.bare(question.claim).args
    try:
        with limited(seconds):
            value = by_gruntz(t.bare(left))
    except OutOfTime:
        return "no answer in time"
    if value is None:
        return "no answer"
    if {text_of(t.bare(value)), text_of(t.bare(right))} & {"inf", "-inf"}:
        if t.bare(value) != t.Neg(t.INFINITY) and t.bare(value) != t.INFINITY and t.INFINITY in t.walk(value):
            return f"undecided: {text_of(value)}"  # inf or -inf, by the sign of a letter
        return "true" if text_of(t.bare(value)) == text_of(t.bare(right)) else "false"
    try:
        told = str(prove(f"{text_of(value)} = {text_of(right)}", given=given).level)
    except FormulaError:  # the value has more digits than a literal may have
        told = "refuted" if sign_of_number(difference(value, right)) else ""
    return {"proved": "true", "refuted": "false"}.get(told, f"undecided: {text_of(value)}")


def difference(a: t.Expr, b: t.Expr) -> Poly:
    normal = Normal(Facts(), {})
    return normal.read(a) - normal.read(b)


def labels() -> int:
    """Every label beside Gruntz's word; 1 if one differs."""
    differ = 0
    for kind, groups in (("true", TRUE), ("false", FALSE)):
        said: Counter[str] = Counter()
        for area, claim, given in listed(groups):
            answer = gruntz(claim, given)
            said[answer.partition(":")[0]] += 1
            if answer in ("true", "false") and answer != kind:
                differ += 1
                print(f"labelled {kind}, Gruntz says {answer}: {area}: {claim}", flush=True)
        print(f"{kind}: Gruntz says {dict(said)}", flush=True)
    return int(differ > 0)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--labels", action="store_true", help="the labels beside sympy's Gruntz instead")
    options.add_argument("--timeout", type=float, default=2.0)
    options.add_argument("--every", type=int, default=1, help="each k-th claim")
    chosen = options.parse_args()
    if chosen.labels:
        return labels()
    bad = 0
    for kind, groups, wanted, never in (
        ("true", TRUE, "proved", "refuted"),
        ("false", FALSE, "refuted", "proved"),
        ("none", UNDEFINED, "", "proved"),
    ):
        found = rates(kind, groups, wanted, chosen.timeout, chosen.every)
        total = sum(found.values())
        bad += found[never]
        print(f"{kind}: {total} claims, {dict(found)}" + (f", {wanted} {100 * found[wanted] / total:.1f} %" if wanted else ""))
    return int(bad > 0)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    sys.exit(main())
