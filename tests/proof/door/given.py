# ruff: noqa: E501  # a statement is one line
"""Statements with hypotheses as students write them: true ones, false ones, and those that two readers read differently."""

X = "n: size; x, y, d: real[n]; i, j, k, l: index[n]; c, m, v: real; "
Z = "n: size; z, s: real[n]; t: simplex[n]; i, j, k, l, m: index[n]; M: real; "
P = "n: size; p, q: simplex[n]; i, j, k: index[n]; "
A = "n: size; A: real[n, n]; x: real[n]; i, j, k, l: index[n]; "
G = "w, g: real[naturals]; b: unit; c: real; t, T: natural; "
F = "f, h: function; u, v, x, y, a: real; "
S = "f: function; n: size; i: index[n]; s, t: natural; x: real; "
SOFTMAX = "s[i] = exp(z[i]) / sum(k: exp(z[k]))"

# proved
TRUE = (
    ("s[i] <= sum(k: s[k])", Z + SOFTMAX),
    ("sum(k: s[k]) + s[i] = 1 + s[i]", Z + SOFTMAX),
    ("s[i] > 0", Z + SOFTMAX),
    ("s[i] + s[j] <= 1", Z + SOFTMAX + "; i != j"),
    ("D(log(s[i]), z[j]) = delta(i, j) - s[j]", Z + SOFTMAX),
    ("D(s[i], z[j]) = s[i] (delta(i, j) - s[j])", Z + SOFTMAX),
    ("D(-log(s[i]), s[i]) = -1 / s[i]", "n: size; z: real[n]; s: positive[n]; i, k: index[n]; " + SOFTMAX),
    (
        "-sum(k: t[k] log(s[k])) = log(sum(k: exp(z[k]))) - sum(k: t[k] z[k])",
        Z + SOFTMAX,
    ),
    ("s[i] / s[j] = exp(z[i] - z[j])", Z + SOFTMAX),
    ("sum(k: (x[k] - m)) + x[i] = x[i]", X + "m = sum(k: x[k]) / n"),
    ("sum(k: d[k]) + d[i] = d[i]", X + "m = sum(k: x[k]) / n; d[i] = x[i] - m"),
    ("D(v, x[i]) = 2 (x[i] - y[i])", X + "v = sum(k: (x[k] - y[k])^2)"),
    ("d[i] - d[k] = x[i] - x[k]", X + "d[i] = x[i] - x[j]"),
    ("sum(k: d[k]) = sum(k: x[k]) - n x[j]", X + "d[i] = x[i] - x[j]"),
    ("variance(x) = 0", X + "x[i] = c"),
    ("sum(k: p[k] log(1 / p[k])) - p[i] = log(n) - 1 / n", P + "p[i] = 1 / n"),
    ("entropy(p) = log(3)", "p: simplex[3]; i: index[3]; p[i] = 1 / 3"),
    ("sum(k: p[k]^2) + p[i] = 2 / n", P + "p[i] = 1 / n"),
    ("softmax(x)[i] = softmax(y)[i]", X + "x[i] = y[i]"),
    ("x[i] y[i] <= sum(k: x[k]^2) + y[i]^2", X + "x[k] = y[k]"),
    ("softmax(z)[i] = softmax(z)[j]", Z + "z[i] = z[j]"),
    ("softmax(z)[k] <= softmax(z)[m]", Z + "z[k] <= z[m]"),
    ("softmax(z)[m] >= 1 / n", Z + "z[k] <= z[m]"),
    ("n >= 2", X + "i != j"),
    ("n >= 2", X + "i != j; x[i] = x[j]"),
    ("D(v, x[i]) = 2 c", X + "c = sum(k: x[k]); v = c^2"),
    ("D(v, c) = 2 c", X + "c = sum(k: x[k]); v = c^2"),
    ("X[i, j] + X[j, i] = 0", "n: size; x: real[n]; X: real[n, n]; i, j: index[n]; X[i, j] = x[i] - x[j]; i != j"),
    ("sum(k: x[k]) = x[j]", X + "x[k] = 0; k != j"),
    ("sum(l: x[l]^2) = x[j]^2", X + "k != j; x[k] = 0"),
    ("sum(k: A[k, k]) = sum(k, l: A[k, l])", A + "A[i, j] = 0; i != j"),
    ("sum(k: A[i, k]) = A[i, i]", A + "A[i, j] = 0; i != j"),
    ("sum(j: A[i, j] - A[j, i]) = 0", A + "A[i, j] = A[j, i]"),
    ("sum(k: A[k, l] x[k]) = x[l]", A + "A[i, j] = delta(i, j)"),
    ("sum(k: x[k]) >= 0", X + "x[i] >= 0"),
    ("x[i] + 1 > 0", X + "x[i] >= 0"),
    ("sum(k: x[k]) = 0", X + "x[i] = 0"),
    ("sum(k: t[k] z[k]) = z[j]", "n: size; t: onehot[n]; z: real[n]; j, k: index[n]; t[j] = 1"),
    ("w[T] = 2^T w[0]", G + "w[T + 1] = 2 w[T]"),
    ("w[2] = b^2 w[0] + b (1 - b) g[1] + (1 - b) g[2]", G.replace("t, T", "t") + "w[t + 1] = b w[t] + (1 - b) g[t + 1]"),
    ("0 <= x[i]^2 <= x[i]^2 + x[j]^2", X + "x[i] = 0"),
    ("f(2 x) = 2 f(x)", F + "f(u + v) = f(u) + f(v)"),
    ("f(0) = 0", F + "f(u + v) = f(u) + f(v)"),
    ("f((x + y) / 2) <= f(x) / 2 + f(y) / 2", F + "f((u + v) / 2) <= f(u) / 2 + f(v) / 2"),
    ("f(x) <= f(y)", F + "u <= v; f(u) <= f(v); x <= y"),
    ("f(x) >= 0", F + "f(u) >= u^2"),
    ("f(x + 1) = (x + 1)^2", F + "f(x) = x^2"),
    ("D(f(x), x) = 2 x", F + "f(u) = u^2"),
    ("f(h(x)) = exp(2 x)", F + "f(u) = u^2; h(u) = exp(u)"),
    ("D(v, x[i]) = 2 d[i] / n", X + "m = sum(k: x[k]) / n; d[k] = x[k] - m; v = sum(k: d[k]^2) / n"),
    ("D(v, x[i]) = 2 d[i] / n", X + "v = sum(k: d[k]^2) / n; d[k] = x[k] - m; m = sum(k: x[k]) / n"),
    ("f(3) = 3", S + "f(s) = s"),
    ("f(s) + f(t) = s + t", S + "f(s) = s"),
    ("f(3) >= 3", S + "f(s) >= s; s >= 2"),
    ("f(3) = 2 f(2)", S + "f(s + 1) = 2 f(s)"),
    ("f(n) <= f(n + 1)", S + "f(s) <= f(s + 1)"),
)  # fmt: skip

# refuted
FALSE = (
    ("s[i] <= 1 / n", Z + SOFTMAX),
    ("s[i] + s[j] < 1", Z + SOFTMAX + "; i != j"),
    ("D(log(s[i]), z[j]) = delta(i, j)", Z + SOFTMAX),
    ("s[i] >= 1 / 2", Z + SOFTMAX),
    ("sum(k: s[k] z[k]) = 1", Z + SOFTMAX),
    ("d[i] = 0", X + "d[i] = x[i] - x[j]"),
    ("sum(k: d[k]) = 0", X + "d[i] = x[i] - x[j]"),
    ("sum(k: (x[k] - m)^2) = 0", X + "m = sum(k: x[k]) / n"),
    ("D(v, x[i]) = x[i] - y[i]", X + "v = sum(k: (x[k] - y[k])^2)"),
    ("sum(k: p[k]^2) = 1", P + "p[i] = 1 / n"),
    ("p[i] q[i] = 1 / n", P + "p[i] = 1 / n"),
    ("softmax(z)[i] + softmax(z)[j] = 2 softmax(z)[k]", Z + "z[i] = z[j]"),
    ("softmax(z)[i] + softmax(z)[j] = 2 / n", Z + "z[i] = z[j]"),
    ("softmax(z)[m] > 1 / n", Z + "z[k] <= z[m]"),
    ("n >= 3", X + "i != j"),
    ("D(v, x[i]) = 0", X + "c = sum(k: x[k]); v = c^2"),
    ("X[i, i] = 0", "n: size; x: real[n]; X: real[n, n]; i, j: index[n]; X[i, j] = x[i] - x[j]; i != j"),
    ("sum(k: x[k]) = 0", X + "x[k] = 0; k != j"),
    ("sum(k: x[k]) = 0", X + "i != j; x[i] = 0"),
    ("sum(k, l: A[k, l]) = 0", A + "A[i, j] = 0; i != j"),
    ("A[i, j] = A[j, i]", A + "A[i, k] = A[k, j]; i != j"),
    ("sum(k: x[k]) > 0", X + "x[i] >= 0"),
    ("x[i] >= 1", X + "x[i] >= 0"),
    ("p[j] > 3 / 4", P + "p[j] > 1 / 2"),
    ("sum(k: t[k] z[k]) = z[i]", "n: size; t: onehot[n]; z: real[n]; i, j, k: index[n]; t[j] = 1"),
    ("w[T] = 3^T w[0]", G + "w[T + 1] = 2 w[T]"),
    ("f(2 x) = 3 f(x)", F + "f(u + v) = f(u) + f(v)"),
    ("f((x + y) / 2) >= f(x) / 2 + f(y) / 2", F + "f((u + v) / 2) <= f(u) / 2 + f(v) / 2"),
    ("f(x) <= f(y)", F + "u <= v; f(u) <= f(v)"),
    ("f(x) >= 1", F + "f(u) >= u^2"),
    ("f(x) = f(y)", F + "f(u) = u^2"),
    ("f(x) >= 0", F),
    ("f(x) >= 0", S + "f(s) >= 0"),
    ("f(x) = x", S + "f(s) = s"),
    ("f(s) + f(t) = 2 s", S + "f(s) >= s"),
)  # fmt: skip

# true, and perhaps out of reach: never refuted
TRUE_PERHAPS_UNKNOWN = (
    ("f(sum(k: p[k] x[k])) <= sum(k: p[k] f(x[k]))", "n: size; p: simplex[n]; x: real[n]; k: index[n]; f: function; u, v: real; a: unit; f(a u + (1 - a) v) <= a f(u) + (1 - a) f(v)"),
    ("f((x + y) / 2) <= f(x) / 2 + f(y) / 2", "f: function; x, y, u, v: real; a: unit; f(a u + (1 - a) v) <= a f(u) + (1 - a) f(v)"),
    ("f(h(x)) <= f(h(y))", F + "u <= v; f(u) <= f(v); h(u) <= h(v); x <= y"),
    ("abs(f(x) - f(y)) <= 2 abs(x - y)", F + "abs(f(u) - f(v)) <= abs(u - v)"),
    ("w[t] <= c", G.replace("t, T", "t") + "w[0] = 0; c >= 0; w[t + 1] = b w[t] + (1 - b) g[t]; g[t] <= c"),
    ("z[m] = max(l: z[l])", Z + "z[k] <= z[m]"),
    ("x[k] <= x[l]", X + "i <= j; x[i] <= x[j]; k <= l"),
    ("D(w[2], w[0]) = b^2", G + "w[t + 1] = b w[t]"),
    ("n >= 2", A + "A[i, j] = 0; i != j"),
    ("lim(a -> inf: c) = 0", "a: positive; c: real; c = 1 / a"),
    ("lim(a -> inf: v) = 0", "a: positive; c, v: real; c = 1 / a; v = c^2"),
    ("at(x = y: sum(k: d[k])) = 2 sum(k: y[k])", X + "d[i] = 2 x[i]"),
    ("D(x[i]^2, c) = 2 c", X + "x[i] = c"),
    ("D(x y, y) = 2 y", "x, y: real; x = y"),
    ("p[i] + p[j] = 1", P + "p[k] = 0; k != i; k != j; i != j"),
    ("d[j] = x[j] y[j]", X + "d[i] = x[i] y[i]; i != j"),
    ("entropy(p) = log(n)", P + "p[i] = p[j]"),
    ("1 <= n", X + "x[i] = 1; x[i] = 2"),
    ("f(1) = 1", S + "f(i) = i"),
    ("f(2) = 1", S + "f(n) = 0; f(n) + f(2) = 1"),
)  # fmt: skip

# of every natural number: what holds as far as one looks need not hold for ever, so no point refutes these
ENDLESS = (
    ("x <= 0", "x: real; t: natural >= 1; x <= 1 / t"),
    ("x = 0", "x: real; t: natural >= 1; abs(x) <= 1 / t"),
    ("x <= 1", "x: nonnegative; t: natural; x^t <= 10"),
    ("c <= 0", G + "c <= w[t]; w[t + 1] = w[t] / 2"),
    ("c <= 0", G + "c <= w[t]; w[t] <= 1 / (t + 1)"),
    ("c <= 0", G + "w[t + 1] = w[t] + c; w[t] <= 1"),
    ("w[0] <= 0", G + "w[t + 1] = 2 w[t]; w[t] <= 1"),
    ("w[0] <= 0", G + "w[t] >= w[0] t; w[t] <= 1"),
    ("w[0] = 5", G + "w[t + 1] <= w[t] - 1; w[t] >= 0"),
    ("w[12] <= 1", G + "w[t] <= 1"),
    ("w[12] = w[11]", G + "w[t + 1] = w[t]"),
    ("w[9] <= g[9]", G + "w[t] <= g[t]; g[t + 1] = g[t]"),
)

# of every natural number, and yet refuted: the sequences can go on
GOES_ON = (
    ("w[0] = 5", G + "w[t] >= 0"),
    ("w[1] = 5", G + "w[t] <= t"),
    ("w[0] = 5", G + "w[t + 1] < w[t]"),
    ("w[T] <= T^2 / 2", G + "w[t] <= t^2"),
    ("c = 0", G + "w[t + 1] = w[t] + c; w[0] = 0"),
    ("w[12] = 1", G + "w[t + 1] = 2 w[t]"),
    ("w[2] = g[2]", G + "w[t + 1] = b w[t] + (1 - b) g[t + 1]; g[t] <= c"),
    ("w[0] = 1", G + "abs(w[t]) <= c"),
)

# what is differentiated depends on the letter, or on what the letter is made of: no answer
UNCLEAR = (
    ("D(x, y) = 0", F + "y = x^2"),
    ("D(x, y) = 0", F + "x^2 = y"),
    ("D(y, x) = 0", F + "y = a; x^2 = a"),
    ("D(y, x) = 0", F + "a = y; a = x^2"),
    ("D(a, y) = 0", F + "y = x^2; a = x + 1"),
    ("D(x[i], m) = 0", X + "m = sum(k: x[k]) / n"),
    ("D(v + x[1], c) = 2 c", X + "c = sum(k: x[k]); v = c^2"),
    ("y = x^2 => D(y, x) = 0", F),
    ("lim(x -> 0: y) = y", F + "x^2 = y"),
    ("at(x = 3: y) = y", F + "x^2 = y"),
    ("D(y, x) = 0", F + "y + 0 = x^2"),
    ("D(y, x) = 0", F + "y - x^2 = 0"),
    ("D(y, x) = 0", F + "y^2 = x + 1"),
    ("D(y, x) = 1 / (2 y)", F + "y^2 = x + 1; y > 0"),
    ("D(y, x) = 0", F + "2 y + 3 x = 1"),
    ("D(x y, x) = y", F + "x y = 1"),
    ("D(y, x) = 0", F + "y + a = 1; a + x = 2"),
    ("D(y, x) = 0", F + "x^2 <= y <= x^2"),
    ("D(y, x) = 0", F + "y <= x^2; y - x^2 >= 0"),
    ("D(x y, x) = y", F + "y <= u; u <= x^2; x^2 <= y"),
    ("D(x y, x) = y", F + "(y - x^2)^2 <= 0"),
    ("D(x y, x) = y", F + "0 >= abs(y - x^2)"),
    ("D(x y, x) = y", F + "y^2 + x^4 <= 2 x^2 y"),
    ("D(x y, x) = y", F + "max(x^2, y) <= min(x^2, y)"),
    ("D(x y, x) = y", F + "log(1 + (y - x^2)^2) <= 0"),
    ("D(x y, x) = y", F + "(y - x^2)^2 + u <= 0; u >= 0"),
    ("D(x y, x) = y", F + "(y - x^2)^2 <= 0 and u >= 1"),
    ("(y - x^2)^2 <= 0 => D(x y, x) = y", F),
    ("D(y, x) = 0", F + "y + 0 = x^2 and a = 1"),
    ("y + 0 = x^2 => D(y, x) = 0", F),
    ("y = x^2 and a = 1 => D(y, x) = 0", F),
    ("at(x = 3: y) = y", F + "y + 0 = x^2"),
)  # fmt: skip

# what hypotheses say of other letters, or of entries of one array, leaves a derivative as it is
CLEAR = (
    ("D(x[i]^2, x[i]) = 2 x[i]", X + "sum(k: x[k]) = 1"),
    ("D(sum(k: x[k] y[k]), x[i]) = y[i]", X + "sum(k: x[k]) = 1; sum(k: y[k]) = 1"),
    ("D(a x, x) = a", F + "y = x^2 a"),
    ("D(a x, x) = a", F + "a + y = 1"),
    ("D(a x, x) = a", F + "-a <= x; x <= a"),
    ("D(a x, x) = a", F + "a <= x^2"),
    ("D(a x, x) = a", F + "a^2 <= x^2"),
    ("D(a x, x) = a", F + "(a - x^2)^2 <= u^2"),
    ("D(a x, x) = a", F + "(u - y)^2 <= 0"),
    ("D(x^2, x) = 2 x", F + "x + a = 1"),
    ("D(y, x) = 2 x", F + "y = x^2; a + u = 1"),
    ("D(a x, x) = a", F + "f(u + v) = f(u) + f(v)"),
)

# true if every entry is meant and false if one is: unknown, and both are told
DEPENDS = (
    ("x[i] <= sum(k: x[k])", X + "x[i] >= 0"),
    ("x[i] + x[j] >= 0", X + "x[i] >= 0"),
    ("x[i] + sum(k: x[k]) = 2 + 2 n", X + "x[i] = 2"),
    ("softmax(z)[j] = 1 / n", Z + "z[j] = 0"),
    ("softmax(z)[j] = 1 / n", Z + "M = max(k: z[k]); z[j] = M"),
    ("variance(x) = 0", X + "x[i] = x[j]"),
    ("softmax(z)[k] = 1 / n", Z + "i != j; z[i] = z[j]"),
    ("softmax(z)[i] = 1 / n", Z + "z[i] = z[j]"),
    ("softmax(z)[k] = softmax(z)[i]", Z + "z[i] = z[j]"),
    ("x[i] = 0 and x[j] = 0", X + "x[i] = 0"),
    ("f(x + 1) = 0", F + "f(x) = 0"),
    ("f(x + 1) >= 0", F + "f(x) >= 0"),
    ("f(x) f(y) = 49", F + "f(x) = 7"),
)  # fmt: skip

# whatever is claimed, it is about nothing
CONTRADICTORY = (
    ("1 = 2", X + "x[i] = 1; x[i] = 2"),
    ("sum(k: x[k]) = 0", X + "x[i] > 0; sum(k: x[k]) < 0"),
    ("p[1] = 2", "n: size >= 2; p: simplex[n]; i: index[n]; p[i] = 1 / n; p[1] = 1"),
    ("s[i] = 7", Z + SOFTMAX + "; s[i] = -1"),
    ("f(x) = 7", F + "f(u) = u; f(u) = u + 1"),
)  # fmt: skip
