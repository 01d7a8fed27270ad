"""The trusted base: what the checkers take for granted, by name. Everything else is derived from these."""

AXIOMS: dict[str, str] = {
    "field": "sums, products, quotients of real numbers obey the field laws; a divisor is not 0",
    "order": "0 < a and 0 < b give 0 < a + b and 0 < a b; squares are >= 0; an inequality keeps its direction under a positive factor",
    "finite sums": "sums over an index are linear, may be exchanged, and sum(k: 1) = n; sum over a..b+1 is sum over a..b plus the last term; a range may be shifted and reversed; a product is exp of the sum of the logs of positive factors",
    "matrices": "(A B)[i, j] = sum(k: A[i, k] B[k, j]), transpose(A)[i, j] = A[j, i], dot(u, v) = sum(k: u[k] v[k]); sums and multiples of arrays are taken entry by entry",
    "uniform batches": "of all batches of b of N samples the share b / N holds sample i, and for N >= 2 the share b (b - 1) / (N (N - 1)) holds two different samples i and j",
    "delta": "delta(i, j) is 1 if i = j and 0 otherwise; sum(k: delta(k, j) x[k]) = x[j]",
    "exp and log": "exp(a + b) = exp(a) exp(b) > 0, exp(log(a)) = a for a > 0, log(exp(a)) = a; a^x = exp(x log(a)) for a > 0",
    "zero convention": "0 log(0) = 0, also 0 log(0 / 0) and 0 log(a / 0), so x log(1 + 1/x) counts as 0 at x = 0; log(0) = -inf; a positive number times -inf is -inf",
    "derivative table": "sum, product, quotient and chain rule; D(exp(x), x) = exp(x); D(log(x), x) = 1/x; D(z[k], z[j]) = delta(k, j); D(erfc(x), x) = -2 exp(-x^2) / sqrt(pi); f of a vector: the sum of its partial derivatives times the slopes of the entries",
    "sign of the derivative": "on an interval, a function whose derivative is >= 0 does not decrease",
    "convexity": "on a convex open set, a function whose Hessian is positive semidefinite lies above its tangents: F(v) >= F(u) + sum(k: D(F, v[k]) at u (v[k] - u[k]))",
    "maximum": "the maximum of finitely many numbers is one of them and is >= each of them; max(a, b) = (a + b + |a - b|) / 2",
    "unit step": "step(x) is 1 for x >= 0 and 0 for x < 0; its slope is 0 where x != 0",
    "error function": "erfc(-x) = 2 - erfc(x), 0 < erfc(x) < 2, pi > 0",
    "case distinction": "two real numbers are equal, or one is less than the other; two indices are equal or not",
    "limits": "limits of sums, products, quotients (denominator not 0), exp and log; exp(x) -> 0 as x -> -inf; 1/x -> inf as x -> 0+; as x -> inf exp(x) grows faster than every power of x, and x faster than every power of log(x); as u -> 0 exp(u), log(1 + u) and (1 + u)^e are their Taylor polynomials up to what is O of the next power of u",
    "squeeze": "between two functions with one limit a function has that limit",
    "induction": "what holds at the start and passes from t to t + 1 holds for every natural t",
    "geometric limit": "for c != 0: c r^t -> 0 as t -> inf exactly if |r| < 1; for c > 0 and r > 1 it tends to inf",
    "zero sum": "a finite sum of non-negative numbers is 0 exactly if each of them is 0",
}
