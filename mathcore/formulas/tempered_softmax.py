"""Softmax with a temperature: how sharp the probabilities are."""

from mathcore.card import (
    Attained,
    Card,
    Certificate,
    Derivation,
    Example,
    Exercise,
    FalseClaim,
    Lemma,
    Monotone,
    Reference,
    Step,
    Term,
    Use,
    differentiate,
    fold,
    rewrite,
    unfold,
)

CARD = Card(
    name="tempered_softmax",
    title="Softmax with a temperature",
    summary=(
        "How sure should a prediction be? The scores are divided by a temperature T before softmax. T = 1 is softmax "
        "itself; a small T (cold) sharpens until the class with the largest score takes all (hardmax), a large T (hot) "
        "flattens until all classes are equally likely. The order never changes. Heating raises the entropy, at a rate "
        "that is exactly the variance of the scores over T^3."
    ),
    given="n: size; z: real[n]; q: simplex[n]; T, U: positive; x: real; i, j, k, l, m: index[n]",
    define="tempered_softmax(z, T)[i] = softmax(vector(k: z[k] / T))[i]",
    notation=("r[i] = tempered_softmax(z, T)[i]", "s[i] = softmax(z)[i]"),
    about="the sharpness of probabilities",
    units="probability",
    uses=("entropy", "softmax", "logsumexp", "crossentropy"),
    prerequisites=("softmax", "entropy"),
    derivations=(
        Derivation(
            "Temperature 1 is softmax",
            key="one",
            claim="tempered_softmax(z, 1)[i] = s[i]",
            steps=(
                Step(
                    "= softmax(vector(k: z[k] / 1))[i]", by=unfold, why="the definition of softmax with a temperature, for T = 1"
                ),
                Step("= s[i]", by=unfold, why="dividing by 1 changes nothing, and what is left is softmax of the scores"),
            ),
        ),
        Derivation(
            "The ratio of two probabilities",
            key="ratio",
            claim="r[i] / r[j] = exp((z[i] - z[j]) / T)",
            steps=(
                Step(
                    "= exp(z[i] / T) / exp(z[j] / T)",
                    by=unfold,
                    why="the definition of softmax with a temperature; the common denominator cancels",
                ),
                Step(
                    "= exp((z[i] - z[j]) / T)", by=rewrite, why="a quotient of exponentials is the exponential of the difference"
                ),
            ),
            note="Only the score difference in units of T counts.",
        ),
        Derivation(
            "Two temperatures multiply",
            key="twice",
            claim="tempered_softmax(vector(k: z[k] / T), U)[i] = tempered_softmax(z, T U)[i]",
            steps=(
                Step(
                    "= exp(z[i] / T / U) / sum(k: exp(z[k] / T / U))",
                    by=unfold,
                    why="the definition of softmax with a temperature, twice",
                ),
                Step(
                    "= exp(z[i] / (T U)) / sum(k: exp(z[k] / (T U)))",
                    by=rewrite,
                    why="dividing by T and then by U is dividing by T U",
                ),
                Step(
                    "= tempered_softmax(z, T U)[i]", by=fold, why="the definition of softmax with a temperature, read backwards"
                ),
            ),
        ),
        Derivation(
            "From probabilities: powers, normalised",
            key="powers",
            claim="r[i] = s[i]^(1 / T) / sum(k: s[k]^(1 / T))",
            steps=(
                Step("= exp(z[i] / T) / sum(k: exp(z[k] / T))", by=unfold, why="the definition of r[i], written out"),
                Step(
                    "= s[i]^(1 / T) / sum(k: s[k]^(1 / T))",
                    by=rewrite,
                    why="exp(z/T) is exp(z)^(1/T), and the denominators of softmax cancel",
                ),
            ),
            note="So a prediction can be sharpened or flattened afterwards, without its scores: T = 1/2 squares the probabilities.",
        ),
        Derivation(
            "The order is kept at every temperature",
            key="order",
            claim="z[i] <= z[j] => r[i] <= r[j]",
            steps=(
                Step("= exp(z[i] / T) / sum(k: exp(z[k] / T))", by=unfold, why="the definition of r[i], written out"),
                Step(
                    "<= exp(z[j] / T) / sum(k: exp(z[k] / T))",
                    by=Monotone(
                        "exp(x / T) / sum(k: exp(z[k] / T))", variable="x: real", inner="z[i] <= z[j]", by=Use("z[i] <= z[j]")
                    ),
                    why="exp(x/T) grows, and the denominator is the same positive number",
                ),
                Step("= r[j]", by=fold, why="the definition of r[j], read backwards"),
            ),
            note="The predicted class, and with it the accuracy, does not feel the temperature.",
        ),
        Derivation(
            "The winner has at least the average",
            key="winner",
            claim="max(i: r[i]) >= 1 / n",
            steps=(
                Step(
                    ">= 1 / n",
                    by=Attained("m", Certificate((Term("(r[m] - r[k]) / n", over="k"),))),
                    why="if the largest were below 1/n, all n would be, and they could not sum to 1",
                ),
            ),
        ),
        Derivation(
            "The Jacobian",
            key="jacobian",
            claim="D(r[i], z[j]) = r[i] (delta(i, j) - r[j]) / T",
            steps=(
                Step(
                    "= D(exp(z[i] / T) / sum(k: exp(z[k] / T)), z[j])",
                    by=unfold,
                    why="the definition of r[i], written out",
                ),
                Step(
                    "= (exp(z[i] / T) / sum(k: exp(z[k] / T))) (delta(i, j) - exp(z[j] / T) / sum(k: exp(z[k] / T))) / T",
                    by=differentiate,
                    why="the quotient rule, as for softmax; z[j]/T has the slope 1/T",
                ),
                Step("= r[i] (delta(i, j) - r[j]) / T", by=fold, why="the definitions of r[i] and r[j], read backwards"),
            ),
        ),
        Derivation(
            "Heating: who is above the mean loses",
            key="heating",
            claim="D(r[i], T) = r[i] (sum(k: r[k] z[k]) - z[i]) / T^2",
            steps=(
                Step("= D(exp(z[i] / T) / sum(k: exp(z[k] / T)), T)", by=unfold, why="the definition of r[i], written out"),
                Step(
                    "= (exp(z[i] / T) / sum(k: exp(z[k] / T))) (sum(k: exp(z[k] / T) z[k]) / sum(k: exp(z[k] / T)) - z[i]) / T^2",
                    by=differentiate,
                    why="z[i]/T has the slope -z[i]/T^2; by the quotient rule the mean score less the score z[i] is left, over T^2",
                ),
                Step(
                    "= r[i] (sum(k: r[k] z[k]) - z[i]) / T^2", by=fold, why="the definition of r, read backwards in every place"
                ),
            ),
        ),
        Derivation(
            "Heating lowers the mean score",
            key="mean",
            claim="D(sum(k: r[k] z[k]), T) = -sum(k: r[k] (z[k] - sum(l: r[l] z[l]))^2) / T^2",
            steps=(
                Step(
                    "= sum(k: r[k] (sum(l: r[l] z[l]) - z[k]) z[k]) / T^2",
                    by=differentiate,
                    why="each probability changes with T as just shown, and the scores are constant",
                ),
                Step(
                    "= (sum(k: r[k] z[k])^2 - sum(k: r[k] z[k]^2)) / T^2",
                    by=rewrite,
                    why="the product is multiplied out: the square of the mean less the mean of the squares",
                ),
                Step(
                    "= -sum(k: r[k] (z[k] - sum(l: r[l] z[l]))^2) / T^2",
                    by=rewrite,
                    why="the mean of the squares less the square of the mean is the variance, here with a minus sign",
                ),
            ),
        ),
        Derivation(
            "The entropy from the scores",
            key="entropy",
            claim="entropy(tempered_softmax(z, T)) = logsumexp(vector(k: z[k] / T)) - sum(k: r[k] z[k]) / T",
            steps=(
                Step(
                    "= -sum(k: r[k] log(exp(z[k] / T) / sum(l: exp(z[l] / T))))",
                    by=unfold,
                    why="the definitions of softmax with a temperature and the entropy, written out",
                ),
                Step(
                    "= -sum(k: r[k] (z[k] / T - logsumexp(vector(l: z[l] / T))))",
                    by=rewrite,
                    why="the logarithm of softmax is the score less log-sum-exp",
                ),
                Step(
                    "= logsumexp(vector(k: z[k] / T)) - sum(k: r[k] z[k]) / T",
                    by=rewrite,
                    why="log-sum-exp leaves the sum, and the probabilities sum to 1",
                ),
            ),
        ),
        Derivation(
            "Heating raises the entropy by the variance",
            key="rises",
            claim="D(entropy(tempered_softmax(z, T)), T) = sum(k: r[k] (z[k] - sum(l: r[l] z[l]))^2) / T^3",
            steps=(
                Step(
                    "= D(logsumexp(vector(k: z[k] / T)) - sum(k: r[k] z[k]) / T, T)",
                    by=differentiate,
                    why="the entropy, written with the scores, as just shown",
                ),
                Step(
                    "= -D(sum(k: r[k] z[k]), T) / T",
                    by=differentiate,
                    why=(
                        "log-sum-exp has the slope -1/T^2 times the mean score, and the 1/T of the second term gives the same with a "
                        "plus sign: they cancel, and the slope of the mean is left"
                    ),
                ),
                Step(
                    "= sum(k: r[k] (z[k] - sum(l: r[l] z[l]))^2) / T^3",
                    by=differentiate,
                    why="the slope of the mean score is minus the variance over T^2, as shown above",
                ),
            ),
        ),
        Derivation(
            "... so it never falls",
            key="grows",
            claim="D(entropy(tempered_softmax(z, T)), T) >= 0",
            steps=(
                Step(
                    "= sum(k: r[k] (z[k] - sum(l: r[l] z[l]))^2) / T^3",
                    by=Lemma("rises"),
                    why="the slope is the variance over T^3, as just shown",
                ),
                Step(
                    ">= 0",
                    by=Certificate((Term("r[k] (z[k] - sum(l: r[l] z[l]))^2 / T^3", over="k"),)),
                    why="probabilities times squares are not negative, and T is positive",
                ),
            ),
        ),
        Derivation(
            "A loser's share is exponentially small",
            key="loser",
            claim="r[i] <= exp((z[i] - z[j]) / T)",
            steps=(
                Step("= exp((z[i] - z[j]) / T) r[j]", by=unfold, why="the ratio of two probabilities, shown above, times r[j]"),
                Step(
                    "<= exp((z[i] - z[j]) / T)",
                    by=Certificate((Term("exp((z[i] - z[j]) / T) (1 - delta(j, k)) r[k]", over="k"),)),
                    why="r[j] is a probability, so at most 1",
                ),
            ),
            note="A score 10 T below any other has a probability below 0.00005: the hardmax limit is reached fast.",
        ),
        Derivation(
            "Cold: the winner takes all",
            key="cold",
            given="k != j => z[k] < z[j]",
            claim="lim(T -> 0+: tempered_softmax(z, T)[i]) = delta(i, j)",
            steps=(
                Step(
                    "= lim(T -> 0+: softmax(vector(l: z[l] / T))[i])",
                    by=unfold,
                    why="the definition of softmax with a temperature, written out",
                ),
                Step(
                    "= delta(i, j)",
                    by=Lemma("softmax.cold"),
                    why="the cold limit of softmax, derived on its page: the largest score is unique, and takes all",
                ),
            ),
            note="This is hardmax: the one-hot vector of the largest score.",
        ),
        Derivation(
            "Hot: everything becomes equally likely",
            key="hot",
            claim="lim(T -> inf: tempered_softmax(z, T)[i]) = 1 / n",
            steps=(
                Step(
                    "= lim(T -> inf: softmax(vector(k: z[k] / T))[i])",
                    by=unfold,
                    why="the definition of softmax with a temperature, written out",
                ),
                Step(
                    "= 1 / n",
                    by=Lemma("softmax.hot"),
                    why="the hot limit of softmax, derived on its page: all scores over T tend to 0",
                ),
            ),
        ),
        Derivation(
            "Distillation: prediction minus truth, over T",
            key="distillation",
            claim="D(crossentropy(q, tempered_softmax(z, T)), z[j]) = (r[j] - q[j]) / T",
            steps=(
                Step(
                    "= D(sum(k: q[k]) logsumexp(vector(k: z[k] / T)) - sum(k: q[k] z[k]) / T, z[j])",
                    by=differentiate,
                    why="the crossentropy written with logits, as its page shows, here with the logits z/T",
                ),
                Step(
                    "= (sum(k: q[k]) r[j] - q[j]) / T",
                    by=differentiate,
                    why="log-sum-exp has the slope softmax, and by the chain rule z[j]/T brings the factor 1/T",
                ),
                Step(
                    "= (r[j] - q[j]) / T",
                    by=Use("sum(k: q[k]) = 1"),
                    why="the labels q sum to 1, so that factor is 1",
                ),
            ),
            note=(
                "In distillation q are the probabilities of a large network, the teacher. The factor 1/T is one reason for small "
                "gradients; between two hot softmax r - q shrinks like 1/T as well. Together they are about T^2 times smaller: "
                "hence the loss is multiplied by T^2."
            ),
        ),
    ),
    examples=(
        Example("softmax([1 / (1/2), 0]) = [0.8807971, 0.1192029]", source="T = 1/2: as sure as softmax of [2, 0]"),
        Example("softmax([1 / 2, 0]) = [0.6224593, 0.3775407]", source="T = 2"),
        Example("softmax([100, 0, 0]) = [1.0, 3.720076e-44, 3.720076e-44]", source="T = 1/100 for the scores [1, 0, 0]"),
    ),
    false_claims=(
        FalseClaim(
            "tempered_softmax(z, T)[i] = s[i] / T",
            why="the scores are divided, not the probabilities: probabilities over T would sum to 1/T",
        ),
        FalseClaim("D(r[i], T) <= 0", why="true only for classes above the mean score: who is below it gains"),
        FalseClaim("r[i] = s[i]^T / sum(k: s[k]^T)", why="the power is 1/T: a hot softmax takes roots"),
    ),
    exercises=(
        Exercise(
            "Two classes have the probabilities 0.8 and 0.2. What are they at temperature 1/2?",
            "Squares, normalised: 0.64 : 0.04, so 0.941 and 0.059.",
        ),
        Exercise(
            "Can a temperature repair a network that is too sure of itself?",
            (
                "It can lower the probability of every winner without changing one prediction; T is fitted on data that were not "
                "used for training."
            ),
        ),
    ),
    not_verified=(
        ("That one temperature, fitted on data not used for training, makes the probabilities of a network mean what they say."),
    ),
    references=(
        Reference("Hinton, Vinyals, Dean, Distilling the knowledge in a neural network (2015)", "arXiv:1503.02531"),
        Reference("Guo, Pleiss, Sun, Weinberger, On calibration of modern neural networks (2017)", "arXiv:1706.04599"),
    ),
)
