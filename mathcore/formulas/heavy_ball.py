"""Momentum on a bowl: which rates and momenta are stable, and how fast it then is."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Induction,
    Lemma,
    Reference,
    Step,
    Term,
    Use,
    fold,
    geometric,
    rewrite,
    unfold,
)

STEPS = "X[T + 2] = s X[T + 1] - b X[T]"

CARD = Card(
    name="heavy_ball",
    title="The heavy ball: stability of momentum",
    summary=(
        "For which learning rates is gradient descent with momentum stable? Along an axis with curvature h the next "
        "error is made of the last two: (1 + beta - eta h) times the last, less beta times the one before. The errors "
        "die out exactly for beta < 1 and 0 < eta h < 2 (1 + beta): momentum allows larger rates. If eta h lies between "
        "(1 - sqrt(beta))^2 and (1 + sqrt(beta))^2 it oscillates, and an energy, a quadratic in the last two errors, "
        "shrinks by exactly the factor beta in every step."
    ),
    given=(
        "d: size; w, u: real[d]; eta, h: positive; beta: unit; x, y, r, s, p, q, c: real; m, a, b: positive; k, j: index[d]; "
        "t, T: natural; X: real[naturals]"
    ),
    define="heavy_ball(x, y, eta, h, beta) = (1 + beta - eta h) x - beta y",
    auxiliary=("energy(x, y, s, b) = x^2 - s x y + b y^2",),
    about="momentum on a quadratic loss",
    uses=("momentum_step",),
    prerequisites=("momentum_step", "gradient_descent"),
    derivations=(
        Derivation(
            "From the step to a recurrence",
            key="recurrence",
            claim=(
                "momentum_step(w, vector(k: h w[k]), vector(k: w[k] - u[k]), eta, beta)[j] = heavy_ball(w[j], u[j], eta, h, beta)"
            ),
            steps=(
                Step(
                    "= w[j] + beta (w[j] - u[j]) - eta h w[j]",
                    by=unfold,
                    why="the velocity is the last step, w - u, and the loss h w^2/2 along this axis has the gradient h w",
                ),
                Step(
                    "= (1 + beta - eta h) w[j] - beta u[j]",
                    by=rewrite,
                    why="the three terms with w[j] are put together, and the one with u[j] is left",
                ),
                Step("= heavy_ball(w[j], u[j], eta, h, beta)", by=fold, why="the definition of heavy ball, read backwards"),
            ),
        ),
        Derivation(
            "Powers of a root of its equation solve it",
            key="powers",
            given="r^2 = (1 + beta - eta h) r - beta",
            claim="heavy_ball(r^(t + 1), r^t, eta, h, beta) = r^(t + 2)",
            steps=(
                Step("= (1 + beta - eta h) r^(t + 1) - beta r^t", by=unfold, why="the definition of heavy ball, written out"),
                Step("= r^t ((1 + beta - eta h) r - beta)", by=rewrite, why="both terms have the factor r^t, which is taken out"),
                Step(
                    "= r^t r^2",
                    by=Use("r^2 = (1 + beta - eta h) r - beta"),
                    why="r is a root: r^2 is (1 + beta - eta h) r - beta",
                ),
                Step("= r^(t + 2)", by=rewrite, why="powers of the same base are multiplied by adding their exponents"),
            ),
            note="So errors behave like powers of the two roots p and q, with p + q = 1 + beta - eta h and p q = beta.",
        ),
        Derivation(
            "Which rate belongs to the roots",
            key="at_one",
            claim="p + q = 1 + p q - (1 - p) (1 - q)",
            steps=(
                Step("= 1 + p q - (1 - p - q + p q)", by=rewrite, why="1 and p q are added and taken away again"),
                Step("= 1 + p q - (1 - p) (1 - q)", by=rewrite, why="the bracket is the product of 1 - p and 1 - q"),
            ),
            note="Compare with p + q = 1 + beta - eta h and p q = beta: eta h = (1 - p)(1 - q).",
        ),
        Derivation(
            "... and how far it is from 2 (1 + beta)",
            key="at_minus_one",
            claim="2 (1 + p q) - (1 - p) (1 - q) = (1 + p) (1 + q)",
            steps=(
                Step(
                    "= 2 + 2 p q - 1 + p + q - p q",
                    by=rewrite,
                    why="both products are multiplied out, and the signs in the second turn",
                ),
                Step(
                    "= (1 + p) (1 + q)", by=rewrite, why="p q is left once, and 1 + p + q + p q is the product of 1 + p and 1 + q"
                ),
            ),
        ),
        Derivation(
            "Stable real roots: the rate is small enough",
            key="needs_rate",
            given="-1 < p; -1 < q",
            claim="(1 + p) (1 + q) > 0",
            steps=(
                Step(
                    "> 0",
                    by=Certificate((Term("(1 + p) (1 + q)"),)),
                    why="both factors are positive; with what was just shown, this says eta h < 2 (1 + beta)",
                ),
            ),
        ),
        Derivation(
            "... and the momentum is less than 1",
            key="needs_momentum",
            given="-1 < p; p < 1; -1 < q; q < 1",
            claim="p q < 1",
            steps=(
                Step(
                    "< 1",
                    by=Certificate((Term("(1 - p) (1 + q) / 2"), Term("(1 + p) (1 - q) / 2"))),
                    why="1 - p q is half of (1 - p)(1 + q) + (1 + p)(1 - q), and all four factors are positive",
                ),
            ),
        ),
        Derivation(
            "Conversely: a root above 1 needs beta above 1",
            key="above",
            given="1 < p; 0 < (1 - p) (1 - q)",
            claim="p q > 1",
            steps=(
                Step(
                    "> 1",
                    by=Certificate((Term("(1 - p) (1 - q)"), Term("p - 1"), Term("(1 - p) (1 - q) / (p - 1)"))),
                    why="eta h > 0 says that both roots lie on one side of 1; then both are above it, and so is their product",
                ),
            ),
        ),
        Derivation(
            "... and a root below -1 as well, unless the rate is too large",
            key="below",
            given="p < -1; 0 < (1 + p) (1 + q)",
            claim="p q > 1",
            steps=(
                Step(
                    "> 1",
                    by=Certificate((Term("(1 + p) (1 + q)"), Term("-1 - p"), Term("(1 + p) (1 + q) / (-1 - p)"))),
                    why=(
                        "eta h < 2 (1 + beta) says that both roots lie on one side of -1; then both are below it, and their product is "
                        "above 1"
                    ),
                ),
            ),
            note="So for beta < 1 and 0 < eta h < 2 (1 + beta) real roots lie between -1 and 1. Complex roots follow next.",
        ),
        Derivation(
            "The energy shrinks by the factor beta in every step",
            key="energy",
            claim="energy(s x - b y, x, s, b) = b energy(x, y, s, b)",
            steps=(
                Step("= (s x - b y)^2 - s (s x - b y) x + b x^2", by=unfold, why="the next error is s x - b y, the last one x"),
                Step(
                    "= b x^2 - b s x y + b^2 y^2",
                    by=rewrite,
                    why="multiplied out, s^2 x^2 is added and taken away, and of the two terms with s x y one is left",
                ),
                Step("= b energy(x, y, s, b)", by=fold, why="every term has a factor b, and what is left is the old energy"),
            ),
            note="Exactly, for every start: with s = 1 + beta - eta h and b = beta.",
        ),
        Derivation(
            "The energy is a sum of squares where the roots are complex",
            key="positive",
            claim="energy(x, y, s, b) >= (1 - s^2 / (4 b)) x^2",
            equality="y = s x / (2 b)",
            steps=(
                Step(
                    "= (1 - s^2 / (4 b)) x^2 + b (y - s x / (2 b))^2",
                    by=rewrite,
                    why="the square in y is completed: what is added inside it is taken away in the first term",
                ),
                Step(
                    ">= (1 - s^2 / (4 b)) x^2",
                    by=Certificate((Term("b (y - s x / (2 b))^2"),)),
                    why="b is positive and a square is not negative, so the second term may be dropped",
                ),
            ),
            note="The roots are complex exactly if s^2 < 4 b. Then 1 - s^2/(4 b) is positive, so the squared error is at most the energy divided by it, and dies out with the energy.",
        ),
        Derivation(
            "After t steps",
            key="over_time",
            given=STEPS,
            claim="energy(X[t + 1], X[t], s, b) = b^t energy(X[1], X[0], s, b)",
            steps=(
                Step(
                    "= b^t energy(X[1], X[0], s, b)",
                    by=Induction(
                        "t",
                        start=rewrite,
                        step=Use(f"{STEPS}; X[t + 1]^2 - s X[t + 1] X[t] + b X[t]^2 = b^t (X[1]^2 - s X[1] X[0] + b X[0]^2)"),
                    ),
                    why="by induction: each step multiplies the energy by b, as just shown, whatever happened before",
                ),
            ),
        ),
        Derivation(
            "So the error dies out with it",
            key="dies_out",
            given=STEPS,
            claim="(1 - s^2 / (4 b)) X[t + 1]^2 <= b^t energy(X[1], X[0], s, b)",
            steps=(
                Step(
                    "<= energy(X[t + 1], X[t], s, b)",
                    by=Lemma("positive", at="x = X[t + 1]; y = X[t]"),
                    why="the energy is at least (1 - s^2/(4 b)) times the squared error, as shown above",
                ),
                Step("= b^t energy(X[1], X[0], s, b)", by=Lemma("over_time"), why="the energy after t steps, as just shown"),
            ),
            note="Where s^2 < 4 b the error itself falls like sqrt(b)^t, whatever the curvature.",
        ),
        Derivation(
            "... it is gone",
            key="vanishes",
            given="b < 1",
            claim="lim(t -> inf: b^t c) = 0",
            steps=(Step("= 0", by=geometric, why="b lies between 0 and 1, and powers of such a number tend to 0"),),
        ),
        Derivation(
            "Where it oscillates",
            key="oscillates",
            claim="4 b - (1 + b - eta h)^2 = (eta h - (1 - sqrt(b))^2) ((1 + sqrt(b))^2 - eta h)",
            steps=(
                Step(
                    "= (2 sqrt(b) - (1 + b - eta h)) (2 sqrt(b) + (1 + b - eta h))",
                    by=rewrite,
                    why="4 b is the square of 2 sqrt(b), and a difference of two squares is a product",
                ),
                Step(
                    "= (eta h - (1 - sqrt(b))^2) ((1 + sqrt(b))^2 - eta h)",
                    by=rewrite,
                    why="1 + b - 2 sqrt(b) is the square of 1 - sqrt(b), and 1 + b + 2 sqrt(b) that of 1 + sqrt(b)",
                ),
            ),
            note=(
                "Positive exactly if eta h lies between the two squares: there the roots are complex, of size sqrt(beta), "
                "whatever the curvature."
            ),
        ),
        Derivation(
            "The best choice: the flattest axis at the lower end",
            key="best_low",
            claim="(2 / (a + m))^2 m^2 = (1 - (a - m) / (a + m))^2",
            steps=(
                Step(
                    "= (1 - (a - m) / (a + m))^2",
                    by=rewrite,
                    why="1 is (a + m)/(a + m), so 1 - (a - m)/(a + m) is 2 m/(a + m)",
                ),
            ),
            note="m^2 and a^2 are the smallest and the largest curvature, eta = (2/(a + m))^2 and sqrt(beta) = (a - m)/(a + m).",
        ),
        Derivation(
            "... and the steepest axis at the upper end",
            key="best_high",
            claim="(2 / (a + m))^2 a^2 = (1 + (a - m) / (a + m))^2",
            steps=(
                Step(
                    "= (1 + (a - m) / (a + m))^2", by=rewrite, why="1 is (a + m)/(a + m), so 1 + (a - m)/(a + m) is 2 a/(a + m)"
                ),
            ),
            note="So with this choice all axes oscillate, and all errors shrink at the same rate sqrt(beta).",
        ),
        Derivation(
            "It is faster than the best gradient descent",
            key="faster",
            given="m <= a",
            claim="(a - m) / (a + m) <= (a^2 - m^2) / (a^2 + m^2)",
            steps=(
                Step(
                    "<= (a^2 - m^2) / (a^2 + m^2)",
                    by=Certificate((Term("2 a m (a - m) / ((a + m) (a^2 + m^2))"),)),
                    why="the right side is larger by 2 m a (a - m) / ((a + m) (a^2 + m^2)), which is not negative, as m is at most a",
                ),
            ),
            note="For a condition number a^2/m^2 = 100: 9/11 = 0.82 against 99/101 = 0.98 per step.",
        ),
    ),
    examples=(
        Example("heavy_ball(1, 1, 1, 1, 1/2) = 0", source="eta h = 1: the error falls to 0 and then overshoots"),
        Example("heavy_ball(0, 1, 1, 1, 1/2) = -1/2", source="the next step: the error is on the other side"),
        Example("energy(1, 1, 1/2, 1/2) = 1", source="1 - 1/2 + 1/2"),
        Example("energy(0, 1, 1/2, 1/2) = 1/2", source="half the energy of the line above, one step later"),
    ),
    false_claims=(
        FalseClaim("p q < 1", given="p < 1; q < 1", why="both roots must lie above -1 as well"),
        FalseClaim("energy(x, y, s, b) >= 0", why="true only where the roots are complex: s^2 <= 4 b"),
        FalseClaim("(a - m) / (a + m) >= (a^2 - m^2) / (a^2 + m^2)", given="m < a", why="momentum is faster, not slower"),
        FalseClaim("heavy_ball(x, x, eta, h, beta) = x", why="a ball at rest is still pulled down the slope"),
        FalseClaim(
            "energy(s x - b y, x, s, b) = energy(x, y, s, b)",
            given="b < 1",
            why="the energy shrinks by the factor b: momentum below 1 is friction",
        ),
    ),
    exercises=(
        Exercise(
            "beta = 0.9 and L = 1. Up to which rate is momentum stable, and up to which is gradient descent?",
            "2 (1 + 0.9) = 3.8 against 2.",
        ),
        Exercise(
            "What happens for beta = 1?",
            "The energy keeps its size for ever: a ball without friction. It never comes to rest.",
        ),
    ),
    not_verified=(
        "That every start is a combination of the powers of two different roots (linear algebra).",
        "Losses that are not quadratic: there momentum with these constants may cycle.",
    ),
    references=(
        Reference("Polyak, Some methods of speeding up the convergence of iteration methods (1964)"),
        Reference("Goh, Why momentum really works (2017)"),
    ),
)
