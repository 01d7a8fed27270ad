"""Gradient descent on a convex loss: the error falls like 1/t, by telescoping."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Induction,
    Reference,
    Step,
    SumOver,
    Term,
    Use,
    fold,
    rewrite,
    telescope,
    unfold,
)

PROGRESS = "dist[T + 1] <= dist[T] - 2 eta (F[T + 1] - best)"

CARD = Card(
    name="convex_rate",
    title="Gradient descent on convex losses",
    summary=(
        "How fast is gradient descent on a loss that need not be a bowl? If the loss is convex, has a curvature of at "
        "most L and a minimiser, gradient descent with a rate of at most 1/L is after t steps within D0 / (2 eta t) of "
        "the best loss, D0 being the squared distance at the start. What one step gains is paid for by coming nearer to "
        "the minimiser; added up, the distances telescope."
    ),
    given=(
        "d: size; w, g, v: real[d]; eta, L, eps: positive; f, h, best, slope, D0: real; G, rest: nonnegative; k: index[d]; "
        "t, s, T: natural; F, dist: real[naturals]"
    ),
    define="convex_rate(D0, eta, t) = D0 / (2 eta t)",
    auxiliary=("distance(w, v) = sum(k: (w[k] - v[k])^2)",),
    about="how fast gradient descent is without strong convexity",
    uses=("gradient_descent",),
    prerequisites=("gradient_descent", "convergence_rate"),
    derivations=(
        Derivation(
            "A step with a rate of at most 1/L gains half the rate times the squared slope",
            key="gain",
            given="h <= f - eta (1 - L eta / 2) G; L eta <= 1",
            claim="h <= f - (eta / 2) G",
            steps=(
                Step(
                    "<= f - eta (1 - L eta / 2) G",
                    by=Use("h <= f - eta (1 - L eta / 2) G"),
                    why="the descent lemma, from the page of gradient descent: f is the loss before the step, h the loss after it, G the squared length of the gradient",
                ),
                Step(
                    "<= f - (eta / 2) G",
                    by=Certificate((Term("(eta / 2) (1 - L eta) G"),)),
                    why="L eta is at most 1, so 1 - L eta/2 is at least 1/2, and G is not negative",
                ),
            ),
        ),
        Derivation(
            "How far from the minimiser after the step",
            key="distance",
            claim=(
                "distance(gradient_descent(w, g, eta), v) "
                "= distance(w, v) - 2 eta sum(k: g[k] (w[k] - v[k])) + eta^2 sum(k: g[k]^2)"
            ),
            steps=(
                Step(
                    "= sum(k: (w[k] - eta g[k] - v[k])^2)",
                    by=unfold,
                    why="the definitions of the distance and of the step, written out: the step takes eta g[k] away from w[k]",
                ),
                Step(
                    "= sum(k: (w[k] - v[k])^2) - 2 eta sum(k: g[k] (w[k] - v[k])) + eta^2 sum(k: g[k]^2)",
                    by=rewrite,
                    why="the square of the difference of w[k] - v[k] and eta g[k] is multiplied out",
                ),
                Step(
                    "= distance(w, v) - 2 eta sum(k: g[k] (w[k] - v[k])) + eta^2 sum(k: g[k]^2)",
                    by=fold,
                    why="the definition of the distance, read backwards",
                ),
            ),
        ),
        Derivation(
            "One step: the loss above the best is paid for by distance",
            key="progress",
            given="h <= f - (eta / 2) G; f - best <= slope",
            claim="2 eta (h - best) <= 2 eta slope - eta^2 G",
            steps=(
                Step(
                    "<= 2 eta (f - (eta / 2) G - best)",
                    by=Certificate((Term("2 eta (f - (eta / 2) G - h)"),)),
                    why="the step gained at least (eta/2) G, so h is at most f - (eta/2) G",
                ),
                Step("= 2 eta (f - best) - eta^2 G", by=rewrite, why="the bracket is multiplied out"),
                Step(
                    "<= 2 eta slope - eta^2 G",
                    by=Certificate((Term("2 eta (slope - (f - best))"),)),
                    why="convexity: the loss lies above its tangent, so f - best is at most the slope towards the minimiser",
                ),
            ),
            note="The right side is how much nearer the step came: old squared distance less the new one.",
        ),
        Derivation(
            "All steps together: the distances telescope",
            key="sum",
            given=PROGRESS,
            claim="sum(s = 0..t - 1: 2 eta (F[s + 1] - best)) <= dist[0] - dist[t]",
            steps=(
                Step(
                    "<= sum(s = 0..t - 1: dist[s] - dist[s + 1])",
                    by=SumOver("s", Use(PROGRESS, at="T = s")),
                    why="the bound for one step holds for each step s, and the steps are added up",
                ),
                Step(
                    "= dist[0] - dist[t]",
                    by=telescope,
                    why="each distance in between is added once and taken away once: only the first and the last are left",
                ),
            ),
        ),
        Derivation(
            "The loss never rises",
            key="monotone",
            given="F[T + 1] <= F[T]",
            claim="F[t] <= F[0]",
            steps=(
                Step(
                    "<= F[0]",
                    by=Induction(
                        "t",
                        start=Certificate((Term("0"),)),
                        step=Certificate((Term("F[t] - F[t + 1]"), Term("F[0] - F[t]"))),
                    ),
                    why="no step raises the loss, so what was at most F[0] after t steps is so after t + 1",
                ),
            ),
        ),
        Derivation(
            "The last loss is the smallest: the balance after t steps",
            key="balance",
            given=f"{PROGRESS}; F[T + 1] <= F[T]",
            claim="2 eta t (F[t] - best) + dist[t] <= dist[0]",
            steps=(
                Step(
                    "<= dist[0]",
                    by=Induction(
                        "t",
                        start=Certificate((Term("0"),)),
                        step=Certificate(
                            (
                                Term("2 eta t (F[t] - F[t + 1])"),
                                Term("dist[t] - dist[t + 1] - 2 eta (F[t + 1] - best)"),
                                Term("dist[0] - 2 eta t (F[t] - best) - dist[t]"),
                            )
                        ),
                    ),
                    why="by induction: from t to t + 1 the t old shares do not grow, as the loss never rises, and the new one is paid for by the distance",
                ),
            ),
        ),
        Derivation(
            "So the error falls like 1/t",
            key="rate",
            given="0 < t; 2 eta t (f - best) + rest <= D0",
            claim="f - best <= convex_rate(D0, eta, t)",
            steps=(
                Step(
                    "<= D0 / (2 eta t)",
                    by=Certificate(
                        (
                            Term("(D0 - 2 eta t (f - best) - rest) / (2 eta t)"),
                            Term("rest / (2 eta t)"),
                        )
                    ),
                    why="the distance that is left, rest, is not negative and may be dropped; the balance is then divided by 2 eta t",
                ),
                Step("= convex_rate(D0, eta, t)", by=fold, why="the definition of the rate; f is the loss after t steps"),
            ),
        ),
        Derivation(
            "With the rate 1/L",
            key="best_rate",
            claim="convex_rate(D0, 1 / L, T + 1) = L D0 / (2 (T + 1))",
            steps=(
                Step("= D0 / (2 (1 / L) (T + 1))", by=unfold, why="the definition of the rate, written out"),
                Step("= L D0 / (2 (T + 1))", by=rewrite, why="a division by 1/L is a multiplication by L"),
            ),
        ),
        Derivation(
            "How many steps are enough",
            key="enough",
            given="0 < t; D0 <= 2 eta eps t",
            claim="convex_rate(D0, eta, t) <= eps",
            steps=(
                Step("= D0 / (2 eta t)", by=unfold, why="the definition of the rate, written out"),
                Step(
                    "<= eps",
                    by=Certificate((Term("(2 eta eps t - D0) / (2 eta t)"),)),
                    why="D0 is at most 2 eta eps t; both are divided by 2 eta t",
                ),
            ),
            note="Ten times the precision takes ten times the steps; on a bowl it takes a fixed number more.",
        ),
    ),
    examples=(
        Example("convex_rate(4, 1/2, 8) = 1/2", source="4 / (2 (1/2) 8)"),
        Example("convex_rate(4, 1/2, 16) = 1/4", source="twice the steps, half the error"),
    ),
    false_claims=(
        FalseClaim("h <= f - (eta / 2) G", given="h <= f - eta (1 - L eta / 2) G", why="with a rate above 1/L less is gained"),
        FalseClaim(
            "2 eta (h - best) <= 2 eta slope - eta^2 G",
            given="h <= f - (eta / 2) G",
            why="without convexity the slope says nothing about the distance to the best loss",
        ),
        FalseClaim(
            "distance(gradient_descent(w, g, eta), v) <= distance(w, v)",
            why="a step against an arbitrary g may lead away from v: g must be the gradient of a convex loss",
        ),
        FalseClaim(
            "F[t] - best <= 0",
            given=f"{PROGRESS}; F[T + 1] <= F[T]",
            why="the bound says how near the loss comes, not that it arrives",
        ),
    ),
    exercises=(
        Exercise(
            "Logistic regression on separable data has no minimiser. What fails here?",
            "There is no v at a finite distance, so the bound says nothing; the loss falls all the same, without arriving.",
        ),
        Exercise(
            "Why is the last loss bounded, when only their sum telescopes?",
            "The loss never rises, so the last is at most each of the others and at most their mean.",
        ),
    ),
    not_verified=(
        "That 1/t is the best possible for this method; Nesterov's momentum reaches 1/t^2.",
        "Noisy gradients: there the error falls like 1/sqrt(t).",
    ),
    references=(
        Reference("Nesterov, Introductory Lectures on Convex Optimization, theorem 2.1.14"),
        Reference("Bubeck, Convex Optimization: Algorithms and Complexity, section 3.2"),
    ),
)
