"""Weight decay: every step shrinks the weights a little; for plain gradient descent that is an L2 penalty."""

from mathcore.card import (
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Reference,
    Stationary,
    Step,
    Term,
    differentiate,
    fold,
    geometric,
    rewrite,
    unfold,
)

CARD = Card(
    name="weight_decay",
    title="Weight decay",
    summary=(
        "A brake on weights that grow too large: multiply them by a little less than 1 in every step. For plain gradient "
        "descent that is the step for the loss with lam/2 times the squared length of the weights added, an L2 penalty. "
        "For a step that scales each coordinate, as Adam does, the two are not the same: there the penalty is scaled "
        "with the gradient, the decay is not."
    ),
    given=(
        "d, N: size; w, g, u: real[d]; X: real[N, d]; y: real[N]; eta, lam, sigma, tau: positive; h: positive; c, x: real; s: positive[d]; "
        "k, l, i, j: index[d]; a: index[N]; t, T: natural; e: real[naturals, d]; E: real[naturals]"
    ),
    define="weight_decay(w, g, eta, lam)[k] = (1 - eta lam) w[k] - eta g[k]",
    auxiliary=(
        "penalty(w, lam) = (lam / 2) sum(k: w[k]^2)",
        "ridge(X, y, w, lam) = sum(a: ((X w)[a] - y[a])^2) / 2 + penalty(w, lam)",
        "bowl(x, h, c, lam) = h (x - c)^2 / 2 + lam x^2 / 2",
    ),
    about="what shrinking the weights does",
    uses=("gradient_descent",),
    prerequisites=("matmul", "gradient_descent", "linear_regression"),
    derivations=(
        Derivation(
            "The slope of the penalty",
            key="slope",
            claim="D(penalty(w, lam), w[l]) = lam w[l]",
            steps=(
                Step(
                    "= D((lam / 2) sum(k: w[k]^2), w[l])",
                    by=unfold,
                    why="the definition of the penalty, written out: half of lam times the squared length",
                ),
                Step(
                    "= lam w[l]", by=differentiate, why="only the term k = l depends on w[l]; the 2 of the square cancels the 1/2"
                ),
            ),
        ),
        Derivation(
            "Gradient descent on the penalised loss is weight decay",
            key="same",
            claim="gradient_descent(w, vector(k: g[k] + lam w[k]), eta)[l] = weight_decay(w, g, eta, lam)[l]",
            steps=(
                Step(
                    "= w[l] - eta (g[l] + lam w[l])",
                    by=unfold,
                    why="the definition of the step, against the gradient of loss and penalty together",
                ),
                Step(
                    "= (1 - eta lam) w[l] - eta g[l]",
                    by=rewrite,
                    why="the bracket is multiplied out, and w[l] is taken out of the two terms that have it",
                ),
                Step("= weight_decay(w, g, eta, lam)[l]", by=fold, why="the definition of weight decay, read backwards"),
            ),
        ),
        Derivation(
            "Without a gradient the weights fade away",
            key="fade",
            given="E[T + 1] = (1 - eta lam) E[T]",
            claim="E[t] = (1 - eta lam)^t E[0]",
            steps=(
                Step(
                    "= (1 - eta lam)^t E[0]",
                    by=geometric,
                    why="each step multiplies by 1 - eta lam, so t steps multiply by its power (1 - eta lam)^t",
                ),
            ),
        ),
        Derivation(
            "... to 0, as long as eta lam is below 2",
            key="vanish",
            given="eta lam < 2",
            claim="lim(t -> inf: (1 - eta lam)^t c) = 0",
            steps=(
                Step(
                    "= 0",
                    by=geometric,
                    why="eta lam lies between 0 and 2, so the factor lies between -1 and 1, and its powers tend to 0",
                ),
            ),
        ),
        Derivation(
            "Scaled steps: penalty and decay differ",
            key="scaled",
            claim=("w[k] - eta s[k] (g[k] + lam w[k]) - (w[k] - eta s[k] g[k] - eta lam w[k]) = eta lam (1 - s[k]) w[k]"),
            steps=(
                Step(
                    "= -eta s[k] lam w[k] + eta lam w[k]",
                    by=rewrite,
                    why="the gradients cancel; with a penalty the shrinking is scaled by s[k], with decay it is not",
                ),
                Step("= eta lam (1 - s[k]) w[k]", by=rewrite, why="eta lam w[k] is taken out of both terms"),
            ),
            note="They agree only where s = 1 (plain gradient descent) or w = 0. That is the difference between Adam with L2 and AdamW.",
        ),
        Derivation(
            "Along one axis of a bowl: the penalised minimum",
            key="shrunk",
            claim="bowl(x, h, c, lam) >= bowl(h c / (h + lam), h, c, lam)",
            equality="x = h c / (h + lam)",
            steps=(
                Step(
                    ">= bowl(h c / (h + lam), h, c, lam)",
                    by=Stationary("x = h c / (h + lam)"),
                    why="there the derivative h (x - c) + lam x is 0; the second derivative is h + lam > 0, so that is the lowest point",
                ),
            ),
            note="The minimum c is shrunk by the factor h / (h + lam): hardly along steep axes, almost to 0 along flat ones.",
        ),
        Derivation(
            "It is always nearer to 0",
            key="nearer",
            claim="(h c / (h + lam))^2 <= c^2",
            steps=(
                Step(
                    "<= c^2",
                    by=Certificate((Term("c^2 lam (2 h + lam) / (h + lam)^2"),)),
                    why="h / (h + lam) lies between 0 and 1, and so does its square, by which c^2 is multiplied",
                ),
            ),
        ),
        Derivation(
            "The gradient of ridge regression",
            key="ridge_gradient",
            claim="D(ridge(X, y, w, lam), w[j]) = sum(a: X[a, j] ((X w)[a] - y[a])) + lam w[j]",
            steps=(
                Step(
                    "= D(sum(a: ((X w)[a] - y[a])^2) / 2, w[j]) + D(penalty(w, lam), w[j])",
                    by=differentiate,
                    why=(
                        "ridge regression is half the sum of the squared errors plus the penalty, and a sum is differentiated term by "
                        "term"
                    ),
                ),
                Step(
                    "= sum(a: X[a, j] ((X w)[a] - y[a])) + lam w[j]",
                    by=differentiate,
                    why="the chain rule gives features times errors, where the 2 cancels the 1/2; the penalty gives lam times the weight",
                ),
            ),
        ),
        Derivation(
            "Its curvature is at least lam in every direction",
            key="ridge_curvature",
            claim="sum(j, l: u[j] D(D(ridge(X, y, w, lam), w[j]), w[l]) u[l]) >= lam sum(j: u[j]^2)",
            equality="forall(a: sum(k: X[a, k] u[k]) = 0)",
            steps=(
                Step(
                    "= sum(j, l: u[j] (sum(a: X[a, j] X[a, l]) + lam delta(j, l)) u[l])",
                    by=differentiate,
                    why="the gradient is differentiated once more: features times features, which is X' X, and lam where j = l",
                ),
                Step(
                    "= sum(a: sum(k: X[a, k] u[k])^2) + lam sum(j: u[j]^2)",
                    by=rewrite,
                    why="with the samples last, the two sums over features are the same number, entry a of X u; delta keeps the terms l = j",
                ),
                Step(
                    ">= lam sum(j: u[j]^2)",
                    by=Certificate((Term("sum(k: X[a, k] u[k])^2", over="a"),)),
                    why="squares are not negative, so the first sum may be dropped",
                ),
            ),
            note="No flat directions are left: there is exactly one best w, also where features are repeated.",
        ),
        Derivation(
            "The penalty is a Gaussian belief about the weights",
            key="prior",
            claim="-log(prod(k: exp(-w[k]^2 / (2 tau^2)) / (tau sqrt(2 pi)))) = penalty(w, 1 / tau^2) + d log(tau) + d log(2 pi) / 2",
            steps=(
                Step(
                    "= sum(k: w[k]^2 / (2 tau^2) + log(tau) + log(2 pi) / 2)",
                    by=rewrite,
                    why="the logarithm of a product is the sum of the logarithms, log undoes exp, and the signs turn",
                ),
                Step(
                    "= sum(k: w[k]^2) / (2 tau^2) + d log(tau) + d log(2 pi) / 2",
                    by=rewrite,
                    why="log(tau) and log(2 pi) are the same for every weight, so each counts d times",
                ),
                Step(
                    "= penalty(w, 1 / tau^2) + d log(tau) + d log(2 pi) / 2",
                    by=fold,
                    why="the definition of the penalty, with lam = 1 / tau^2",
                ),
            ),
            note="So a penalised maximum likelihood is the likeliest w after the data, if weights of size tau were expected before.",
        ),
    ),
    examples=(
        Example("weight_decay([1, -2], [0, 0], 1/10, 1/2) = [0.95, -1.9]", source="no gradient: 5 % shorter"),
        Example("weight_decay([1], [2], 1/4, 1) = [1/4]", source="(1 - 1/4) 1 - (1/4) 2"),
    ),
    false_claims=(
        FalseClaim(
            "w[k] - eta s[k] (g[k] + lam w[k]) = w[k] - eta s[k] g[k] - eta lam w[k]",
            why="with scaled steps an L2 penalty is no weight decay",
        ),
        FalseClaim(
            "weight_decay(w, g, eta, lam)[k] = (1 - lam) w[k] - eta g[k]",
            why="in this form the decay of a step is eta lam, not lam",
        ),
        FalseClaim("abs(1 - eta lam) < 1", why="true only for eta lam < 2"),
        FalseClaim("bowl(x, h, c, lam) >= bowl(c, h, c, lam)", why="the penalty moves the minimum towards 0"),
    ),
    exercises=(
        Exercise(
            "eta = 0.1 and lam = 0.01. By how much do weights without a gradient shrink in 1000 steps?",
            "To 0.999^1000 = 0.368 of what they were.",
        ),
        Exercise(
            "Why is the bias usually left out of the decay?",
            "Shrinking it would pull all predictions towards 0, which says nothing about how rough the model is.",
        ),
    ),
    not_verified=("That decay makes predictions on new data better: a matter of experience.",),
    references=(
        Reference("Loshchilov, Hutter, Decoupled weight decay regularization (2019)"),
        Reference("Hoerl, Kennard, Ridge regression (1970)"),
    ),
)
