"""Gradient descent: the step, why it is that step, and which step sizes work."""

from mathcore.card import (
    Accuracy,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Law,
    Monotone,
    Reference,
    Stationary,
    Step,
    Term,
    Use,
    differentiate,
    geometric,
    rewrite,
    telescope,
    unfold,
)

SMOOTH = "f(v) <= f(w) + sum(k: g[k] (v[k] - w[k])) + (L / 2) sum(k: (v[k] - w[k])^2)"

CARD = Card(
    name="gradient_descent",
    title="Gradient descent",
    summary=(
        "How almost every model learns: take a step against the gradient, eta times as long as the gradient is. Replace "
        "the loss near w by its tangent plane, charge for the distance, and this step leads to the cheapest place. On a "
        "bowl with largest curvature L the steps tend to the bottom from every start exactly if the learning rate eta "
        "lies between 0 and 2/L."
    ),
    given=(
        "d, n: size; w, g, u, v: real[d]; eta, L: positive; i, j, k, l: index[d]; a: index[n]; t, T: natural; c, r, x: real; "
        "X: real[n, d]; y: real[n]; b: real; lam: nonnegative[d]; e: real[naturals, d]; F: real[naturals]"
    ),
    define="gradient_descent(w, g, eta)[k] = w[k] - eta g[k]",
    auxiliary=(
        "model(v, w, g, eta) = sum(k: g[k] (v[k] - w[k])) + sum(k: (v[k] - w[k])^2) / (2 eta)",
        "squared_error(w, b, X, y) = sum(a: (sum(k: X[a, k] w[k]) + b - y[a])^2) / n",
    ),
    numeric="mathcore.numeric.gradient_descent_step",
    units="the unit of the weights",
    prerequisites=("partial derivatives", "quadratic functions"),
    derivations=(
        Derivation(
            "The step minimises the tangent plane plus a price for the distance",
            key="minimiser",
            claim="model(v, w, g, eta) >= model(gradient_descent(w, g, eta), w, g, eta)",
            equality="forall(k: v[k] = w[k] - eta g[k])",
            steps=(
                Step(
                    ">= model(gradient_descent(w, g, eta), w, g, eta)",
                    by=Stationary("v = gradient_descent(w, g, eta)"),
                    why="the gradient of the model, g + (v - w)/eta, vanishes there, and its curvature is 1/eta > 0 in every direction",
                ),
            ),
        ),
        Derivation(
            "Cauchy and Schwarz",
            key="cauchy_schwarz",
            claim="sum(k: g[k] u[k])^2 <= sum(k: g[k]^2) sum(k: u[k]^2)",
            steps=(
                Step(
                    "<= sum(k: g[k]^2) sum(k: u[k]^2)",
                    by=Certificate((Term("sum(i, j: (g[i] u[j] - g[j] u[i])^2) / 2"),)),
                    why="the right side is larger by half the sum of all squares (g[i] u[j] - g[j] u[i])^2",
                ),
            ),
        ),
        Derivation(
            "No direction descends more steeply than -g",
            key="steepest",
            given="sum(k: u[k]^2) = 1; 0 < sum(k: g[k]^2)",
            claim="sum(k: g[k] u[k]) >= -sqrt(sum(k: g[k]^2))",
            equality="forall(k: u[k] = -g[k] / sqrt(sum(l: g[l]^2)))",
            steps=(
                Step(
                    ">= -sqrt(sum(k: g[k]^2))",
                    by=Certificate((Term("(sqrt(sum(l: g[l]^2)) / 2) (u[k] + g[k] / sqrt(sum(l: g[l]^2)))^2", over="k"),)),
                    why="with G = |g|, slope + G is (G/2) times the sum of (u + g/G)^2, because |u| = 1; it is 0 only for u = -g/G",
                ),
            ),
        ),
        Derivation(
            "From bounded curvature to a bound on the function",
            key="slice",
            given="h: function; b, c: real; x: unit; D(h(x), x) <= b + c x",
            claim="h(1) <= h(0) + b + c / 2",
            instance="h(x) = b x + c x^2 / 2 - x^2",
            steps=(
                Step(
                    "<= h(0) + b + c / 2",
                    by=Monotone("b x + c x^2 / 2 - h(x)", variable="x: unit", inner="0 <= 1", by=Certificate((Term("1"),))),
                    why="b x + c x^2/2 - h(x) does not decrease from 0 to 1, because its derivative is b + c x - h'(x) >= 0",
                ),
            ),
            note=(
                "Read h(x) as the loss on the way from w to v: b is the slope at w, c = L |v - w|^2. A gradient that "
                "changes by at most L per unit of way gives the hypothesis; the claim is the bound used below."
            ),
        ),
        Derivation(
            "The descent lemma",
            key="descent",
            given=f"f: function[d]; {SMOOTH}",
            claim="f(gradient_descent(w, g, eta)) <= f(w) - eta (1 - L eta / 2) sum(k: g[k]^2)",
            instance="f(v) = sum(k: g[k] (v[k] - w[k])) + (L / 3) sum(k: (v[k] - w[k])^2)",
            steps=(
                Step(
                    "<= f(w) + sum(k: g[k] (w[k] - eta g[k] - w[k])) + (L / 2) sum(k: (w[k] - eta g[k] - w[k])^2)",
                    by=Use(SMOOTH, at="v = gradient_descent(w, g, eta)"),
                    why="the hypothesis, which says that the slope changes by at most L per unit of way, at the point after the step",
                ),
                Step(
                    "= f(w) - eta sum(k: g[k]^2) + (L eta^2 / 2) sum(k: g[k]^2)",
                    by=rewrite,
                    why="the step is -eta g, so each g[k] is multiplied by -eta g[k], and each square is eta^2 g[k]^2",
                ),
                Step(
                    "= f(w) - eta (1 - L eta / 2) sum(k: g[k]^2)",
                    by=rewrite,
                    why="-eta times the sum of the squares is taken out",
                ),
            ),
            note="For 0 < eta < 2/L the factor is positive: every step lowers the loss, until the gradient is 0.",
        ),
        Derivation(
            "Along the axes of a bowl",
            key="coordinates",
            given="e[T + 1, k] = e[T, k] - eta lam[k] e[T, k]",
            claim="e[t, k] = (1 - eta lam[k])^t e[0, k]",
            steps=(
                Step(
                    "= (1 - eta lam[k])^t e[0, k]",
                    by=geometric,
                    why="the slope along an axis with curvature lam is lam times the error e: each step multiplies the error by 1 - eta lam",
                ),
            ),
        ),
        Derivation(
            "Which rates converge from every start",
            key="converges",
            given="eta: real; c != 0",
            claim="lim(t -> inf: (1 - eta L)^t c) = 0 <=> 0 < eta < 2 / L",
            steps=(
                Step(
                    "<=> abs(1 - eta L) < 1",
                    by=geometric,
                    why="powers of a number, times c != 0, tend to 0 exactly if its absolute value is below 1",
                ),
                Step(
                    "<=> -1 < 1 - eta L < 1",
                    by=rewrite,
                    why="a number has an absolute value below 1 exactly if it lies between -1 and 1",
                ),
                Step(
                    "<=> 0 < eta < 2 / L",
                    by=rewrite,
                    why="1 is subtracted, then divided by -L, which turns the inequalities round",
                ),
            ),
            note="Along the steepest axis, with curvature L, this decides; the flatter ones follow next.",
        ),
        Derivation(
            "The flatter axes converge as well",
            key="flatter",
            given="x: positive; x <= L; eta < 2 / L",
            claim="lim(t -> inf: (1 - eta x)^t c) = 0",
            steps=(
                Step(
                    "= 0", by=geometric, why="0 < eta x <= eta L < 2, so |1 - eta x| < 1, and powers of such a number tend to 0"
                ),
            ),
        ),
        Derivation(
            "Above 1/L it oscillates",
            key="oscillates",
            given="1 / L < eta; c != 0",
            claim="((1 - eta L) c) c < 0",
            steps=(
                Step(
                    "< 0",
                    by=Certificate((Term("(eta L - 1) c^2"),)),
                    why="the factor 1 - eta L is negative: the error changes its sign with every step",
                ),
            ),
        ),
        Derivation(
            "Above 2/L it diverges",
            key="diverges",
            given="2 / L < eta; c: positive",
            claim="lim(t -> inf: (eta L - 1)^t c) = inf",
            steps=(
                Step(
                    "= inf",
                    by=geometric,
                    why=(
                        "the size of the error is multiplied by eta L - 1 > 1 in every step, and powers of such a number grow without "
                        "bound"
                    ),
                ),
            ),
        ),
        Derivation(
            "How far all steps go together",
            key="path",
            given="r != 1",
            claim="sum(t = 0..T - 1: r^t) = (1 - r^T) / (1 - r)",
            steps=(
                Step(
                    "= (1 - r^T) / (1 - r)",
                    by=geometric,
                    why="by induction: one more term r^T turns (1 - r^T)/(1 - r) into (1 - r^(T+1))/(1 - r)",
                ),
            ),
        ),
        Derivation(
            "What all steps gain together",
            key="gain",
            claim="sum(t = 0..T - 1: F[t] - F[t + 1]) = F[0] - F[T]",
            steps=(
                Step(
                    "= F[0] - F[T]",
                    by=telescope,
                    why="each value in between is added once and taken away once: only the first and the last are left",
                ),
            ),
            note="With the descent lemma: eta (1 - L eta/2) times the sum of all |g|^2 is at most the loss at the start minus the loss at the end.",
        ),
        Derivation(
            "The gradient of a linear regression",
            key="least_squares",
            claim="D(squared_error(w, b, X, y), w[j]) = 2 sum(a: (sum(k: X[a, k] w[k]) + b - y[a]) X[a, j]) / n",
            steps=(
                Step(
                    "= D(sum(a: (sum(k: X[a, k] w[k]) + b - y[a])^2) / n, w[j])",
                    by=unfold,
                    why="the definition: the mean squared error of a linear model with weights w and bias b",
                ),
                Step(
                    "= sum(a: 2 (sum(k: X[a, k] w[k]) + b - y[a]) X[a, j]) / n",
                    by=differentiate,
                    why="the chain rule for each square: 2 times the error, times X[a, j], the slope of the prediction by w[j]",
                ),
                Step(
                    "= 2 sum(a: (sum(k: X[a, k] w[k]) + b - y[a]) X[a, j]) / n",
                    by=rewrite,
                    why="2 does not depend on the sample, so it leaves the sum",
                ),
            ),
        ),
        Derivation(
            "... and by its bias",
            key="least_squares_bias",
            claim="D(squared_error(w, b, X, y), b) = 2 sum(a: sum(k: X[a, k] w[k]) + b - y[a]) / n",
            steps=(
                Step(
                    "= 2 sum(a: sum(k: X[a, k] w[k]) + b - y[a]) / n",
                    by=differentiate,
                    why="the chain rule for each square: 2 times the error, times 1, as the bias moves every prediction by the same amount",
                ),
            ),
        ),
    ),
    invariants=(
        Law(
            "moves by eta times the gradient", "gradient_descent(w, g, eta)[k] = w[k] - eta g[k]", why="the step is not w - eta g"
        ),
        Law(
            "stays where the gradient is 0",
            "gradient_descent(w, vector(j: 0), eta)[k] = w[k]",
            why="it moves although the gradient is 0",
        ),
        Law(
            "never goes uphill",
            "g[k] (gradient_descent(w, g, eta)[k] - w[k]) <= 0",
            why="a coordinate moves along the gradient instead of against it",
        ),
    ),
    accuracy=Accuracy(bound="4 u (abs(w[k]) + abs(eta g[k]))", domain="every finite input whose result does not overflow"),
    examples=(
        Example("gradient_descent([1, -2], [2, 4], 1/2) = [0, -4]", source="1 - 2/2 and -2 - 4/2"),
        Example(
            "gradient_descent([10, -2, 20], [0, 0, 0], 1/10) = [10, -2, 20]",
            source="at a minimum the gradient is 0: the weights stay",
        ),
        Example("gradient_descent([0], [-1], 1/10) = [0.1]", source="a negative slope makes the weight larger"),
    ),
    mistakes=(
        "mathcore.mistakes.gradient_descent.ascent",
        "mathcore.mistakes.gradient_descent.divided_by_the_rate",
        "mathcore.mistakes.gradient_descent.normalised_gradient",
        "mathcore.mistakes.gradient_descent.forgets_the_weight",
        "mathcore.mistakes.gradient_descent.rate_squared",
    ),
    false_claims=(
        FalseClaim(
            "model(v, w, g, eta) >= model(vector(k: w[k] + eta g[k]), w, g, eta)", why="a step along the gradient leads uphill"
        ),
        FalseClaim("abs(1 - eta L) < 1", why="true only for 0 < eta < 2/L: too large a rate diverges"),
        FalseClaim(
            "f(gradient_descent(w, g, eta)) <= f(w)",
            given=f"f: function[d]; {SMOOTH}",
            instance="f(v) = sum(k: g[k] (v[k] - w[k])) + (L / 3) sum(k: (v[k] - w[k])^2)",
            why="with a rate above 2/L a step may climb",
        ),
        FalseClaim(
            "D(squared_error(w, b, X, y), w[j]) = 2 sum(a: sum(k: X[a, k] w[k]) + b - y[a]) / n",
            why="the factor X[a, j] of the chain rule is missing",
        ),
    ),
    exercises=(
        Exercise(
            "The loss is 3 w^2. For which learning rates does gradient descent converge?",
            "L = 6, so exactly for 0 < eta < 1/3; at eta = 1/6 it arrives in one step.",
        ),
        Exercise(
            "Is a learning rate that is too small unable to reach the minimum?",
            "Over the reals, on a convex quadratic, it converges, only slowly. In floats eta = 1e-17 stands still: w - eta g rounds to w.",
        ),
        Exercise(
            "At eta = 2/L exactly, what happens along the steepest axis?",
            "The factor is -1: the error keeps its size and changes its sign for ever.",
        ),
    ),
    not_verified=(
        "Losses that are not quadratic: the bound 2/L does not carry over to them as an exact limit (for convex ones see convex_rate).",
        "That a quadratic can be turned to its axes (the spectral theorem), on which the coordinates rest.",
    ),
    references=(
        Reference("Bottou, Curtis, Nocedal, Optimization Methods for Large-Scale Machine Learning (2018)"),
        Reference("Nesterov, Introductory Lectures on Convex Optimization, section 1.2"),
    ),
)
