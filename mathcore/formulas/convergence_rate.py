"""How fast gradient descent is on a bowl, and the best fixed rate."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Monotone,
    Reference,
    Step,
    Term,
    Use,
    geometric,
    rewrite,
    unfold,
)

CARD = Card(
    name="convergence_rate",
    title="The rate of gradient descent on a bowl",
    summary=(
        "How many steps does gradient descent need? On a bowl (a quadratic) whose curvatures lie between mu > 0 and L a "
        "fixed rate below 2/L multiplies each error, in every step, by at most a fixed factor below 1: linear "
        "convergence. The smallest such factor is (L - mu)/(L + mu), reached by the rate 2/(L + mu). It depends only on "
        "the condition number L/mu."
    ),
    given=(
        "d: size; L, mu, eta, kappa: positive; lam: positive[d]; e, rho: real[d]; x: real; h: positive; q: nonnegative; "
        "k, j: index[d]; t: natural"
    ),
    define="convergence_rate(L, mu) = (L - mu) / (L + mu)",
    about="how many steps gradient descent needs",
    uses=("gradient_descent",),
    prerequisites=("gradient_descent",),
    derivations=(
        Derivation(
            "One step multiplies the error along each axis",
            key="axis",
            claim="gradient_descent(e, vector(j: lam[j] e[j]), eta)[k] = (1 - eta lam[k]) e[k]",
            steps=(
                Step(
                    "= e[k] - eta lam[k] e[k]",
                    by=unfold,
                    why="e is the distance from the minimum; along an axis with curvature lam the slope is lam times e",
                ),
                Step("= (1 - eta lam[k]) e[k]", by=rewrite, why="both terms have the factor e[k], which is taken out"),
            ),
        ),
        Derivation(
            "The best rate, at the flattest axis",
            key="low",
            claim="1 - (2 / (L + mu)) mu = convergence_rate(L, mu)",
            steps=(
                Step(
                    "= (L + mu - 2 mu) / (L + mu)",
                    by=rewrite,
                    why="1 is written as (L + mu) / (L + mu), so that both terms have one denominator",
                ),
                Step(
                    "= convergence_rate(L, mu)",
                    by=unfold,
                    why="L + mu - 2 mu is L - mu, which is the numerator of the definition",
                ),
            ),
        ),
        Derivation(
            "... and at the steepest",
            key="high",
            claim="1 - (2 / (L + mu)) L = -convergence_rate(L, mu)",
            steps=(
                Step(
                    "= (L + mu - 2 L) / (L + mu)",
                    by=rewrite,
                    why="1 is written as (L + mu) / (L + mu), so that both terms have one denominator",
                ),
                Step(
                    "= -convergence_rate(L, mu)",
                    by=unfold,
                    why="L + mu - 2 L is -(L - mu), minus the numerator of the definition",
                ),
            ),
            note="The two ends are equally far from 0, with opposite signs: that is what makes the rate the best one.",
        ),
        Derivation(
            "Between them no axis is slower, from above",
            key="above",
            given="mu <= h",
            claim="1 - (2 / (L + mu)) h <= convergence_rate(L, mu)",
            steps=(
                Step(
                    "<= convergence_rate(L, mu)",
                    by=Certificate((Term("(2 / (L + mu)) (h - mu)"),)),
                    why="the factor falls as the curvature h grows, so it is largest at the smallest curvature, mu",
                ),
            ),
        ),
        Derivation(
            "... and from below",
            key="below",
            given="h <= L",
            claim="1 - (2 / (L + mu)) h >= -convergence_rate(L, mu)",
            steps=(
                Step(
                    ">= -convergence_rate(L, mu)",
                    by=Certificate((Term("(2 / (L + mu)) (L - h)"),)),
                    why="the factor falls as the curvature h grows, so it is smallest at the largest curvature, L",
                ),
            ),
        ),
        Derivation(
            "A smaller rate is slower on the flattest axis",
            key="small_rate",
            given="eta <= 2 / (L + mu)",
            claim="1 - eta mu >= convergence_rate(L, mu)",
            steps=(
                Step(
                    ">= convergence_rate(L, mu)",
                    by=Certificate((Term("mu (2 / (L + mu) - eta)"),)),
                    why="the left side is larger by mu times what eta lacks to 2 / (L + mu)",
                ),
            ),
        ),
        Derivation(
            "A larger rate is worse on the steepest axis",
            key="large_rate",
            given="eta >= 2 / (L + mu)",
            claim="eta L - 1 >= convergence_rate(L, mu)",
            steps=(
                Step(
                    ">= convergence_rate(L, mu)",
                    by=Certificate((Term("L (eta - 2 / (L + mu))"),)),
                    why="the left side is larger by L times what eta has above 2 / (L + mu)",
                ),
            ),
            note="Whatever the rate, one of the two axes shrinks no faster than (L - mu)/(L + mu).",
        ),
        Derivation(
            "No fixed rate is better",
            key="no_better",
            given="1 - eta mu <= q; eta L - 1 <= q",
            claim="convergence_rate(L, mu) <= q",
            steps=(
                Step(
                    "= (L (1 - eta mu) + mu (eta L - 1)) / (L + mu)",
                    by=rewrite,
                    why="a mean of the two factors, weighed by L and mu: the rate eta cancels",
                ),
                Step(
                    "<= q",
                    by=Certificate(
                        (Term("(L / (L + mu)) (q - (1 - eta mu))"), Term("(mu / (L + mu)) (q - (eta L - 1))")),
                    ),
                    why="a factor q that is enough for both ends is at least their mean",
                ),
            ),
            note="Whatever eta is: the two ends of the bowl cannot both be faster than (L - mu)/(L + mu).",
        ),
        Derivation(
            "The factor is below 1",
            key="below_one",
            claim="convergence_rate(L, mu) < 1",
            steps=(
                Step(
                    "< 1",
                    by=Certificate((Term("2 mu / (L + mu)"),)),
                    why="what is missing to 1 is 2 mu / (L + mu), which is positive",
                ),
            ),
        ),
        Derivation(
            "... and not negative",
            key="nonnegative",
            given="mu <= L",
            claim="convergence_rate(L, mu) >= 0",
            steps=(
                Step(
                    ">= 0",
                    by=Certificate((Term("(L - mu) / (L + mu)"),)),
                    why="L is at least mu, so the numerator L - mu is not negative; for a round bowl it is 0, and one step arrives",
                ),
            ),
        ),
        Derivation(
            "Only the condition number matters",
            key="condition",
            given="L = kappa mu",
            claim="convergence_rate(L, mu) = (kappa - 1) / (kappa + 1)",
            steps=(
                Step(
                    "= (kappa mu - mu) / (kappa mu + mu)",
                    by=Use("L = kappa mu"),
                    why="the condition number kappa is L/mu, so kappa mu may stand for L",
                ),
                Step("= (kappa - 1) / (kappa + 1)", by=rewrite, why="mu stands in every term above and below, and cancels"),
            ),
        ),
        Derivation(
            "The cautious rate 1/L",
            key="cautious",
            given="mu <= h",
            claim="1 - h / L <= 1 - mu / L",
            steps=(
                Step(
                    "<= 1 - mu / L",
                    by=Certificate((Term("(h - mu) / L"),)),
                    why="h is at least mu, so 1 - h / L is at most 1 - mu / L: the flattest axis is the slowest",
                ),
            ),
            note="It needs no mu, and 1 - mu/L is worse than (L - mu)/(L + mu), by less than a factor 2 in the number of steps.",
        ),
        Derivation(
            "... is slower than the best",
            key="compare",
            given="mu <= L",
            claim="convergence_rate(L, mu) <= 1 - mu / L",
            steps=(
                Step(
                    "<= 1 - mu / L",
                    by=Certificate((Term("mu (L - mu) / (L (L + mu))"),)),
                    why="the right side is larger by mu (L - mu) / (L (L + mu)), which is not negative, as L is at least mu",
                ),
            ),
        ),
        Derivation(
            "One step shrinks the whole error",
            key="step",
            given="-q <= 1 - eta lam[k]; 1 - eta lam[k] <= q",
            claim="sum(k: ((1 - eta lam[k]) e[k])^2) <= sum(k: q^2 e[k]^2)",
            steps=(
                Step(
                    "<= sum(k: q^2 e[k]^2)",
                    by=Certificate((Term("(q - (1 - eta lam[k])) (q + (1 - eta lam[k])) e[k]^2", over="k"),)),
                    why="along every axis the factor lies between -q and q, so its square is at most q^2",
                ),
            ),
        ),
        Derivation(
            "After t steps",
            key="steps",
            given="-q <= x; x <= q",
            claim="(x^2)^t <= (q^2)^t",
            steps=(
                Step(
                    "<= (q^2)^t",
                    by=Monotone(
                        "u^t",
                        variable="u: nonnegative",
                        inner="x^2 <= q^2",
                        by=Certificate((Term("(q - x) (q + x)"),)),
                    ),
                    why="x^2 is at most q^2, and powers keep the order of numbers that are not negative",
                ),
            ),
            note="x is the factor 1 - eta h of an axis: its error, squared, falls at least like q^(2 t).",
        ),
        Derivation(
            "The whole error after t steps",
            key="whole",
            given="-q <= rho[k]; rho[k] <= q",
            claim="sum(k: (rho[k]^t e[k])^2) <= (q^2)^t sum(k: e[k]^2)",
            steps=(
                Step(
                    "= sum(k: (rho[k]^2)^t e[k]^2)",
                    by=rewrite,
                    why="rho[k] is the factor of axis k; the square of a power is the power of the square",
                ),
                Step(
                    "<= sum(k: (q^2)^t e[k]^2)",
                    by=Certificate((Term("e[k]^2", lemma="steps", at="x = rho[k]", over="k"),)),
                    why="axis by axis, the power of rho[k]^2 is at most that of q^2, as just shown",
                ),
                Step("= (q^2)^t sum(k: e[k]^2)", by=rewrite, why="the bound is the same for all axes, so it leaves the sum"),
            ),
            note="Linear convergence: every step takes at least the same share of the squared distance away.",
        ),
        Derivation(
            "... and in the end nothing is left",
            key="limit",
            given="q < 1",
            claim="lim(t -> inf: q^t x) = 0",
            steps=(Step("= 0", by=geometric, why="q lies between 0 and 1, and powers of such a number tend to 0"),),
        ),
    ),
    examples=(
        Example("convergence_rate(1, 1) = 0", source="a round bowl: one step"),
        Example("convergence_rate(100, 1) = 99/101", source="a narrow valley: 50 steps for a factor 1/e"),
        Example("convergence_rate(3, 1) = 1/2", source="(3 - 1)/(3 + 1)"),
    ),
    false_claims=(
        FalseClaim("1 - eta mu <= convergence_rate(L, mu)", why="a rate below 2/(L + mu) is slower on the flattest axis"),
        FalseClaim("convergence_rate(L, mu) = 1 - mu / L", given="mu <= L", why="that is the factor of the rate 1/L"),
        FalseClaim("convergence_rate(L, mu) <= (1 - sqrt(mu / L)) / (1 + sqrt(mu / L))", why="so small a factor takes momentum"),
        FalseClaim(
            "(2 / L) h - 1 <= convergence_rate(L, mu)",
            given="mu <= h; h <= L",
            why="at the rate 2/L the error along the steepest axis only changes its sign and does not shrink at all",
        ),
    ),
    exercises=(
        Exercise(
            "Features in metres and in millimetres give L/mu = 10^6. How many steps does a factor 1/e take?",
            "About (kappa + 1)/2 = 500,000. Standardise the features.",
        ),
        Exercise("mu = 0. What is left of the claim?", "The factor is 1: no linear rate. Then the loss falls like 1/t."),
    ),
    not_verified=(
        "That a quadratic can be turned to its axes (the spectral theorem).",
        "Strongly convex losses that are not quadratic: the same factor holds for the distance, by another proof.",
    ),
    references=(
        Reference("Nesterov, Introductory Lectures on Convex Optimization, section 2.1.5"),
        Reference("Boyd, Vandenberghe, Convex Optimization, section 9.3"),
    ),
)
