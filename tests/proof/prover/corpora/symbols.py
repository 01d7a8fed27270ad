"""The letters of the statements that are sympy objects, and the declarations that go with them."""

import sympy as S
from sympy import Eq, Function, IndexedBase, Sum, exp, log

n, m, N, d = S.symbols("n m N d", integer=True, positive=True)
i, j, k, l, s, t_ = S.symbols("i j k l s t", integer=True)
p, q, r, z, x, y, w, t, X, P, Q, g, u, e = map(
    IndexedBase, ["p", "q", "r", "z", "x", "y", "w", "t", "X", "P", "Q", "g", "u", "e"]
)
a, b, c, v, x1, x2, mu, eta, L, T, lam, beta, eps = S.symbols("a b c v x1 x2 mu eta L T lambda beta epsilon")
sigma = Function("sigmoid")


def Sk(f, index=k, size=n):
    return Sum(f, (index, 1, size))


def lse(of=z, index=k):
    return log(Sk(exp(of[index]), index))


def soft(at, of=z, index=k):
    return exp(of[at]) / Sk(exp(of[index]), index)


def logistic(at):
    return 1 / (1 + exp(-at))


H = -Sk(p[k] * log(p[k]))
KL = Sk(p[k] * log(p[k] / q[k]))
CE = -Sk(p[k] * log(q[k]))
mean = Sk(x[l], l) / n
mean_y = Sk(y[l], l) / n
residual = Sk(X[i, j] * w[j], j, d) - y[i]
REAL = {"domains": {"z": "real", "c": "real"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}}
HOT = {"domains": {"z": "real", "T": "positive"}, "shapes": {"z": ("n",)}, "indices": {"i": "n", "j": "n"}}
PMF = {"domains": {"p": "simplex", "q": "simplex"}, "shapes": {"p": ("n",), "q": ("n",)}, "indices": {"i": "n"}}
PQ = {"domains": {"P": "positive", "Q": "positive"}, "shapes": {"P": ("n",), "Q": ("n",)}, "indices": {"i": "n"}}
SUMS = {"hypotheses": [Eq(Sk(P[k]), 1), Eq(Sk(Q[k]), 1)], **PQ}
LAB = {"domains": {"t": "simplex", "z": "real"}, "shapes": {"t": ("n",), "z": ("n",)}, "indices": {"j": "n"}}
HARD = {"domains": {"t": "onehot", "z": "real"}, "shapes": {"t": ("n",), "z": ("n",)}, "indices": {"j": "n"}}
VEC = {
    "domains": dict.fromkeys(("x", "y", "a", "b", "c"), "real"),
    "shapes": {"x": ("n",), "y": ("n",)},
    "indices": {"i": "n", "j": "n"},
}
WEI = {"domains": {"p": "simplex", "x": "real"}, "shapes": {"p": ("n",), "x": ("n",)}}
ONE = {"domains": {"x1": "real", "x2": "real", "a": "real", "b": "real", "v": "positive", "c": "positive"}}
BIN = {"domains": {"a": "unit", "x1": "real"}}
REG = {
    "domains": dict.fromkeys(("X", "y", "w"), "real") | {"lambda": "positive"},
    "shapes": {"X": ("N", "d"), "y": ("N",), "w": ("d",)},
    "indices": {"l": "d"},
}
OPT = {"domains": {"eta": "positive", "L": "positive", "x1": "real", "beta": "positive"}}
SEQ = {"domains": {"beta": "positive", "g": "real", "T": "size"}, "shapes": {"g": ("T",)}, "hypotheses": [beta < 1]}
GD = {"domains": {"w": "real", "g": "real", "eta": "positive", "u": "real"}, "shapes": {"w": ("d",), "g": ("d",), "u": ("d",)}}
AREA = {
    "domains": {"t": "simplex", "z": "real", "a": "unit"},
    "shapes": {"t": ("n",), "z": ("n",)},
    "indices": {"i": "n", "j": "n"},
}
MAT = {"domains": {"P": "positive"}, "shapes": {"P": ("n", "m")}, "hypotheses": [Eq(Sum(P[i, j], (i, 1, n), (j, 1, m)), 1)]}
ADAM = {
    "domains": {"a": "real", "g": "real", "beta": "positive", "eta": "positive", "v": "nonnegative", "epsilon": "positive"},
    "shapes": {"g": ("T",)},
}
row = Sum(P[i, l], (l, 1, m))
col = Sum(P[k, j], (k, 1, n))
both = ((i, 1, n), (j, 1, m))
centred = x[k] - mean
